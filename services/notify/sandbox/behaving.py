"""The sandbox over HTTP: reads a call, behaves as it was told to, answers."""

import json
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import urlsplit

from services.notify.sandbox.providers import Sandbox

Mood = Literal["fail", "close", "hang", "twice", "well"]


def serve(sandbox: Sandbox, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server of the sandbox, listening."""
    server = Patient((host, port), answers(sandbox))
    server.daemon_threads = True
    return server


class Patient(ThreadingHTTPServer):
    """A server whose callers may break off as they like."""

    def handle_error(self, *_: object) -> None:
        """Say nothing: who is answered twice ends the connection."""


def mood(sandbox: Sandbox) -> tuple[Mood, bool]:
    """Draw how the next call ends, and whether what it brings is taken."""
    manners = sandbox.manners
    shares: tuple[tuple[Mood, float], ...] = (
        ("fail", manners.fail),
        ("close", manners.close),
        ("hang", manners.hang),
        ("twice", manners.twice),
    )
    with sandbox.lock:
        drawn, after = sandbox.chance.random(), sandbox.chance.random() < 0.5
    for name, share in shares:
        if drawn < share:
            return name, after or name == "twice"
        drawn -= share
    return "well", True


def behave(
    sandbox: Sandbox, path: str, headers: dict[str, str], body: bytes
) -> list[tuple[int, dict[str, Any]]]:
    """Do what a call asks, or not; return the answers to it: one, two or none."""
    name, is_taken = mood(sandbox)
    if sandbox.manners.slow:
        sandbox.over.wait(sandbox.manners.slow)
    failed: tuple[int, dict[str, Any]] = (503, {"message": "fails"})
    taken = sandbox.answer(path, headers, body) if is_taken else failed
    if name == "hang":
        sandbox.over.wait()
    return {"hang": [], "close": [], "fail": [failed], "twice": [taken, taken]}.get(name, [taken])


def answers(sandbox: Sandbox) -> type[BaseHTTPRequestHandler]:
    """Return what answers the requests to this sandbox."""

    class Answers(BaseHTTPRequestHandler):
        """One connection."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_POST(self) -> None:
            """Answer a call, or do not."""
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            path = urlsplit(self.path).path
            said = behave(sandbox, path, headers, body)
            self.close_connection = not said
            for status, answer in said:
                self.say(status, answer)

        def do_GET(self) -> None:
            """Show what was taken, and how often each id came."""
            with sandbox.lock:
                shown = {"taken": sandbox.taken, "calls": dict(sandbox.calls)}
                self.say(200, {**shown, "refresh": sandbox.refresh})

        def say(self, status: int, answer: Any) -> None:  # noqa: ANN401  # JSON
            """Send JSON, if there is still somebody to send it to."""
            content = json.dumps(answer, ensure_ascii=False).encode()
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Answers

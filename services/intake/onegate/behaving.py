"""The sandbox over HTTP: reads a call, behaves as it was told to, answers."""

import json
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from services.intake.onegate.sandbox import Sandbox, Wrong, flags_of, note


def serve(sandbox: Sandbox, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server of the sandbox, listening."""
    server = ThreadingHTTPServer((host, port), answers(sandbox))
    server.daemon_threads = True
    return server


def answers(sandbox: Sandbox) -> type[BaseHTTPRequestHandler]:
    """Return what answers the requests to this sandbox."""

    class Answers(BaseHTTPRequestHandler):
        """One call."""

        def do_POST(self) -> None:
            """Answer a call of the contract."""
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            service, flags = flags_of(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = respond(sandbox, service, read(body, flags, headers))
            note(service, status, answer.get("error_code"), answer.get("message", ""))
            if status:
                self.say(status, answer)

        def do_GET(self) -> None:
            """Show the dossiers."""
            with sandbox.lock:
                self.say(200, sandbox.dossiers)

        def say(self, status: int, answer: object) -> None:
            """Send JSON, if there is still somebody to send it to."""
            content = json.dumps(answer, ensure_ascii=False).encode()
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing more."""

    return Answers


def read(body: bytes, flags: Mapping[str, str], headers: Mapping[str, str]) -> Any:  # noqa: ANN401  # JSON
    """Return what a call says, in either variant; None without a destination or JSON.

    The names of the headers are in small letters: HTTP knows no others (RFC 9110, 5.1).
    """
    if "dstcode" not in headers:
        return None
    try:
        said = json.loads(body)
    except ValueError:
        return None
    if isinstance(said, list):
        return {"session": headers.get("session"), "data": said, **flags}
    return said


def respond(sandbox: Sandbox, service: str, said: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401
    """Return status and answer of a call, after whatever the manners ask for; 0 for none."""
    manners = sandbox.manners
    if manners.hang:
        sandbox.over.wait()
        return 0, {}
    sandbox.over.wait(manners.slow)
    with sandbox.lock:
        fails = sandbox.chance.random() < manners.fail
        after = sandbox.chance.random() < 0.5
    if fails and not after:
        return 503, {"message": "fails before it has done anything"}
    try:
        answer = sandbox.answer(service, said)
    except Wrong as wrong:
        return 200, {"error_code": wrong.code, "message": str(wrong)}
    afterwards(sandbox, service, said)
    return (503, {"message": "fails when it is done"}) if fails else (200, answer)


def afterwards(sandbox: Sandbox, service: str, said: dict[str, Any]) -> None:
    """Fetch files, and hold back the answer to a creation, if the manners ask for it."""
    if service != "DongBoHoSoMC":
        return
    if sandbox.manners.fetch_after is not None:
        for one in said["data"]:
            Thread(target=sandbox.fetch, args=(one,), daemon=True).start()
    if sandbox.manners.duplicate_on_timeout and said["isUpdating"] == "False":
        sandbox.over.wait(sandbox.manners.duplicate_on_timeout)

"""The other ends of notify's channels: real servers that can be told to misbehave."""

import asyncio
import email
import email.policy
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# A certificate for `localhost` and its key, good for nothing but these tests, for a century.
CERTIFICATE = Path(__file__).with_name("localhost.pem")


class Relay:
    """A mail relay. `refusals` maps an address to what is said to it, for as long as it is there.

    `drop_next` closes the connection in the middle of the next letter's text. With a
    `certificate` it is `localhost` and insists on encryption and on `LOGIN`; `at_once` it speaks
    TLS from the first byte and asks for no login.
    """

    LOGIN = LoginPassword(b"notify", b"p@ss")

    def __init__(self, certificate=None, *, at_once=False):
        self.received: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.drop_next = False
        self.connections = 0
        strictness = self.insist_on_login(certificate) if certificate and not at_once else {}
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(
            self.loop.create_server(
                lambda: SMTP(self, loop=self.loop, **strictness),
                "127.0.0.1",
                0,
                ssl=context_of(certificate) if at_once else None,
            )
        )
        self.url = f"smtp://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        self.thread = Thread(target=self.loop.run_forever, daemon=True)

    def insist_on_login(self, certificate):
        """Return the settings of a relay that trusts nobody."""

        def check(_server, _session, _envelope, _mechanism, login):
            return AuthResult(success=login == self.LOGIN, handled=False)

        return {
            "tls_context": context_of(certificate),
            "require_starttls": True,
            "auth_required": True,
            "authenticator": check,
        }

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self.stop(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def stop(self):
        """Stop listening and let go of whoever is connected."""
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.drop_next:
            self.drop_next = False
            server.transport.abort()
            return "421 gone"
        content = envelope.content.replace(b"\r\n", b"\n")
        self.received.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 taken"

    def letters_to(self, address):
        """Return the letters an address has received, oldest first."""
        return [one for one in self.received if one["To"].addresses[0].addr_spec == address]


def context_of(certificate):
    """Return how a server with a certificate speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@dataclass(frozen=True)
class Pushed:
    """A push as it arrived."""

    headers: dict[str, str]
    body: bytes


class Listener:
    """A webhook receiver that answers with `status`; while `hangs`, it does not answer.

    With a `certificate` (a PEM file with its key) it speaks HTTPS as `localhost`.
    """

    def __init__(self, certificate=None):
        self.received: list[Pushed] = []
        self.status = 204
        self.location: str | None = None
        self.hangs = False
        self.release = Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_answers())
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        if certificate:
            context = context_of(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.origin = f"https://localhost:{self.server.server_port}"

    @property
    def url(self):
        return f"{self.origin}/hook?client=one-stop"

    def __enter__(self):
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def _make_answers(self):
        listener = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if listener.hangs:
                    listener.release.wait(30)
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                listener.received.append(Pushed({**headers, ":path": self.path}, body))
                self.send_response(listener.status)
                if listener.location:
                    self.send_header("Location", listener.location)
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        return Answers

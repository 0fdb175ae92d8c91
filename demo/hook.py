"""The one-stop-shop client's ear: receives webhooks and checks their signature.

Signatures follow the Standard Webhooks specification (standardwebhooks.com).
"""

import base64
import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self


class Ear:
    """A small HTTP server on loopback; `heard` keeps what came with a good signature."""

    def __init__(self) -> None:
        self.secret = ""
        self.heard: list[dict[str, Any]] = []
        self.forged = 0
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the library's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if ear.trusts(self.headers, body):
                    ear.heard.append(json.loads(body))
                    self.send_response(204)
                else:
                    ear.forged += 1
                    self.send_response(401)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sangkien"
        self.thread = Thread(target=self.server.serve_forever, daemon=True)

    def trusts(self, headers: Any, body: bytes) -> bool:  # noqa: ANN401
        """Tell whether the body was signed with the secret we were given."""
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mine = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        theirs = [part.partition(",")[2] for part in headers["webhook-signature"].split()]
        return any(hmac.compare_digest(mine, signature) for signature in theirs)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

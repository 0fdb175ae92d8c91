"""A line to the portal that a test can cut: in both directions, or for answers alone."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Carries TCP to the gateway. `heard` is everything that was sent over it while it bore."""

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self.there = (there.hostname, there.port)
        self.state = "open"  # or "deaf": requests arrive, answers are lost; or "cut"
        self.heard = bytearray()
        self.open_ends: list[socket.socket] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def cut(self, state: str = "cut") -> None:
        """Break what is open; from now on nothing comes through, or no answer does."""
        self.state = state
        for end in self.open_ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.open_ends = []

    def mend(self) -> None:
        self.state = "open"

    def close(self) -> None:
        self.cut()
        self.server.close()

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.server.accept()
                if self.state == "cut":
                    near.close()
                    continue
                far = socket.create_connection(self.there)
                self.open_ends += [near, far]
                for arguments in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self.carry, args=arguments, daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket, is_request: bool) -> None:  # noqa: FBT001
        with suppress(OSError), source, target:
            while data := source.recv(65536):
                if self.state == "cut":
                    break  # the line was being opened while it was cut
                if is_request:
                    self.heard += data
                elif self.state == "deaf":
                    break  # the server has answered, and nobody hears it
                target.sendall(data)
            for end in (source, target):
                end.shutdown(socket.SHUT_RDWR)

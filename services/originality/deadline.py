"""A limit of a whole conversation over HTTP, beside that of each silence in it.

A timeout of urllib3 begins anew with every byte that arrives; whoever sends one now and then
would be listened to for ever.
"""

import socket
from threading import Lock, Timer
from types import TracebackType
from typing import Any, Self

import urllib3


class Deadline:
    """Cuts every connection made under it once so many seconds are over. A context.

    What is read from a connection that was cut ends as if the other side had gone.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._lines: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to count."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the connections."""
        self._timer.cancel()
        with self._lock:
            while self._lines:
                self._lines.pop().close()

    def pool(self, url: str) -> Any:  # noqa: ANN401  # of HTTP or of HTTPS
        """Return a pool of connections to the host of an address; close it in the end."""
        pool = urllib3.connection_from_url(url, timeout=self.seconds, retries=False)
        plain, deadline = pool.ConnectionCls, self

        class Limited(plain):  # type: ignore[misc, valid-type]
            """A connection that is cut from its first byte on, also within a handshake."""

            def _new_conn(self) -> socket.socket:
                line: socket.socket = super()._new_conn()
                deadline._watch(line)
                return line

        pool.ConnectionCls = Limited
        return pool

    def _watch(self, line: socket.socket) -> None:
        # A second handle: TLS takes the first one over, and must find it as it was.
        with self._lock:
            self._lines.append(line.dup())
        if self.is_over:
            self._cut()

    def _cut(self) -> None:
        self.is_over = True
        with self._lock:
            for line in self._lines:
                try:
                    line.shutdown(socket.SHUT_RDWR)
                except OSError:  # the other side has gone already
                    continue

"""Connections with one limit for all they do: what drips within the timeout of each read ends too.

Start with `Limit`.
"""

import time
from contextlib import suppress
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any, Self

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Limit:
    """An instant of `time.monotonic` at which the connections made under it are cut."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.lines: list[socket] = []
        self.timer = Timer(max(until - time.monotonic(), 0), self.cut)
        self.timer.daemon = True

    @property
    def is_over(self) -> bool:
        """Say whether the instant has passed."""
        return time.monotonic() >= self.until

    def __enter__(self) -> Self:
        """Begin to watch."""
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching; the connections themselves are their users' to close."""
        self.timer.cancel()
        for line in self.lines:
            line.close()

    def watch(self, line: socket) -> socket:
        """Cut this connection too; by a second handle, for TLS takes the first one away."""
        self.lines.append(line.dup())
        if self.is_over:
            self.cut()
        return line

    def cut(self) -> None:
        """End every connection: whoever waits for more of one gets its end at once."""
        for line in self.lines:
            with suppress(OSError):  # it ended by itself
                line.shutdown(SHUT_RDWR)


class LimitedConnection(HTTPConnection):
    """A connection under a limit."""

    def __init__(self, *args: Any, limit: Limit, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.limit = limit

    def _new_conn(self) -> socket:
        return self.limit.watch(super()._new_conn())


class LimitedTLSConnection(HTTPSConnection):
    """A connection under a limit, with TLS; its handshake is under it too."""

    def __init__(self, *args: Any, limit: Limit, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.limit = limit

    def _new_conn(self) -> socket:
        return self.limit.watch(super()._new_conn())


class LimitedPool(HTTPConnectionPool):
    """Connections to one address, all under one `limit`."""

    ConnectionCls = LimitedConnection


class LimitedTLSPool(HTTPSConnectionPool):
    """Connections with TLS to one address, all under one `limit`."""

    ConnectionCls = LimitedTLSConnection

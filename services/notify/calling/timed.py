"""Sockets on which every wait ends at one instant, however slowly the other side drips."""

import fcntl
import io
import os
import select
import socket
import ssl
import termios
import time
from array import array
from functools import cache
from ipaddress import ip_address
from typing import Any

CONNECT_SECONDS = 3.0


class Timed:
    """What smtplib, imaplib and http.client need of a socket; no wait lasts beyond `until`."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.until = 0.0
        self.readers = 0
        self.is_closed = False

    def allow(self, seconds: float) -> None:
        """Let everything from now on take so many seconds together."""
        self.until = time.monotonic() + seconds

    def arm(self) -> None:
        """Wait no longer than what is left. Raises TimeoutError when nothing is."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.line.settimeout(left)

    def sendall(self, data: bytes) -> None:
        """Send everything."""
        self.arm()
        self.line.sendall(data)

    def receive_into(self, buffer: Any) -> int:  # noqa: ANN401  # any writable buffer
        """Receive what there is, at least a byte, or 0 at the end."""
        self.arm()
        return self.line.recv_into(buffer)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """Return a reader of what is received; the connection stays until it is closed too."""
        self.readers += 1
        return io.BufferedReader(Reading(self))

    def has_more(self) -> bool:
        """Say whether something came that nobody asked for."""
        pending = self.line.pending() if isinstance(self.line, ssl.SSLSocket) else 0
        waiting = array("i", [0])
        fcntl.ioctl(self.line.fileno(), termios.FIONREAD, waiting)  # far cheaper than a select
        return bool(pending or waiting[0])

    def shutdown(self, how: int) -> None:
        """Say that nothing more will be sent or read."""
        self.line.shutdown(how)

    def close(self) -> None:
        """End the connection, once nobody reads from it."""
        self.is_closed = True
        if not self.readers:
            self.line.close()


def open_timed(host: str, port: int, seconds: float) -> Timed:
    """Open a connection; it and all that follows may take so many seconds together."""
    until = time.monotonic() + seconds
    line = dial(host, port, min(CONNECT_SECONDS, seconds))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    timed = Timed(line)
    timed.until = until
    return timed


def dial(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to a name, or to an address, which needs no looking up."""
    try:
        version = ip_address(host).version
    except ValueError:
        return socket.create_connection((host, port), seconds)
    line = socket.socket(socket.AF_INET if version == 4 else socket.AF_INET6)
    try:
        line.settimeout(seconds)
        line.connect((host, port))
    except OSError:
        line.close()
        raise
    return line


def secure(timed: Timed, context: ssl.SSLContext, name: str) -> None:
    """Go on over TLS, with who is called `name`; the connection is closed where that fails.

    The steps are made one by one: left to itself, each would have the whole time again.
    """
    line = context.wrap_socket(timed.line, server_hostname=name, do_handshake_on_connect=False)
    timed.line = line
    try:
        while True:
            timed.arm()
            left = timed.until - time.monotonic()
            line.setblocking(False)  # noqa: FBT003  # a timeout of 0 is another thing to eventlet
            try:
                line.do_handshake()
            except ssl.SSLWantReadError:
                select.select([line], [], [], max(left, 0))
            except ssl.SSLWantWriteError:
                select.select([], [line], [], max(left, 0))
            else:
                line.setblocking(True)  # noqa: FBT003
                return
    except OSError:
        timed.close()
        raise


class Reading(io.RawIOBase):
    """A raw stream of what a timed socket receives."""

    def __init__(self, timed: Timed) -> None:
        self.timed = timed

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # any writable buffer
        """Receive into the buffer."""
        return self.timed.receive_into(buffer)

    def close(self) -> None:
        """Read no more."""
        if not self.closed:
            self.timed.readers -= 1
            if self.timed.is_closed:
                self.timed.close()
        super().close()


class Lines:
    """Answers line by line, as smtplib reads them, of which the unread ones can be told."""

    def __init__(self, timed: Timed) -> None:
        self.timed = timed
        self.unread = b""

    def readline(self, limit: int) -> bytes:
        """Return the next line with its end, or what there is of it at `limit` or the end."""
        while b"\n" not in self.unread and len(self.unread) < limit:
            buffer = bytearray(4096)
            if not (count := self.timed.receive_into(buffer)):
                break
            self.unread += buffer[:count]
        end = self.unread.find(b"\n") + 1 or len(self.unread)
        line, self.unread = self.unread[: min(end, limit)], self.unread[min(end, limit) :]
        return line

    def has_more(self) -> bool:
        """Say whether there is an answer to nothing that was asked."""
        return bool(self.unread) or self.timed.has_more()

    def close(self) -> None:
        """Forget what is unread."""
        self.unread = b""


def trusting(ca_file: str = "", *, verify: bool = True) -> ssl.SSLContext:
    """Return how to speak TLS: with the system's authorities, or those of a file."""
    return made(ca_file or os.environ.get("SSL_CERT_FILE", ""), verify)


@cache
def made(ca_file: str, verify: bool) -> ssl.SSLContext:  # noqa: FBT001  # of one caller
    """Read the authorities once; it takes as long as many letters."""
    context = ssl.create_default_context(cafile=ca_file or None)
    if not verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context

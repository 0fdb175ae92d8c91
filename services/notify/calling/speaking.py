"""HTTP calls that end in time, each over a connection of its own.

`Line.call` brings the whole answer; `Line.post` only its status, by far less work.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import (
    BadStatusLine,
    HTTPConnection,
    HTTPException,
    LineTooLong,
    RemoteDisconnected,
)

from services.notify.calling.timed import Lines, Timed, open_timed, secure, trusting

ANSWER_BYTES = 64 * 1024
STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: .*)?")
INTERIM = range(100, 200)
SWITCHING = 101  # the only one below 200 after which no other status comes


class Unanswered(Exception):
    """The call brought no answer that can be read; `reached` once it may have been taken."""

    def __init__(self, why: str, *, reached: bool) -> None:
        self.reached = reached
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status and at most the first 64 KB of the body."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """How an address is called over HTTP, by TLS in the name of `tls_host` if there is one.

    Each call has a connection of its own: on one that is kept, a second answer to the call before
    would be taken for this one's, and what was never taken would count as delivered. Redirects
    are not followed. Nothing of an answer beyond `ANSWER_BYTES` is read.
    """

    address: str
    port: int
    tls_host: str | None
    seconds: float

    def call(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Make a call. Raises `Unanswered`."""
        reached = False
        connection = HTTPConnection(self.address, self.port)
        try:
            connection.sock = self.connect()
            reached = True
            connection.request(method, path, body, {**headers, "Connection": "close"})
            response = connection.getresponse()
            with response:
                return Answer(response.status, response.read(ANSWER_BYTES))
        except (OSError, HTTPException, ValueError) as error:
            raise Unanswered(type(error).__name__, reached=reached) from error
        finally:
            connection.close()

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """Make a call of which only the status counts, and return it. Raises `Unanswered`.

        `headers` name the host.
        """
        timed: Timed | None = None
        try:
            request = head(path, {**headers, "Content-Length": str(len(body))}) + body
            timed = self.connect()
            timed.sendall(request)
            return read_status(Lines(timed))
        except (OSError, HTTPException, ValueError) as error:
            raise Unanswered(type(error).__name__, reached=timed is not None) from error
        finally:
            if timed is not None:
                timed.close()

    def connect(self) -> Timed:
        """Open a connection, all of whose waiting ends after `seconds`."""
        timed = open_timed(self.address, self.port, self.seconds)
        if self.tls_host:
            secure(timed, trusting(), self.tls_host)
        return timed


def head(path: str, headers: Mapping[str, str]) -> bytes:
    """Write the head of a POST. Raises ValueError where something would begin another line."""
    said = {**headers, "Connection": "close"}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    if not all(map(str.isprintable, lines)) or " " in path:
        raise ValueError("a head of other lines than ours")
    return "\r\n".join((*lines, "", "")).encode("ascii")


def read_status(answer: Lines) -> int:
    """Read the head of an answer to its end. Raises `HTTPException` where it is none."""
    left = ANSWER_BYTES
    while True:
        status, is_first = 0, True
        while line := answer.readline(left):
            left -= len(line)
            if not left:
                raise LineTooLong("head")
            text = line.rstrip(b"\r\n")
            if is_first:
                found = STATUS.fullmatch(text)
                if not found:
                    raise BadStatusLine("")
                status, is_first = int(found[1]), False
            elif not text and line.endswith(b"\n"):
                break
        else:
            raise RemoteDisconnected("the answer ended before its head did")
        if status not in INTERIM or status == SWITCHING:
            return status

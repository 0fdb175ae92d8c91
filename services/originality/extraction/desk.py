"""Where documents are handed over to the reader; whatever it does, there is an answer."""

import os
import subprocess
import sys
from contextlib import suppress
from functools import cache

import msgspec

from services.originality.extraction.documents import Document, Extracted, Problem
from services.originality.extraction.frames import receive, send

LARGEST = 64 * 1024 * 1024  # bytes of a document

_KEPT = ("PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "TZ", "VIRTUAL_ENV")
# One thread, few arenas: a many-core host must not spend the memory limit on stacks, and a
# process with threads must not be forked.
_CALM = {
    "MALLOC_ARENA_MAX": "2",
    "NUMBA_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKIO_WORKER_THREADS": "1",
}


class Desk:
    """Keeps one reader ready, and starts another where it has gone."""

    def __init__(self) -> None:
        self.reader: subprocess.Popen[bytes] | None = None

    def ask(self, function: str, body: bytes) -> bytes:
        """Have a document (`Document`) read; return an `Extracted` that can be decoded."""
        document = msgspec.msgpack.decode(body, type=Document)
        if len(document.body) > LARGEST:
            return told("TOO_BIG")
        # Only a document can have ended the reader; the one before may have done it late.
        for _ in range(2):
            with suppress(EOFError, OSError, msgspec.MsgspecError):
                answer = self.exchange(function, body)
                msgspec.msgpack.decode(answer, type=Extracted)
                return answer
            self.close()
        return told("DAMAGED")

    def exchange(self, function: str, body: bytes) -> bytes:
        """Ask the reader once."""
        if self.reader is None or self.reader.poll() is not None:
            self.close()
            self.reader = started()
        if self.reader.stdin is None or self.reader.stdout is None:
            raise EOFError("the reader has no pipes")
        send(self.reader.stdin, function.encode(), body)
        return receive(self.reader.stdout)

    def close(self) -> None:
        """End the reader, if there is one."""
        if self.reader is None:
            return
        self.reader.kill()
        with suppress(OSError):
            self.reader.communicate()
        self.reader = None


def told(problem: Problem) -> bytes:
    """Return an answer that is a problem."""
    return msgspec.msgpack.encode(Extracted(problem=problem))


def started() -> "subprocess.Popen[bytes]":
    """Start a reader without anything that is the service's own."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "services.originality.extraction.reader"],
        env=kept | _CALM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@cache
def desk() -> Desk:
    """Return this process's desk."""
    return Desk()

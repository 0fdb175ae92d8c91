"""The program that keeps the libraries loaded, and makes a process for each document.

Reads a function's name and a `Document` from standard input, writes an `Extracted` to standard
output, until its parent goes away. The document itself is opened only in the process made for
it, which is limited, sealed, and gone afterwards.
"""

import ctypes
import gc
import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO

import msgspec

from services.originality.extraction.documents import Document, Extracted, Problem
from services.originality.extraction.frames import LONGEST, receive, send
from services.originality.extraction.reader import functions
from services.originality.extraction.reader.limits import ALLOWANCES, limit, mapped_memory
from services.originality.extraction.reader.seal import Seal
from services.originality.extraction.reader.warming import warm

_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None)
# How a process ends that a limit has ended; whatever else ends one is the parser's mistake.
_ENDS: dict[int, Problem] = {
    signal.SIGXCPU: "TOO_SLOW",
    signal.SIGKILL: "TOO_SLOW",
    signal.SIGABRT: "TOO_BIG",  # an allocation failed
    signal.SIGTRAP: "TOO_BIG",  # the same, in PDFium
    signal.SIGILL: "TOO_BIG",
}


def main() -> None:
    """Answer until the parent goes away."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    warm()
    # The processes made share all this memory; collecting it would only copy it into each.
    gc.disable()
    gc.freeze()
    seal, mapped = Seal(), mapped_memory()
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, body = receive(requests).decode(), receive(requests)
            send(replies, read_apart(function, partial(read_here, function, body, seal, mapped)))


def read_apart(function: str, read: Callable[[int], None]) -> bytes:
    """Run a function of `functions` in a process of its own; return what it wrote to a pipe."""
    answers, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(answers)
            read(told)
        finally:
            # Destructors and buffers are the parent's business, also after an error.
            os._exit(os.EX_OSERR)
    os.close(told)
    try:
        answer = collected(answers, ALLOWANCES[function].wall)
        return answer or encoded(_ENDS.get(end_of(pid), "DAMAGED"))
    finally:
        os.close(answers)
        for end in (os.killpg, os.kill):  # also where it has left its group
            with suppress(ProcessLookupError):
                end(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def end_of(pid: int) -> int:
    """Return the signal that ended a process which has said nothing, SIGKILL if none has yet."""
    for _ in range(100):
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended:
            return 0 if ended.si_code == os.CLD_EXITED else ended.si_status
        time.sleep(0.01)
    return signal.SIGKILL


def read_here(function: str, body: bytes, seal: Seal, mapped: int, told: int) -> None:
    """Read the document in this process, which has no other purpose, and end it."""
    os.setpgid(0, 0)
    _libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    limit(ALLOWANCES[function], mapped)
    seal.put_on()
    os.closerange(3, told)
    os.closerange(told + 1, 64)
    document = msgspec.msgpack.decode(body, type=Document)
    answer = msgspec.msgpack.encode(functions.attempt(function, document))
    with os.fdopen(told, "wb") as stream:
        send(stream, answer)
    os._exit(0)


def collected(answers: int, seconds: float) -> bytes | None:
    """Return the answer that comes out of a pipe; None if it is not whole, or not in time."""
    end = time.monotonic() + seconds
    parts = bytearray()
    while (left := end - time.monotonic()) > 0 and len(parts) <= LONGEST:
        ready, _, _ = select.select([answers], [], [], left)
        part = os.read(answers, 1 << 20) if ready else b""
        if ready and not part:
            break
        parts += part
    with suppress(EOFError):
        return receive(BytesIO(parts))
    return None


def encoded(problem: Problem) -> bytes:
    """Return an answer that is a problem."""
    return msgspec.msgpack.encode(Extracted(problem=problem))


if __name__ == "__main__":
    main()

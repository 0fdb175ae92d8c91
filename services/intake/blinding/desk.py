"""Where a task is handed to a process of its own; whatever that does, there is an answer."""

import os
import signal
import subprocess
import sys

import msgspec

from services.intake.blinding.orders import Copy
from services.intake.domain.copies import Problem

LARGEST = 64 * 1024 * 1024  # bytes of a document
SECONDS = 150  # on the wall, for 300 pages
_KEPT = ("PATH", "PYTHONPATH", "LANG", "TZ", "VIRTUAL_ENV")
# One thread, few arenas: a many-core host must not spend the memory limit on stacks.
_CALM = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
_ENDS: dict[int, Problem] = {
    signal.SIGXCPU: "TOO_SLOW",
    signal.SIGKILL: "TOO_SLOW",
    signal.SIGABRT: "TOO_BIG",  # an allocation failed
    signal.SIGTRAP: "TOO_BIG",  # the same, in PDFium
    signal.SIGILL: "TOO_BIG",
}


def made_apart(task: bytes, seconds: float = SECONDS) -> bytes:
    """Have a `Task` done; return a `Copy` that can be decoded."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "services.intake.blinding.maker"],
            env=kept | _CALM,
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return told("TOO_SLOW")
    try:
        msgspec.msgpack.decode(done.stdout, type=Copy)
    except msgspec.MsgspecError:
        return told(_ENDS.get(-done.returncode, "DAMAGED"))
    return done.stdout


def told(problem: Problem) -> bytes:
    """Return an answer that is a problem."""
    return msgspec.msgpack.encode(Copy(problem=problem))

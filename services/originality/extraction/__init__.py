"""Text out of documents, in a throw-away process that hostile files may break.

`extract` runs in a child of the service and starts `services.originality.extraction.reader` for each
document: without the service's secrets, under limits of memory, time, files and pages.
"""

import fcntl
import os
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir
from typing import Literal

import msgspec
from msgspec import Struct

Problem = Literal["NO_TEXT", "DAMAGED", "UNSUPPORTED", "TOO_BIG", "TOO_SLOW"]

LARGEST = 64 * 1024 * 1024  # bytes of a document
SECONDS = 20  # on the wall; the processor's limit is the reader's own

_KEPT = ("PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "TZ", "VIRTUAL_ENV")
# One thread, few arenas: a many-core host must not spend the memory limit on stacks.
_CALM = {"RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


class Document(Struct, frozen=True):
    """A document as it was uploaded."""

    body: bytes
    media_type: str


class Extracted(Struct, frozen=True):
    """Its text in NFC, or the problem that a person has to look into."""

    text: str = ""
    pages: int | None = None
    problem: Problem | None = None


def extract(body: bytes) -> bytes:
    """Read one document: `Document` in, `Extracted` out."""
    document = msgspec.msgpack.decode(body, type=Document)
    if len(document.body) > LARGEST:
        return msgspec.msgpack.encode(Extracted(problem="TOO_BIG"))
    return _read(body)


def _read(body: bytes) -> bytes:
    """Let a reader of its own read it; whatever the reader does, there is an answer."""
    environment = _environment() | {"TMPDIR": str(unpacked())}
    try:
        reader = subprocess.run(
            [sys.executable, "-m", "services.originality.extraction.reader"],
            input=body,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return msgspec.msgpack.encode(Extracted(problem="TOO_SLOW"))
    # Killed by a limit: the processor's by signal, memory's by an abort of the parser.
    if reader.returncode:
        return msgspec.msgpack.encode(Extracted(problem="TOO_BIG"))
    return reader.stdout


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | _CALM


@cache
def unpacked() -> Path:
    """Return the folder with the parser's PDF library, unpacked there if it is not yet.

    The parser unpacks it below TMPDIR when it meets its first PDF; a reader may write no file.
    The folder must be ours alone: whoever else could write into it would run as we do.
    """
    name = f"sangkien-reader-{version('kreuzberg')}-{os.getuid()}"
    folder = Path(gettempdir()) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if (found.st_mode, found.st_uid) != (0o40700, os.getuid()):
        raise PermissionError(f"{folder} belongs to somebody else; remove it.")
    with (folder / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lock.tell():
            # Fails where /tmp is mounted noexec; better here than as a damaged document.
            subprocess.run(
                [sys.executable, "-m", "services.originality.extraction.reader", "unpack"],
                env=_environment() | {"TMPDIR": str(folder)},
                timeout=SECONDS,
                check=True,
            )
            lock.write("unpacked")
    return folder

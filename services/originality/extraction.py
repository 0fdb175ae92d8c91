"""Text out of documents, in a throw-away process that hostile files may break.

`extract` runs in a child of the service and starts `services.originality.reader` for each
document: without the service's secrets, under limits of memory, time, files and pages.
"""

import os
import subprocess
import sys
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
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _CALM
    try:
        reader = subprocess.run(
            [sys.executable, "-m", "services.originality.reader"],
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

"""What a child process of the tests computes."""

import atexit
import os
import time
from pathlib import Path


def doubled(body: bytes) -> bytes:
    """Return the body twice."""
    return body * 2


def chatty(body: bytes) -> bytes:
    """Print before answering, as some libraries do."""
    os.write(1, b"a line nobody asked for\n")
    return body


def pid(_body: bytes) -> bytes:
    """Say which process this is."""
    return str(os.getpid()).encode()


def niceness(_body: bytes) -> bytes:
    """Say how much this process gives way to others."""
    return str(os.nice(0)).encode()


def refused(_body: bytes) -> bytes:
    """Raise."""
    raise ValueError("no sums today")


def fallen(_body: bytes) -> bytes:
    """End the process."""
    os._exit(3)


def slow(_body: bytes) -> bytes:
    """Take too long."""
    time.sleep(60)
    return b""


def note_at_the_end(body: bytes) -> bytes:
    """Write into a file when the process ends by itself, not at once."""
    atexit.register(lambda: (time.sleep(0.2), Path(body.decode()).write_text("ended")))
    return b""

"""What a process that opens a document may use: memory, processor, files, pages."""

import resource
from dataclasses import dataclass

PAGES = 300
CHARACTERS = 1_000_000  # 20 texts like it are compared within a minute
UNPACKED = 24 * 1024 * 1024  # bytes of one part of a package; a long report's has under five


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one document may take: seconds of the processor and on the wall, bytes of memory.

    Memory is address space beyond what is mapped at the start.
    """

    processor: int
    wall: float
    memory: int


READING = Allowance(processor=5, wall=20, memory=448 << 20)
# A page takes a second or two; the wall ends what the pages' own limits do not.
RECOGNISING = Allowance(processor=240, wall=280, memory=1024 << 20)
ALLOWANCES = {"extract": READING, "recognise": RECOGNISING}


def limit(allowance: Allowance, mapped: int) -> None:
    """Bind this process, which has mapped so many bytes, and those it starts; none may write."""
    memory = mapped + allowance.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # One second more before the signal that cannot be caught.
    seconds = allowance.processor
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def mapped_memory() -> int:
    """Return the address space this process has already, in bytes: libraries, mostly."""
    with open("/proc/self/statm") as figures:  # noqa: PTH123  # before anything may be opened
        return int(figures.read().split()[0]) * resource.getpagesize()

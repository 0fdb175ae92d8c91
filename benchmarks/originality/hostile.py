"""How soon documents made to harm are turned away, and how much memory they get.

    python -m benchmarks.originality.hostile

Seconds are on the wall, of the whole way there and back, then of the processor. Memory is the
most that the process of the document had resident, looked at every few milliseconds.
"""

import sys
import time
from collections.abc import Callable
from threading import Event, Thread

import msgspec
import psutil

from services.originality.extraction import Document, Extracted
from services.originality.extraction.desk import Desk
from tests.unit.originality import papers

SECONDS, BYTES = 2.0, 1.5e9  # at most
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (papers.bomb_docx, papers.DOCX),
    "external entity": (papers.reading_a_file, papers.DOCX),
    "billion laughs": (papers.billion_laughs, papers.DOCX),
    "PDF packed twice": (papers.bomb_pdf, papers.PDF),
    "the same, disguised": (
        lambda: papers.bomb_pdf("7 0 R 7 0 R"),
        papers.PDF,
    ),
}


def watched(reader: psutil.Process, stop: Event, most: list[int]) -> None:
    """Note the most memory that a process of the reader's has, until told to stop."""
    while not stop.wait(0.002):
        for child in reader.children():
            try:
                most.append(child.memory_info().rss)
            except psutil.Error:
                continue


def used(reader: psutil.Process) -> float:
    """Return the processor's seconds of the processes that the reader has made and seen end."""
    times = reader.cpu_times()
    return times.children_user + times.children_system


def main() -> None:
    """Have each read, print a table; fail if one takes too long or too much."""
    desk = Desk()
    desk.ask("extract", msgspec.msgpack.encode(Document(b"", papers.TEXT)))
    reader = psutil.Process(desk.reader.pid)
    failed = False
    for name, (made, kind) in HOSTILE.items():
        asked = msgspec.msgpack.encode(Document(made(), kind))
        stop, most = Event(), [0]
        watch = Thread(target=watched, args=(reader, stop, most))
        watch.start()
        began, before = time.monotonic(), used(reader)
        found = msgspec.msgpack.decode(desk.ask("extract", asked), type=Extracted)
        seconds = time.monotonic() - began
        stop.set()
        watch.join()
        failed |= seconds > SECONDS or max(most) > BYTES or found.problem is None
        work = used(reader) - before
        print(
            f"{name:20} {found.problem:8} {seconds:6.2f} s {work:6.2f} s {max(most) / 1e6:6.0f} MB"
        )
    desk.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()

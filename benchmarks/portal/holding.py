"""Keeping one platform still while the other is measured, so that neither costs the other.

Both leave work behind them: letters to send, texts to compare, pages of pictures to read. It goes
on when their own turn comes again, and is paid for then; only what was there before anything is
measured is worked off first (`settle`).
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from deploy.local import leftovers

RUNNER = "kernel.runner"
LOOK = 5.0  # seconds
AT_REST = 0.15  # of a processor: what timers and health take, and no more
PATIENCE = 600.0  # seconds


@contextmanager
def still(programs: Iterable[psutil.Process]) -> Iterator[None]:
    """Stop these programs meanwhile, with all they have started; servers that both use go on."""
    held = [one for program in programs for one in (program, *program.children(recursive=True))]
    try:
        for one in held:
            with suppress(psutil.NoSuchProcess):
                one.suspend()
        yield
    finally:
        for one in held:
            with suppress(psutil.NoSuchProcess):
                one.resume()


def services(folder: Path) -> list[psutil.Process]:
    """Return the processes of the services of the stack in this folder."""
    return [one for one in leftovers.find(folder) if RUNNER in one.cmdline()]


def settle(folder: Path) -> None:
    """Wait until the services of a stack have done what they were given before.

    Raises `RuntimeError` after ten minutes.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = used(folder)
        time.sleep(LOOK)
        # What has ended meanwhile took something too; it is missed by the next look.
        grown = {pid: took - before.get(pid, 0.0) for pid, took in used(folder).items()}
        if sum(grown.values()) < AT_REST * LOOK and not grown.keys() - before.keys():
            return
    raise RuntimeError(f"The services of {folder.name} are still at work after ten minutes.")


def used(folder: Path) -> dict[int, float]:
    """Return the processor seconds of each process of the services, and of those they started."""
    found = {}
    for program in services(folder):
        with suppress(psutil.NoSuchProcess):
            for one in (program, *program.children(recursive=True)):
                times = one.cpu_times()
                found[one.pid] = times.user + times.system
    return found

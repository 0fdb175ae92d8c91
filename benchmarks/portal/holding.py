"""Keeping one platform still while the other is measured, so that neither costs the other.

Both leave work behind them: letters to send, texts to compare, pages of pictures to read. It goes
on when their own turn comes again, and is paid for then.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from deploy.local import leftovers

RUNNER = "kernel.runner"


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

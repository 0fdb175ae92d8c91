"""The demo's contest, played while something befalls the stack."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from demo import acts
from demo.play import play
from demo.stage import Stage
from deploy.local.stack import Stack
from tests.bookkeeping import Books, mails_by_id, settled_books
from tests.reliability.callers import NotingApi
from tests.reliability.upheaval import Upheaval

# These must arrive within the very second they are about: a request repeated after a kill
# arrives later, and rightly counts as handed in later. Number 22 comes in the last second of
# the window, number 20 in the second after it.
PUNCTUAL = (20, 22)


@dataclass(frozen=True)
class Played:
    """A contest played during an upheaval, and the books afterwards."""

    stage: Stage
    books: Books
    upheaval: Upheaval
    granted: tuple[tuple[str, str, str], ...]
    seconds: float


@pytest.fixture(scope="module")
def play_during() -> Callable[[Upheaval], Played]:
    """Return a function that plays the contest during an upheaval of its stack."""
    patch = pytest.MonkeyPatch()

    def play_it(stack: Stack, upheaval: Upheaval, ports: list[int]) -> Played:
        hand_in = acts.hand_in

        def hand_in_calmly(stage, entry):
            if entry.number in PUNCTUAL:
                with upheaval.calm():
                    hand_in(stage, entry)
            else:
                hand_in(stage, entry)

        patch.setattr(NotingApi, "ports", ports)
        patch.setattr(NotingApi, "granted", [])
        patch.setattr("demo.stage.Api", NotingApi)
        patch.setattr(acts, "hand_in", hand_in_calmly)
        began = time.monotonic()
        with upheaval:
            stage = play(stack, quiet=True)
        books = settled_books(stack)
        seconds = time.monotonic() - began
        granted = tuple(NotingApi.granted)
        mails = mails_by_id(stack)
        print(  # noqa: T201  # the figures, for who asks with -s
            f"\n{dict(upheaval.struck)}: {len(granted)} granted, {books}, "
            f"{mails.total() - len(mails)} letters again, {seconds:.0f} s"
        )
        return Played(stage, books, upheaval, granted, seconds)

    yield play_it
    patch.undo()

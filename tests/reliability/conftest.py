"""The demo's contest, played while something befalls the stack."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from demo import acts
from demo.hook import Ear
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


@pytest.fixture(scope="module")
def play_during() -> Iterator[Callable[[Stack, Upheaval, list[int]], Played]]:
    """Return a function that plays the contest during an upheaval of its stack."""
    with pytest.MonkeyPatch.context() as patch:

        def play_it(stack: Stack, upheaval: Upheaval, ports: list[int]) -> Played:
            patch.setattr(NotingApi, "ports", ports)
            patch.setattr(NotingApi, "granted", [])
            patch.setattr("demo.stage.Api", NotingApi)
            keep_calm(patch, upheaval)
            began = time.monotonic()
            with Ear() as ear:
                with upheaval:
                    stage = play(stack, ear, quiet=True)
                books = settled_books(stack)
            played = Played(stage, books, upheaval, tuple(NotingApi.granted))
            report(stack, played, time.monotonic() - began)
            return played

        yield play_it


def keep_calm(patch: pytest.MonkeyPatch, upheaval: Upheaval) -> None:
    """Let nothing happen while the play does what cannot be repeated."""
    hand_in, open_the_door = acts.hand_in, Stage.open_the_door

    def hand_in_calmly(stage, entry):
        if entry.number in PUNCTUAL:
            with upheaval.calm():
                hand_in(stage, entry)
        else:
            hand_in(stage, entry)

    def open_the_door_calmly(stage):
        # An operator's command says what went wrong and leaves the repeating to the operator.
        with upheaval.calm():
            open_the_door(stage)

    patch.setattr(acts, "hand_in", hand_in_calmly)
    patch.setattr(Stage, "open_the_door", open_the_door_calmly)


def report(stack: Stack, played: Played, seconds: float) -> None:
    """Print the figures, for who asks with -s."""
    mails = mails_by_id(stack)
    print(  # noqa: T201
        f"\n{dict(played.upheaval.struck)}: {len(played.granted)} granted, {played.books}, "
        f"{mails.total() - len(mails)} letters again, {seconds:.0f} s"
    )

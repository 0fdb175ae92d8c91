"""A question of who presents when, and its answer. Start with `Puzzle`; `leavings` is the cost.

Both travel to the child process that answers.
"""

from collections.abc import Collection, Iterable
from itertools import chain, pairwise

from msgspec import Struct


class Talk(Struct, frozen=True, kw_only=True):
    """An entry to be defended in a room: the places in time it can have, and the people in it.

    `people` have to be there: the judges who hear it and its authors. `away` are the judges who
    leave the room meanwhile.
    """

    code: str
    room: str
    places: tuple[int, ...]
    people: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


class Puzzle(Struct, frozen=True, kw_only=True):
    """Talks to be put in order. A place is the same time in every room.

    A place takes one talk of a room, and nobody is in two rooms at one place. Among orders with
    equally few leavings the seed decides.
    """

    talks: tuple[Talk, ...]
    seed: str = ""


class Order(Struct, frozen=True, kw_only=True):
    """The place of each talk, by its code; none where there is no order at all.

    No order has fewer leavings than `at_least`. `is_settled` is False where the work allowed did
    not do to find an order, nor that there is none.
    """

    places: dict[str, int] = {}
    leavings: int = 0
    at_least: int = 0
    is_settled: bool = True

    @property
    def is_best(self) -> bool:
        """Say whether no order has fewer leavings."""
        return bool(self.places) and self.leavings == self.at_least


def leavings(outs: Iterable[Collection[str]]) -> int:
    """Count how often somebody leaves, `outs` being who is out during each talk in turn.

    Whoever is out for talks that follow one another leaves once, a break between them or not.
    """
    return sum(len(set(later) - set(earlier)) for earlier, later in pairwise(chain([()], outs)))


def cost(talks: Iterable[Talk], places: dict[str, int]) -> int:
    """Count the leavings in all rooms with the talks at these places."""
    rooms: dict[str, list[Talk]] = {}
    for talk in sorted(talks, key=lambda talk: places[talk.code]):
        rooms.setdefault(talk.room, []).append(talk)
    return sum(leavings(talk.away for talk in inside) for inside in rooms.values())


def check_order(puzzle: Puzzle, places: dict[str, int]) -> None:
    """Raise ValueError unless an order keeps to the puzzle."""
    seats = [(talk.room, places[talk.code]) for talk in puzzle.talks]
    if len(set(seats)) < len(seats):
        raise ValueError("two talks have one place")
    if strays := [talk.code for talk in puzzle.talks if places[talk.code] not in talk.places]:
        raise ValueError(f"at a place they cannot have: {strays}")
    bodies = {
        (person, places[talk.code], talk.room) for talk in puzzle.talks for person in talk.people
    }
    if len({(person, place) for person, place, _ in bodies}) < len(bodies):
        raise ValueError("somebody is in two rooms at once")

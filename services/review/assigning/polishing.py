"""Small changes that make an order of talks better, one after the other, none making it wrong."""

from collections.abc import Iterator

from services.review.domain.defence.puzzle import Puzzle, Talk, cost

Places = dict[str, int]


def polish(puzzle: Puzzle, places: Places) -> Places:
    """Swap talks and move them to empty places for as long as that spares a leaving."""
    value, is_better = cost(puzzle.talks, places), True
    while is_better:
        is_better = False
        for changed in neighbours(puzzle, places):
            if (new := cost(puzzle.talks, changed)) < value:
                places, value, is_better = changed, new, True
                break
    return places


def neighbours(puzzle: Puzzle, places: Places) -> Iterator[Places]:
    """Yield the orders that differ by a swap within a room, or by a move to an empty place."""
    for number, talk in enumerate(puzzle.talks):
        for other in puzzle.talks[number + 1 :]:
            if talk.room == other.room and talk.away != other.away:
                changed = places | {
                    talk.code: places[other.code],
                    other.code: places[talk.code],
                }
                if may(puzzle, talk, changed) and may(puzzle, other, changed):
                    yield changed
        for place in talk.places:
            changed = places | {talk.code: place}
            if may(puzzle, talk, changed):
                yield changed


def may(puzzle: Puzzle, talk: Talk, places: Places) -> bool:
    """Say whether a talk can be where it is put, beside all others."""
    place = places[talk.code]
    beside = (one for one in puzzle.talks if one.code != talk.code and places[one.code] == place)
    return place in talk.places and all(
        one.room != talk.room and set(one.people).isdisjoint(talk.people) for one in beside
    )


def pull_forward(puzzle: Puzzle, places: Places) -> Places:
    """Let each room wait for nobody it need not wait for; the order in it stays."""
    last: dict[str, int] = {}
    for talk in sorted(puzzle.talks, key=lambda one: places[one.code]):
        for place in range(last.get(talk.room, -1) + 1, places[talk.code]):
            changed = places | {talk.code: place}
            if may(puzzle, talk, changed):
                places = changed
                break
        last[talk.room] = places[talk.code]
    return places

"""Which places that judges have left are filled, and which have to stay open.

Start with `fill`. It asks for all of them at once, first so that nobody else moves, then, where
that leaves places empty, so that others may change places to make room. Where that is impossible
the witness says how many reviews cannot be had, and so many places of the entries it names stay
open, the newest first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.review.domain.assignment.posing import Field, NotWorkedOut, Place
from services.review.domain.assignment.problem import Answer, Problem, Witness

Solve = Callable[[Problem], Answer]
Move = tuple[frozenset[str], frozenset[str]]
Moves = Mapping[str, Move]
NOBODY: Move = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Opening:
    """A place that a judge has left, and who is to have it if they may."""

    entry_id: str
    judge_id: str
    preferred: str | None = None


def fill(
    solve: Solve,
    field: Field,
    openings: Sequence[Opening],
    whole: Callable[[], Field] | None = None,
) -> Moves:
    """Choose who steps in, with the fewest changes: nobody else moves where that will do.

    `field` has at least the entries with openings, `whole` gives that of all entries. It is asked
    for, and the round worked out anew, only where places stay empty that others could make room
    for. Panels may stand that would no longer be allowed, as when a limit was lowered: then moving
    others does less. `openings` are the oldest first. No conflict waits for an answer: where none
    is found in time the places stay open.
    """
    wanted = fillable(field, openings)
    if field.rules.judges_per_entry is None:
        return everybody(field, wanted)
    near: Moves = {}
    try:
        near = fit(solve, beside(field, wanted), wanted, stays=True)
        if filled(near) < len(wanted):
            everywhere = whole() if whole else field
            if can_make_room(everywhere, near, wanted):
                near = max(near, fit(solve, everywhere, wanted, stays=False), key=filled)
    except NotWorkedOut:
        pass
    return near


def beside(field: Field, openings: Sequence[Opening]) -> Field:
    """Return what a field is to those with openings: all other panels stand and count as load."""
    there = {one.entry_id for one in openings}
    return replace(
        field,
        entries=[entry for entry in field.entries if entry.entry_id in there],
        places={
            one: place if one in there else Place(place.judges, place.judges)
            for one, place in field.places.items()
        },
    )


def can_make_room(field: Field, moves: Moves, openings: Sequence[Opening]) -> bool:
    """Say whether a place left empty leads to somebody with room, entry handed on by entry.

    If it does not, no other assignment fills more places. It may and yet be impossible: judges
    kept apart and required areas are left aside here.
    """
    panels = {
        one: place.judges - moves.get(one, NOBODY)[0] | moves.get(one, NOBODY)[1]
        for one, place in field.places.items()
    }
    loads = Counter(judge for panel in panels.values() for judge in panel)
    most = {desk.judge_id: field.limited(desk).most for desk in field.desks}
    handed: dict[str, list[str]] = {}
    for entry in field.entries:
        for judge in panels[entry.entry_id] - field.places[entry.entry_id].given:
            handed.setdefault(judge, []).append(entry.entry_id)
    asked = Counter(one.entry_id for one in openings)
    asked.subtract({one: len(came) - len(left) for one, (left, came) in moves.items()})
    waiting = [one for one, short in asked.items() if short > 0]
    seen = set(waiting)
    while waiting:
        entry_id = waiting.pop()
        for judge in set(field.found.free[entry_id]) - panels[entry_id]:
            limit = most.get(judge)
            if limit is None or loads[judge] < limit:
                return True
            waiting += [one for one in handed.get(judge, ()) if one not in seen]
            seen.update(handed.get(judge, ()))
    return False


def filled(moves: Moves) -> int:
    """Count the places that are filled."""
    return sum(len(came) - len(left) for left, came in moves.values())


def fit(solve: Solve, field: Field, openings: Sequence[Opening], *, stays: bool) -> Moves:
    """Fill as many places as can be, with others changing places or nobody."""
    wanted = list(openings)
    while wanted:
        asked = asking(field, wanted, stays=stays)
        answer = solve(asked.problem())
        if not answer.witnesses:
            return field.changed(asked.panels(answer))
        lost = surplus(field, answer.witnesses, wanted) or wanted[-1:]
        wanted = [one for one in wanted if one not in lost]
    return {}


def everybody(field: Field, openings: Sequence[Opening]) -> Moves:
    """Where all free judges mark, let in whoever is named, or all where nobody is left."""
    moves: dict[str, Move] = {}
    for one in openings:
        seated = field.places[one.entry_id].judges
        free = frozenset(field.found.free[one.entry_id]) - seated
        came = free & {one.preferred}
        if not came and not seated:
            came = free
        if came:
            earlier = moves.get(one.entry_id, (frozenset(), frozenset()))[1]
            moves[one.entry_id] = (frozenset(), came | earlier)
    return moves


def fillable(field: Field, openings: Sequence[Opening]) -> list[Opening]:
    """Leave out the places for which an entry has nobody free, whatever others do."""
    spare = Counter(
        {
            entry.entry_id: len(
                set(field.found.free[entry.entry_id]) - field.places[entry.entry_id].judges
            )
            for entry in field.entries
        }
    )
    wanted = []
    for one in openings:
        if spare[one.entry_id] > 0:
            spare[one.entry_id] -= 1
            wanted.append(one)
    return wanted


def asking(field: Field, openings: Sequence[Opening], *, stays: bool) -> Field:
    """Ask for judges in these places; who is to have one counts as there already."""
    asked = Counter(one.entry_id for one in openings)
    places = dict(field.places)
    needs = {one: len(place.judges) + asked[one] for one, place in places.items()}
    if stays:
        places = {one: Place(place.judges, place.judges) for one, place in places.items()}
    for one in openings:
        if one.preferred in field.found.free[one.entry_id]:
            place = places[one.entry_id]
            places[one.entry_id] = Place(place.judges | {one.preferred}, place.given)
    return replace(field, places=places, needs=needs)


def surplus(
    field: Field, witnesses: Sequence[Witness], openings: Sequence[Opening]
) -> list[Opening]:
    """Choose the places that cannot be filled: as many as reviews cannot be had."""
    codes = {entry.entry_id: entry.code or entry.entry_id for entry in field.entries}
    lost: list[Opening] = []
    for witness in witnesses:
        named = set(entries_of(witness))
        short = 1 if witness.split else witness.needed - witness.inside - witness.outside
        short -= sum(codes[one.entry_id] in named for one in lost)
        fit = [one for one in reversed(openings) if codes[one.entry_id] in named]
        lost += [one for one in fit if one not in lost][: max(0, short)]
    return lost


def entries_of(witness: Witness) -> Iterator[str]:
    """Name the entries that a witness is about, in every case."""
    yield from witness.entries
    if split := witness.split:
        yield split.entry_id
        yield from entries_of(split.without_first)
        yield from entries_of(split.without_second)

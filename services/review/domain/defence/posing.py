"""From what the secretary says of a day to a puzzle, or why there is none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.review import DefenceAvailability, DefenceHours, DefenceRoom
from kernel.errors import Refused
from services.review.domain.defence.hours import Span
from services.review.domain.defence.puzzle import Puzzle, Talk
from services.review.domain.sub_juries import SubJury


class NoDefence(Refused):
    """The rules give this round no time to present and answer, so it has no defence day."""


class RoomsUnclear(Refused):
    """Every entry has one room: the one that names its code, else its area or its panel."""


class UnknownInDefence(Refused):
    """Only entries of the round, their judges and the panels of the jury are named."""


class TooLittleTime(Refused):
    """The hours are too short for the entries of a room."""


class NobodyThere(Refused):
    """There is no time at which all who have to be there for an entry can."""


class CodesNotDrawn(Refused):
    """Entries get their codes when the first round opens; open it, then record the day."""


class NoOrderFits(Refused):
    """However the entries are put in order, somebody cannot be there; change hours or rooms."""


class NotOrdered(Refused):
    """No order could be worked out in time; name fewer limits of who can be there when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalist:
    """An entry of the round: the judges who hear it, those in conflict, its authors' ids."""

    entry_id: str
    code: str
    title: str
    area: str
    judges: tuple[str, ...]
    away: tuple[str, ...]
    authors: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Name those who have to be there."""
        return (*self.judges, *self.authors)


Limits = Mapping[str, tuple[DefenceHours, ...]]


def limits_of(
    said: Sequence[DefenceAvailability], finalists: Sequence[Finalist]
) -> dict[str, tuple[DefenceHours, ...]]:
    """Return who can be there only at some hours: judges by id, presenters by entry code."""
    known = {one.code for one in finalists}
    known |= {judge for one in finalists for judge in (*one.judges, *one.away)}
    if strangers := sorted({one.of for one in said} - known):
        raise UnknownInDefence(
            "Not an entry or a judge of this round: {names}.", names=", ".join(strangers)
        )
    found: dict[str, tuple[DefenceHours, ...]] = {}
    for one in said:
        found[one.of] = (*found.get(one.of, ()), *one.hours)
    return found


def missing_at(span: Span, one: Finalist, limits: Limits) -> tuple[str, ...]:
    """Name those who have to be there and cannot: judges, and presenters by the code."""
    wanted = (*one.judges, one.code)
    return tuple(who for who in wanted if who in limits and not span.lies_in(limits[who]))


def room_of(
    one: Finalist, rooms: Sequence[DefenceRoom], panels: Mapping[str, SubJury]
) -> DefenceRoom:
    """Return where an entry is defended."""
    named = [room for room in rooms if one.code in room.codes]
    if not named and len(rooms) == 1:
        named = list(rooms)
    named = named or [room for room in rooms if one.area in fields_of(room, panels)]
    if len(named) != 1:
        raise RoomsUnclear(
            "{code} belongs to {number} rooms; name it, its area or its panel with one.",
            code=one.code,
            number=len(named),
        )
    return named[0]


def fields_of(room: DefenceRoom, panels: Mapping[str, SubJury]) -> frozenset[str]:
    """Name the areas defended in a room."""
    own = frozenset(room.areas)
    return own if room.panel_id is None else own | panels[room.panel_id].areas


def check_rooms(
    rooms: Sequence[DefenceRoom], finalists: Sequence[Finalist], panels: Mapping[str, SubJury]
) -> None:
    """Raise unless there are rooms, each named once, of panels and entries there are."""
    names = Counter(room.name.strip() for room in rooms)
    if not rooms or "" in names or max(names.values()) > 1:
        raise RoomsUnclear("Name at least one room, each of them once.")
    codes = {one.code for one in finalists}
    wrong = {code for room in rooms for code in room.codes if code not in codes}
    wrong |= {room.panel_id for room in rooms if room.panel_id and room.panel_id not in panels}
    if wrong:
        raise UnknownInDefence(
            "Not an entry of this round or a panel of the jury: {names}.",
            names=", ".join(sorted(wrong)),
        )


def pose(
    finalists: Sequence[Finalist],
    places: Mapping[str, str],
    times: Sequence[Span],
    limits: Limits,
    seed: str,
) -> Puzzle:
    """Ask for an order; `places` are the rooms of the entries, by code.

    Raises `TooLittleTime` or `NobodyThere` where it is plain that there is none.
    """
    for room, many in sorted(Counter(places.values()).items()):
        if many > len(times):
            raise TooLittleTime(
                "“{room}” has {entries} entries; the hours have room for {places}. Add hours or"
                " rooms.",
                room=room,
                entries=many,
                places=len(times),
            )
    talks = [talk_of(one, places[one.code], times, limits) for one in finalists]
    return Puzzle(talks=tuple(talks), seed=seed)


def talk_of(one: Finalist, room: str, times: Sequence[Span], limits: Limits) -> Talk:
    """Say at which places an entry can be defended."""
    free = [place for place, span in enumerate(times) if not missing_at(span, one, limits)]
    if not free:
        limited = [who for who in (*one.judges, one.code) if who in limits]
        raise NobodyThere(
            "{code} finds no time: {people} can never be there together within the hours.",
            code=one.code,
            people=", ".join(limited),
        )
    return Talk(code=one.code, room=room, places=tuple(free), people=one.people, away=one.away)

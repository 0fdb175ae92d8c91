"""What the office types of a defence day, and what it means. Start with `drawing`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts import review
from kernel.errors import Refused
from services.gateway.portal.forms import Posted
from services.gateway.words import BadTime, read_moment

HOURS = re.compile(r"(\d{1,2})[:h](\d{2}) *[-–] *(\d{1,2})[:h](\d{2})")


class OnePanelARoom(Refused):
    """A room has the entries of one panel of the jury at most; write a line for each room."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a word on the form may name: areas and panels by code, persons' ids by login."""

    areas: Collection[str]
    panels: Collection[str]
    persons: Mapping[str, str]


def drawing(posted: Posted, contest_id: str, round_id: str, known: Known) -> dict[str, Any]:
    """Read a day: its date, hours, rooms and who can come when. Raises `BadTime`."""
    day = posted["day"]
    return {
        "contest_id": contest_id,
        "round_id": round_id,
        "hours": tuple(hours(day, line) for line in lines(posted["hours"])),
        "rooms": tuple(room(line, known) for line in lines(posted["rooms"])),
        "availability": tuple(presence(day, line, known) for line in lines(posted["presence"])),
    }


def lines(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def words(text: str) -> tuple[str, ...]:
    """Return what commas part."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def hours(day: str, line: str) -> review.DefenceHours:
    """Read a stretch of time, `08:00-11:30`; raises `BadTime`."""
    found = HOURS.fullmatch(line.strip())
    if found is None:
        raise BadTime
    begin, end = (f"{day}T{found[at].zfill(2)}:{found[at + 1]}" for at in (1, 3))
    return review.DefenceHours(starts_at=read_moment(begin), ends_at=read_moment(end))


def room(line: str, known: Known) -> review.DefenceRoom:
    """Read a room, after a colon what is defended in it: areas, a panel, codes of entries.

    `Phòng 2: TTHC, CDS`, `Phòng 3: TB1, HG-07`. Raises `OnePanelARoom`.
    """
    name, _, named = line.partition(":")
    inside = words(named)
    panels = [word for word in inside if word in known.panels and word not in known.areas]
    if len(panels) > 1:
        raise OnePanelARoom
    areas = tuple(word for word in inside if word in known.areas)
    return review.DefenceRoom(
        name=name.strip(),
        panel_id=panels[0] if panels else None,
        areas=areas,
        codes=tuple(word for word in inside if word not in (*areas, *panels)),
    )


def presence(day: str, line: str, known: Known) -> review.DefenceAvailability:
    """Read when a judge, by login, or the presenters of an entry, by code, can come.

    `giam-khao-2: 08:00-09:30, 10:00-11:30`. Raises `BadTime`.
    """
    name, _, spans = line.partition(":")
    stretches = tuple(hours(day, span) for span in words(spans))
    if not stretches:
        raise BadTime
    name = name.strip()
    return review.DefenceAvailability(of=known.persons.get(name, name), hours=stretches)


def moves(posted: Posted) -> tuple[review.DefenceMove, ...]:
    """Read where an entry is moved to."""
    at: datetime = read_moment(posted["at"])
    return (review.DefenceMove(code=posted["code"], starts_at=at, room=posted["room"] or None),)


def swaps(posted: Posted) -> tuple[review.DefenceSwap, ...]:
    """Read with which entry one changes places."""
    return (review.DefenceSwap(one=posted["code"], other=posted["other"]),)

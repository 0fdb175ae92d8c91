"""Defence days (ngày bảo vệ ý tưởng): drawn up, recorded and changed in versions, asked for.

What is said of them is in `programme`.
"""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from contracts.message import PUBLIC, Command, Query

__all__ = [
    "ChangeDefence",
    "DefenceAvailability",
    "DefenceHours",
    "DefenceMove",
    "DefenceRoom",
    "DefenceSwap",
    "ExportDefence",
    "PlanDefence",
    "RecordDefence",
    "ShowDefence",
    "ShowProgramme",
]


class DefenceHours(Struct, frozen=True, kw_only=True):
    """Time without a break, from an instant until another, itself outside; both aware."""

    starts_at: datetime
    ends_at: datetime


class DefenceRoom(Struct, frozen=True, kw_only=True):
    """A room, named as on its door, and what is defended in it.

    An entry belongs to the room that names its code, else to the one that names its area or whose
    panel of the jury has it. The only room of a day takes every entry.
    """

    name: str
    panel_id: str | None = None
    areas: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class DefenceAvailability(Struct, frozen=True, kw_only=True):
    """When a judge, by id, or the presenters of an entry, by its code, can be there.

    Who is not named can be there at all hours.
    """

    of: str
    hours: tuple[DefenceHours, ...]


class PlanDefence(Query, frozen=True, kw_only=True):
    """Draw a defence day up, nothing kept. Reply: `DefencePlan`.

    Breaks are what lies between `hours`, which all rooms have in common. The seed decides among
    orders equally good; without one it is drawn from a secret of the contest.
    """

    contest_id: str
    round_id: str
    hours: tuple[DefenceHours, ...]
    rooms: tuple[DefenceRoom, ...]
    availability: tuple[DefenceAvailability, ...] = ()
    seed: str | None = None


class RecordDefence(Command, frozen=True, kw_only=True):
    """Draw a defence day up and keep it, with the reason. Reply: its version, from 1.

    Where there is a day already this is another version of it. `version` is the one the caller
    has seen, 0 for none.
    """

    contest_id: str
    round_id: str
    hours: tuple[DefenceHours, ...]
    rooms: tuple[DefenceRoom, ...]
    reason: str
    availability: tuple[DefenceAvailability, ...] = ()
    seed: str | None = None
    version: int = 0


class DefenceMove(Struct, frozen=True, kw_only=True):
    """Another time for an entry, and another room if one is named; one withdrawn is back in."""

    code: str
    starts_at: datetime
    room: str | None = None


class DefenceSwap(Struct, frozen=True, kw_only=True):
    """Two entries that change places."""

    one: str
    other: str


class ChangeDefence(Command, frozen=True, kw_only=True):
    """Change slots of a recorded day, with the reason. Reply: the new version.

    First entries are taken out, then those of a pair change places, then others move. `version`
    is the one the caller has seen.
    """

    contest_id: str
    round_id: str
    version: int
    reason: str
    withdrawn: tuple[str, ...] = ()
    swaps: tuple[DefenceSwap, ...] = ()
    moves: tuple[DefenceMove, ...] = ()


class ShowDefence(Query, frozen=True, kw_only=True):
    """Reply: `DefenceDay`, the newest unless a version is named.

    The secretariat and the chair see all of it, a judge and an author the slots that concern
    them, in their newest version.
    """

    contest_id: str
    round_id: str
    version: int | None = None


class ShowProgramme(Query, frozen=True, kw_only=True):
    """Reply: `Programme`, for everybody. A blind round has codes in it, any other titles."""

    scope: ClassVar = PUBLIC

    contest_id: str
    round_id: str


class ExportDefence(Query, frozen=True, kw_only=True):
    """Reply: slots as an iCalendar file (RFC 5545), in bytes.

    Those of a judge, of an entry, of the caller (`own`), or all. One that was cancelled is in it
    as such.
    """

    contest_id: str
    round_id: str
    judge_id: str | None = None
    code: str | None = None
    own: bool = False

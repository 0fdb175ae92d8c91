"""What the record of a round holds that minutes tell. Start with `Facts`.

`Dealt`, `StoodDown`, `Extended`, `AskedAgain`, `Discussed` and `LetStand` are written down as they
happen, the rest is read off rounds, keys, sheets and votes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from contracts.rules import MinutesRules, Round

# Why a judge is off an entry; a conflict by its kind.
Cause = Literal[
    "FOUND", "DECLARED", "PINNED", "LEFT", "DECLINED", "REPLACED", "COUNTED_WITHOUT", "HANDED_ON"
]


@dataclass(frozen=True, slots=True)
class KeptAway:
    """A judge who could not have an entry; `ground` is one of the grounds of conflict."""

    code: str
    judge_id: str
    ground: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """The round opened, or opened anew for entries that came late: who judges what, by code."""

    panels: Mapping[str, tuple[str, ...]]
    kept_away: tuple[KeptAway, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoodDown:
    """A judge is off an entry; `sheets` they gave it stay on record."""

    code: str
    judge_id: str
    cause: Cause
    reason: str = ""
    minutes: str = ""
    sheets: int = 0
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """Sheets were taken until a later instant; `judge_ids` still had some to give."""

    until: datetime
    reason: str
    minutes: str
    judge_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Judges stood `spread` points apart: these look again, or were called beside the others."""

    code: str
    judge_ids: tuple[str, ...]
    spread: Decimal
    called: bool = False


@dataclass(frozen=True, slots=True)
class Discussed:
    """A panel has discussed its spread."""

    code: str
    conclusion: str
    minutes: str


@dataclass(frozen=True, slots=True)
class LetStand:
    """Second looks of these judges did not come; their first sheets count."""

    code: str
    judge_ids: tuple[str, ...]
    reason: str
    minutes: str


Happened = Dealt | StoodDown | Extended | AskedAgain | Discussed | LetStand


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that happened, when and by whom."""

    at: datetime
    by: str
    what: Happened


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """A holder gave their key; with `lost`, in the place of that officer."""

    holder_id: str
    at: datetime
    lost: str | None = None
    minutes: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a sheet; `total` in points is known once the round is closed.

    `minutes` go with one that amends another in the open.
    """

    code: str
    judge_id: str
    version: int
    given_at: datetime
    digest: str = ""
    reason: str = ""
    minutes: str = ""
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Voted:
    """The council's order of equals, by code, best first."""

    at: datetime
    by: str
    order: tuple[str, ...]
    minutes: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table the round closed with; `score` as published."""

    rank: int
    code: str
    title: str
    score: Decimal
    advances: bool
    tied_at_cutoff: bool


@dataclass(frozen=True, slots=True)
class OtherMinutes:
    """Other minutes of the round that are issued."""

    number: str
    kind: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All there is about one round. Entries go by their codes; no author is named anywhere.

    `areas` maps codes to fields. `hides_conflicts`: a blind round is still to close, in which a
    ground would tell whose an entry is. `numbers` maps ids of minutes to their numbers.
    """

    contest: str
    timezone: str
    rules: Round
    heads: MinutesRules
    host: str
    is_last: bool
    opened_at: datetime
    officers: tuple[str, ...] = ()
    recovery: str | None = None
    public_key: str | None = None
    unsealed_at: datetime | None = None
    closed_at: datetime | None = None
    hides_conflicts: bool = True
    areas: Mapping[str, str] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()
    keys: tuple[KeyUsed, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    votes: tuple[Voted, ...] = ()
    vacant: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    table: tuple[Line, ...] = ()
    others: tuple[OtherMinutes, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

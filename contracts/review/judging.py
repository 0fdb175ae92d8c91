"""What review is asked, and what it says."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query


class Average(Struct, frozen=True, kw_only=True):
    """An exact mean: `total` points over the `count` sheets that count; rounded by the rules."""

    total: Decimal
    count: int


class RoundLine(Struct, frozen=True, kw_only=True):
    """How one entry came out of a round. `criteria` maps a rubric code to its mean.

    `score` is rounded as the rules say; `rank` is shared by equals; `tied_at_cutoff` marks those
    who go on, or would have, with the same score as the last place. `highest` is the highest
    total of one judge, `firsts` how many judges gave the entry their highest total in the round.
    """

    entry_id: str
    code: str
    average: Average
    criteria: dict[str, Average]
    score: Decimal
    rank: int
    advances: bool
    tied_at_cutoff: bool = False
    highest: Decimal | None = None
    firsts: int | None = None


class OpenRound(Command, frozen=True, kw_only=True):
    """Assign judges to every eligible entry. Reply: `OpenedRound`."""

    contest_id: str
    round_id: str


class GiveMarks(Command, frozen=True, kw_only=True):
    """A judge's sheet for one entry, known by its code. Reply: the sheet's version.

    `marks` maps each rubric code to points. A second sheet is a new version, allowed while a
    second look is asked for.
    """

    contest_id: str
    round_id: str
    code: str
    marks: dict[str, Decimal]
    comment: str = ""


class CloseRound(Command, frozen=True, kw_only=True):
    """Rank the entries and say who goes on. Reply: tuple of `RoundLine`."""

    contest_id: str
    round_id: str


class ListAssignments(Query, frozen=True, kw_only=True):
    """What the asking judge has to mark. Reply: tuple of `Assignment`."""

    contest_id: str
    round_id: str


class ShowRound(Query, frozen=True, kw_only=True):
    """Progress and, once closed, the table. Reply: `RoundView`."""

    contest_id: str
    round_id: str


class Assignment(Struct, frozen=True, kw_only=True):
    """An entry on a judge's desk. In a blind round nothing here tells whose it is."""

    code: str
    title: str
    area: str
    summary: str
    state: Literal["OPEN", "GIVEN", "SECOND_LOOK"]
    marks: dict[str, Decimal] = {}


class NotAssigned(Struct, frozen=True, kw_only=True):
    """A judge kept from an entry, and why."""

    code: str
    judge_id: str
    reason: str


class OpenedRound(Struct, frozen=True, kw_only=True):
    """What opening a round did.

    `kept_away` is empty for somebody who marks in a blind round: it tells whose an entry is.
    """

    entries: int
    assignments: int
    kept_away: tuple[NotAssigned, ...]


class EntryLeft(Struct, frozen=True, kw_only=True):
    """An entry that left the contest while it was being judged; its marks no longer count."""

    code: str
    reason: Literal["REFUSED", "WITHDRAWN", "DISQUALIFIED", "DUPLICATE"]


class RoundView(Struct, frozen=True, kw_only=True):
    """A round from outside: counts until it is closed, then the table.

    Second sheets count as sheets; `second_looks` is how many judges were asked for one.
    """

    round_id: str
    state: Literal["WAITING", "OPEN", "CLOSED"]
    entries: int
    sheets_given: int
    sheets_awaited: int
    second_looks: int
    table: tuple[RoundLine, ...] = ()
    left: tuple[EntryLeft, ...] = ()


class RoundOpened(Event, frozen=True, kw_only=True):
    """Judging has begun."""

    contest_id: str
    round_id: str
    entry_ids: tuple[str, ...]


class JudgesAssigned(Event, frozen=True, kw_only=True):
    """These judges mark this entry in this round; said anew when one stands down."""

    contest_id: str
    round_id: str
    entry_id: str
    code: str
    judge_ids: tuple[str, ...]


class JudgeStoodDown(Event, frozen=True, kw_only=True):
    """A judge is off an entry; the `sheets` they gave it stay on record and no longer count.

    `kind` says which kind of conflict it was, or LEFT for a judge who left the jury; the ground
    itself is in no event. `substitute_id` is who stepped in, None while nobody has.
    """

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    kind: Literal["FOUND", "DECLARED", "PINNED", "LEFT"] | None = None
    sheets: int = 0
    substitute_id: str | None = None


class MarksGiven(Event, frozen=True, kw_only=True):
    """A judge's sheet, one version of it, as it stands for ever."""

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    version: int
    marks: dict[str, Decimal]
    total: Decimal
    given_at: datetime


class SecondLookNeeded(Event, frozen=True, kw_only=True):
    """These judges stand too far apart and must look again."""

    contest_id: str
    round_id: str
    entry_id: str
    code: str
    judge_ids: tuple[str, ...]
    spread: Decimal


class EntryScored(Event, frozen=True, kw_only=True):
    """The judges of an entry have settled; said anew when one of them is replaced."""

    contest_id: str
    round_id: str
    entry_id: str
    average: Average
    criteria: dict[str, Average]


class RoundClosed(Event, frozen=True, kw_only=True):
    """The round is over; `table` is ranked, best first."""

    contest_id: str
    round_id: str
    table: tuple[RoundLine, ...]
    is_last: bool

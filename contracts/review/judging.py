"""What review is asked, and what it says."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from contracts.message import Command, Event, Query
from contracts.rules import Round


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
    """Assign judges to every eligible entry and seal the round. Reply: `OpenedRound`.

    `officers` are the two whose keys together open the sheets; unless named, the chair and the
    secretary of the jury. `recovery` holds the key that stands in when an officer's is lost.
    Sheets are taken until `due`. The seed decides among assignments equally good; without one it
    is drawn from the contest's secret, so that nobody can choose. An open round goes on with the
    seed it opened with.
    """

    contest_id: str
    round_id: str
    officers: tuple[str, ...] = ()
    recovery: str | None = None
    due: datetime | None = None
    seed: str | None = None


class CloseRound(Command, frozen=True, kw_only=True):
    """Rank the entries and say who goes on. Reply: tuple of `RoundLine`."""

    contest_id: str
    round_id: str


class ShowRound(Query, frozen=True, kw_only=True):
    """Progress and, once closed, the table. Reply: `RoundView`."""

    contest_id: str
    round_id: str


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

    It is OPEN while sheets come in sealed, OPENED once two keys were given. `sheets_given` counts
    each judge of an entry once, and once more for a second look; `second_looks` is how many
    judges were asked for one. `officers`, `recovery` and `keys_given` name holders of keys.
    `rules` are those the round opened under, None while it waits.
    """

    round_id: str
    state: Literal["WAITING", "OPEN", "OPENED", "CLOSED"]
    entries: int
    sheets_given: int
    sheets_awaited: int
    second_looks: int
    table: tuple[RoundLine, ...] = ()
    left: tuple[EntryLeft, ...] = ()
    officers: tuple[str, ...] = ()
    recovery: str | None = None
    keys_given: tuple[str, ...] = ()
    due: datetime | None = None
    rules: Round | None = None


class DrawnDesk(Struct, frozen=True, kw_only=True):
    """What a draw goes by of one judge: areas (none: any), and the most entries they take."""

    judge_id: str
    areas: tuple[str, ...] = ()
    most: int | None = None


class RoundOpened(Event, frozen=True, kw_only=True):
    """Judging has begun. Sheets are taken until `due`, if a time was set.

    `seed` decides among assignments equally good. `desks` and `apart`, pairs of judges who never
    mark one entry, are the witness of the draw: with them anybody can see that it was even.
    """

    contest_id: str
    round_id: str
    entry_ids: tuple[str, ...]
    due: datetime | None = None
    seed: str = ""
    desks: tuple[DrawnDesk, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


class JudgesAssigned(Event, frozen=True, kw_only=True):
    """These judges mark this entry in this round; said anew when one stands down.

    `kept_away` names seated judges whom a conflict keeps from it; the grounds are in no event.
    """

    contest_id: str
    round_id: str
    entry_id: str
    code: str
    judge_ids: tuple[str, ...]
    kept_away: tuple[str, ...] = ()


class JudgeStoodDown(Event, frozen=True, kw_only=True):
    """A judge is off an entry; the `sheets` they gave it stay on record and no longer count.

    For a conflict (`kind` says which; what it rests on is in no event), because they left the jury
    or the round or gave the entry back, because their sheet did not come and another stepped in
    or the entry counts without it, or because the entry, not yet marked, was handed on.
    `substitute_id` is who stepped in, None while nobody has.
    """

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    kind: Literal["FOUND", "DECLARED", "PINNED"] | None = None
    sheets: int = 0
    substitute_id: str | None = None
    ground: Literal["CONFLICT", "LEFT", "DECLINED", "REPLACED", "COUNTED_WITHOUT", "HANDED_ON"] = (
        "CONFLICT"
    )
    reason: str = ""
    minutes: str = ""


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
    """The round is over; `table` is ranked, best first.

    `severities`, by judge and in points, were taken off totals where corrected scores count.
    """

    contest_id: str
    round_id: str
    table: tuple[RoundLine, ...]
    is_last: bool
    severities: dict[str, Decimal] = field(default_factory=dict)

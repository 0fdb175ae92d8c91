"""What review is asked, and says, when an entry is judged again after a petition (phúc khảo)."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query
from contracts.review.judging import RoundLine


class SeatRejudging(Command, frozen=True, kw_only=True):
    """Name who judges an entry again: none who judged it before, none in conflict. Reply: None.

    As many as judged it then; of the jury or not, by a numbered `decision`.
    """

    petition_id: str
    judge_ids: tuple[str, ...]
    decision: str


class RejudgeEntry(Command, frozen=True, kw_only=True):
    """Give marks as one of those who judge again, once, for what is in question. Reply: None.

    When the last of them has, the entry's new line is known.
    """

    petition_id: str
    marks: dict[str, Decimal]
    comment: str


class ListRejudgings(Query, frozen=True, kw_only=True):
    """Reply: tuple of `RejudgingView`: all to the office, to a judge their own."""

    contest_id: str


class RejudgedSheet(Struct, frozen=True, kw_only=True):
    """What one of those who judge again has given."""

    judge_id: str
    marks: dict[str, Decimal]
    comment: str
    given_at: datetime


class RejudgingView(Struct, frozen=True, kw_only=True):
    """An entry that is judged again; no criteria: the whole sheet.

    `barred` judged it before. A judge sees their own sheet alone until all are there, and of a
    blind round nothing that tells whose the entry is. `asked` stood too far apart and look again;
    `awaits_me` says that the caller's sheet is wanted, `wants_another` that one judge more is.
    """

    petition_id: str
    contest_id: str
    round_id: str
    code: str
    title: str
    criteria: tuple[str, ...]
    state: Literal["ORDERED", "SEATED", "CLOSED"]
    seats: int
    judge_ids: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    sheets: tuple[RejudgedSheet, ...] = ()
    asked: tuple[str, ...] = ()
    awaits_me: bool = False
    wants_another: bool = False


class RejudgingSeated(Event, frozen=True, kw_only=True):
    """These judge an entry again."""

    contest_id: str
    petition_id: str
    round_id: str
    entry_id: str
    judge_ids: tuple[str, ...]
    decision: str
    code: str = ""


class RejudgedMarks(Struct, frozen=True, kw_only=True):
    """The marks of one who judged again."""

    judge_id: str
    marks: dict[str, Decimal]


class EntryRejudged(Event, frozen=True, kw_only=True):
    """An entry was judged again. `line` is as of the round's table, with the new marks in it.

    Its rank and whether it goes on are as they were: a closed table is not drawn up again.
    `sheets` are those that count, for the `criteria` that were in question; none: for all.
    """

    contest_id: str
    petition_id: str
    round_id: str
    entry_id: str
    line: RoundLine
    criteria: tuple[str, ...] = ()
    sheets: tuple[RejudgedMarks, ...] = ()

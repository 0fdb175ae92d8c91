"""What review is asked and says about judges who cannot or do not give their sheets."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query


class DeclineEntry(Command, frozen=True, kw_only=True):
    """A judge gives an entry back, with the reason; another steps in. Reply: None."""

    contest_id: str
    round_id: str
    code: str
    reason: str


class ReplaceMissing(Command, frozen=True, kw_only=True):
    """Have others step in wherever a judge's sheet is still awaited. Reply: `JudgesMissed`."""

    contest_id: str
    round_id: str
    judge_id: str
    reason: str
    minutes: str


class CountWithout(Command, frozen=True, kw_only=True):
    """Count entries with the sheets there are, at least the quorum. Reply: `JudgesMissed`."""

    contest_id: str
    round_id: str
    reason: str
    minutes: str


class ExtendRound(Command, frozen=True, kw_only=True):
    """Take sheets until a later instant. Reply: None."""

    contest_id: str
    round_id: str
    until: datetime
    reason: str
    minutes: str


class RecordDiscussion(Command, frozen=True, kw_only=True):
    """State that a panel has discussed its spread; who did not amend keeps the sheet. Reply: None.

    `conclusion` is what the minutes say of it.
    """

    contest_id: str
    round_id: str
    code: str
    minutes: str
    conclusion: str


class ListAwaited(Query, frozen=True, kw_only=True):
    """Whose sheets are still to come, and what may be done. Reply: `AwaitedSheets`.

    For chair, secretary and organiser. It tells who has given a sheet, and nothing of a mark.
    """

    contest_id: str
    round_id: str


class AwaitedEntry(Struct, frozen=True, kw_only=True):
    """An entry short of sheets: `judge_ids` owe one, `asked` of them a second look.

    `given` counts the judges whose sheet is there; `vacant` are places that nobody has taken.
    """

    code: str
    given: int
    judge_ids: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    vacant: int = 0


class AwaitedSheets(Struct, frozen=True, kw_only=True):
    """What is still awaited in a round, and the ways its rules declare.

    `ways` work while the sheets are sealed; with fewer than `quorum` sheets no entry counts.
    Where `discusses`, a discussion may be recorded of entries that are asked a second look.
    """

    state: Literal["OPEN", "OPENED", "CLOSED"]
    entries: tuple[AwaitedEntry, ...]
    ways: tuple[Literal["replace", "quorum", "extend"], ...]
    quorum: int
    discusses: bool
    due: datetime | None = None


class JudgesMissed(Struct, frozen=True, kw_only=True):
    """In how many entries who did not give a sheet was replaced or is no longer awaited."""

    entries: int
    judge_ids: tuple[str, ...]


class RoundExtended(Event, frozen=True, kw_only=True):
    """Sheets are taken until a later instant; `judge_ids` still have some to give."""

    contest_id: str
    round_id: str
    until: datetime
    reason: str
    minutes: str
    judge_ids: tuple[str, ...] = ()


class DiscussionRecorded(Event, frozen=True, kw_only=True):
    """A panel has discussed its spread."""

    contest_id: str
    round_id: str
    entry_id: str
    minutes: str
    conclusion: str

"""Entries looked for a page at a time, and counted: asked and answered."""

from datetime import date, datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.intake.values import Channel
from contracts.message import Query

__all__ = [
    "CountEntries", "DayTally", "EntriesCounted", "EntriesFound", "FindEntries", "FoundEntry",
    "Tally", "Whose",
]  # fmt: skip

Whose = Literal["MINE", "UNIT", "ALL"]


class FindEntries(Query, frozen=True, kw_only=True):
    """Look for entries, in the order they were received, drafts last. Reply: `EntriesFound`.

    MINE are those one has filed or is an author of, in all contests if none is named; UNIT those
    handed in by the asker's unit, for its coordinator or head; ALL those at the desk, for staff.
    `words` stand in title, receipt code or authors' names, accents apart.
    """

    scope: ClassVar = "entries:read"

    contest_id: str | None = None
    whose: Whose = "MINE"
    state: str | None = None
    area: str | None = None
    unit_id: str | None = None
    channel: str | None = None
    words: str = ""
    overdue: bool = False  # only supplements whose time is over
    first: int = 0
    most: int = 50  # at most 200


class FoundEntry(Struct, frozen=True, kw_only=True):
    """An entry that fits, with its authors' names in their order."""

    entry_id: str
    contest_id: str
    title: str
    area: str
    state: str
    channel: Channel
    authors: tuple[str, ...]
    receipt_code: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    unit_id: str | None = None
    unit: str = ""  # what it is called


class EntriesFound(Struct, frozen=True, kw_only=True):
    """How many entries fit, and those asked for."""

    total: int
    lines: tuple[FoundEntry, ...]


class CountEntries(Query, frozen=True, kw_only=True):
    """How many entries of a contest there are, by what. For staff. Reply: `EntriesCounted`."""

    contest_id: str


class Tally(Struct, frozen=True, kw_only=True):
    """How many of one kind; `name` is Vietnamese, empty where `code` stands for itself."""

    code: str
    count: int
    name: str = ""


class DayTally(Struct, frozen=True, kw_only=True):
    """How many were handed in, for the first time, on a local day."""

    day: date
    count: int


class EntriesCounted(Struct, frozen=True, kw_only=True):
    """A contest in numbers. `drafts` are begun online and not handed in, and in no tally.

    `overdue` are supplements asked for whose time is over. Units come with most entries first.
    """

    contest_id: str
    total: int
    drafts: int
    overdue: int
    states: tuple[Tally, ...] = ()
    areas: tuple[Tally, ...] = ()
    units: tuple[Tally, ...] = ()
    channels: tuple[Tally, ...] = ()
    days: tuple[DayTally, ...] = ()

"""What originality is asked, and what it says."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query
from contracts.originality.register import (
    ImportInitiatives,
    ImportRegister,
    InitiativeLine,
    KnownInitiative,
    ListInitiatives,
    OnTwins,
    RegisterRead,
    RemoveInitiative,
    RowMistake,
    Scope,
    Twin,
)

__all__ = [
    "ImportInitiatives",
    "ImportRegister",
    "InitiativeLine",
    "KnownInitiative",
    "Level",
    "ListInitiatives",
    "ListReports",
    "Match",
    "OnTwins",
    "OriginalityReported",
    "OriginalityRuled",
    "Passage",
    "ReadReport",
    "RegisterRead",
    "RemoveInitiative",
    "Report",
    "ReportLine",
    "RowMistake",
    "RuleOnReport",
    "Ruling",
    "Scope",
    "SourceKind",
    "Twin",
]

Level = Literal["CLEAR", "REVIEW", "UNREADABLE"]
Ruling = Literal["ORIGINAL", "DUPLICATE"]
SourceKind = Literal["ENTRY", "KNOWN_INITIATIVE"]


class RuleOnReport(Command, frozen=True, kw_only=True):
    """A person decides on a report that needs one. Reply: None."""

    entry_id: str
    report_id: str
    ruling: Ruling
    reason: str


class ReadReport(Query, frozen=True, kw_only=True):
    """Reply: `Report`, the newest of the entry."""

    entry_id: str


class ListReports(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ReportLine`."""

    contest_id: str


class Passage(Struct, frozen=True, kw_only=True):
    """The same text in two places. Offsets are code points into the extracted texts."""

    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    source_text: str
    exact_share: Decimal  # 0..1: how much of it is word for word
    page: int | None = None  # from 1, where the document says where its pages begin
    source_page: int | None = None


class Match(Struct, frozen=True, kw_only=True):
    """One source an entry shares text with. `share` is of the entry's words, 0..1."""

    source_kind: SourceKind
    source_id: str  # an entry id or a register code
    title: str
    share: Decimal
    passages: tuple[Passage, ...]
    applied_at: str | None = None


class Sign(Struct, frozen=True, kw_only=True):
    """A stretch of an entry's text that a person should see (dấu hiệu), as hidden text.

    Offsets are code points into the extracted text; `text` is what is there, or its beginning.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    detail: str = ""
    page: int | None = None


class Report(Struct, frozen=True, kw_only=True):
    """What the check found. `share` counts each word once, legal quotations left out."""

    report_id: str
    contest_id: str
    entry_id: str
    version: int
    level: Level
    share: Decimal
    excluded_share: Decimal  # of the words: quotations of law, forms, headings
    words: int
    matches: tuple[Match, ...]
    made_at: datetime
    flags: tuple[str, ...] = ()
    ruling: Ruling | None = None
    ruled_by: str | None = None
    reason: str | None = None
    signs: tuple[Sign, ...] = ()


class ReportLine(Struct, frozen=True, kw_only=True):
    """A report in a list."""

    report_id: str
    entry_id: str
    level: Level
    share: Decimal
    sources: int
    ruling: Ruling | None = None


class OriginalityReported(Event, frozen=True, kw_only=True):
    """A text was compared. `CLEAR` needs nobody; the others wait for a ruling."""

    contest_id: str
    entry_id: str
    version: int
    report_id: str
    level: Level
    share: Decimal
    sources: tuple[str, ...]


class OriginalityRuled(Event, frozen=True, kw_only=True):
    """A person decided whether the entry repeats a known idea."""

    contest_id: str
    entry_id: str
    report_id: str
    ruling: Ruling
    reason: str

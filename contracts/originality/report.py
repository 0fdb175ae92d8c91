"""What a report on an entry's text says. Start with `Report`.

Offsets are code points into the extracted texts, pages count from 1. Shares are 0..1.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Query

Level = Literal["CLEAR", "REVIEW", "UNREADABLE"]
Ruling = Literal["ORIGINAL", "DUPLICATE"]
SourceKind = Literal["ENTRY", "KNOWN_INITIATIVE"]
PassageKind = Literal["VERBATIM", "EDITED", "REWORDED"]
Tier = Literal["STRONG", "PROBABLE"]
ExclusionReason = Literal[
    "QUOTATION", "FORM", "LAW", "BIBLIOGRAPHY", "HEADING", "MARGIN", "HIDDEN"
]


class Passage(Struct, frozen=True, kw_only=True):
    """The same text in two places. Offsets are code points into the extracted texts."""

    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    source_text: str
    exact_share: Decimal  # 0..1: how much of it is word for word
    kind: PassageKind | None = None  # None in reports made before passages were told apart
    tier: Tier | None = None  # how sure it is that this is no chance resemblance
    page: int | None = None
    source_page: int | None = None
    also: tuple[str, ...] = ()  # ids of the other sources that have words of it


class Match(Struct, frozen=True, kw_only=True):
    """One source an entry shares text with. `share` is of the entry's words, 0..1."""

    source_kind: SourceKind
    source_id: str  # an entry id or a register code
    title: str
    share: Decimal
    passages: tuple[Passage, ...]
    applied_at: str | None = None
    filed_at: datetime | None = None  # when an earlier entry was handed in
    applied_on: date | None = None  # since when a known initiative has been applied
    place: str | None = None  # the earlier entry's unit, or where the initiative was applied
    register: str = ""
    matched: int | None = None  # words of the entry that it shares
    source_words: int | None = None  # of the source, those that count
    strong: int | None = None  # of the words matched, those in STRONG passages


class Idea(Struct, frozen=True, kw_only=True):
    """A source whose idea resembles the entry's; never part of a percentage.

    `rank` and `score` are those of the words (BM25), `percentile` is that of the meaning: 0.99 is
    more alike than 99 of 100 texts of the corpus.
    """

    source_kind: SourceKind
    source_id: str
    title: str
    rank: int | None = None
    score: Decimal | None = None
    percentile: Decimal | None = None
    filed_at: datetime | None = None
    applied_on: date | None = None
    place: str | None = None


class Excluded(Struct, frozen=True, kw_only=True):
    """Text that was left out of the comparison, and why."""

    start: int
    end: int
    reason: ExclusionReason


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


class ComparedWith(Struct, frozen=True, kw_only=True):
    """What the text was compared with: earlier entries, initiatives known up to a day."""

    entries: int
    known: int
    cutoff: date
    registers: tuple[str, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """What the check found. `share` counts each word once, legal quotations left out.

    A report can be made again: `manifest` is the version of the index it was made from,
    `parameters` the SHA-256 of all that was set, `text_sha256` that of the text in UTF-8.
    """

    report_id: str
    contest_id: str
    entry_id: str
    version: int
    level: Level
    share: Decimal
    excluded_share: Decimal  # of the words: quotations of law, forms, headings
    words: int
    matches: tuple[Match, ...]  # the earliest first
    made_at: datetime
    flags: tuple[str, ...] = ()
    ruling: Ruling | None = None
    ruled_by: str | None = None
    reason: str | None = None
    ruled_by_name: str | None = None
    ruled_at: datetime | None = None
    title: str = ""  # the entry's
    filed_at: datetime | None = None
    share_with_exclusions: Decimal | None = None  # as `share`
    share_without: Decimal | None = None  # the same with nothing left out
    excluded: tuple[Excluded, ...] = ()
    signs: tuple[Sign, ...] = ()
    ideas: tuple[Idea, ...] = ()
    compared: ComparedWith | None = None
    manifest: int | None = None
    parameters: str = ""
    text_sha256: str = ""
    is_blind: bool = False  # made for a judge who must not know whose the entries are


class ReportLine(Struct, frozen=True, kw_only=True):
    """A report in a list."""

    report_id: str
    entry_id: str
    level: Level
    share: Decimal
    sources: int
    ruling: Ruling | None = None


class ReadReport(Query, frozen=True, kw_only=True):
    """Reply: `Report`, the newest of the entry. A judge may name the entry by its code.

    `contest_id` says in which contest that is a code; without, it is that of their latest one.
    """

    entry_id: str
    contest_id: str = ""


class ListReports(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ReportLine`, those that share most first.

    `after` is the share and the entry that a page before ended with; at most `most` come, if said.
    """

    contest_id: str
    after: tuple[Decimal, str] | None = None
    most: int | None = None


class ReadTexts(Query, frozen=True, kw_only=True):
    """The whole texts a report is about. Reply: `ReportTexts`.

    `source` is the place of a match in the report, from 0; None asks for the entry's text alone.
    """

    entry_id: str
    report_id: str
    source: int | None = None
    contest_id: str = ""  # as in `ReadReport`


class ReportTexts(Struct, frozen=True, kw_only=True):
    """Texts as they were compared; None where one has changed or gone since, or is not shown."""

    text: str | None = None
    source_text: str | None = None


class PrintReport(Query, frozen=True, kw_only=True):
    """The report on paper (phiếu kiểm tra trùng lặp). Reply: bytes."""

    entry_id: str
    format: Literal["pdf", "docx"]
    contest_id: str = ""  # as in `ReadReport`

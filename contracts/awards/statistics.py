"""What awards is asked about how many entries and prizes there were, and about its report."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.awards.awarding import Paper
from contracts.message import Command, Query

Dimension = Literal["AREA", "UNIT", "KIND", "GROUP", "CHANNEL", "YEAR"]


class ShowStatistics(Query, frozen=True, kw_only=True):
    """Count entries and prizes of contests side by side; of all without ids. Reply: `Statistics`.

    For organisers, secretaries and authorities.
    """

    contest_ids: tuple[str, ...] = ()


class ExportStatistics(Query, frozen=True, kw_only=True):
    """The same as a workbook. Reply: XLSX bytes."""

    contest_ids: tuple[str, ...] = ()


class DrawStatistics(Query, frozen=True, kw_only=True):
    """The same as a chart by one dimension. Reply: SVG."""

    by: Dimension
    contest_ids: tuple[str, ...] = ()


class EntryCount(Struct, frozen=True, kw_only=True):
    """How many entries were received, how they ended, and prizes by their code."""

    received: int = 0
    accepted: int = 0
    refused: int = 0
    withdrawn: int = 0
    disqualified: int = 0
    prizes: dict[str, int] = {}


class CountedContest(Struct, frozen=True, kw_only=True):
    """A contest among those counted; `year` is that of its opening. `prizes` are names by code."""

    contest_id: str
    title: str
    year: int
    total: EntryCount
    prizes: dict[str, str] = {}


class StatisticsLine(Struct, frozen=True, kw_only=True):
    """A place of a dimension, e.g. an area: its counts in every contest, in their order.

    `code` is empty for entries of which it is not known.
    """

    code: str
    name: str
    counts: tuple[EntryCount, ...]


class StatisticsTable(Struct, frozen=True, kw_only=True):
    """Counts by one dimension; its lines add up to the contests' totals."""

    by: Dimension
    lines: tuple[StatisticsLine, ...]


class Statistics(Struct, frozen=True, kw_only=True):
    """Contests by year, and tables by every dimension."""

    contests: tuple[CountedContest, ...]
    tables: tuple[StatisticsTable, ...]


class DraftReport(Command, frozen=True, kw_only=True):
    """Draw up the year-end report from what is recorded now. Reply: `ReportDraft`.

    A draft has no number and may be drawn up again; earlier ones stay. `assessment` and
    `proposals` are paragraphs of the office; `authority` is who reports, by its code in the
    rules, the organising committee if empty.
    """

    contest_id: str
    assessment: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    authority: str = ""


class IssueReport(Command, frozen=True, kw_only=True):
    """Give the newest draft its number and issue it, drawn up from now. Reply: `Paper`."""

    contest_id: str


class ListReports(Query, frozen=True, kw_only=True):
    """Drafts of a contest's report, newest first, and the issued ones. Reply: `Reports`."""

    contest_id: str


class LinkReport(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of a draft, by its version."""

    contest_id: str
    version: int
    format: Literal["pdf", "docx"]


class ReportDraft(Struct, frozen=True, kw_only=True):
    """A draft of the report; versions count from 1."""

    version: int
    drafted_at: datetime
    drafted_by: str
    authority: str = ""
    assessment: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


class Reports(Struct, frozen=True, kw_only=True):
    """What there is of a contest's report."""

    drafts: tuple[ReportDraft, ...] = ()
    issued: tuple[Paper, ...] = ()

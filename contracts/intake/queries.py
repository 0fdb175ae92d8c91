"""What intake can be asked. The replies are in `contracts.intake.replies`."""

from datetime import date
from typing import ClassVar

from contracts.message import PUBLIC, Query


class CheckRules(Query, frozen=True, kw_only=True):
    """Check a rules file without opening it. Reply: `RulesChecked`."""

    source: str


class ShowContest(Query, frozen=True, kw_only=True):
    """Reply: `OpenedContest` with its rules."""

    scope: ClassVar = PUBLIC

    contest_id: str


class ListContests(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ContestLine`, newest first."""

    scope: ClassVar = PUBLIC


class ShowEntry(Query, frozen=True, kw_only=True):
    """Reply: `EntryView`, for its authors, filer, clerks and secretaries."""

    scope: ClassVar = "entries:read"

    entry_id: str


class ListEntries(Query, frozen=True, kw_only=True):
    """Reply: tuple of `EntryLine`; entrants see their own only."""

    scope: ClassVar = "entries:read"

    contest_id: str
    state: str | None = None


class LinkDocument(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of the document, for those who may see the entry."""

    scope: ClassVar = "entries:read"

    entry_id: str
    document_id: str


class ListAgencies(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Agency`; with a day, those there were then, by their names of then."""

    scope: ClassVar = PUBLIC

    as_of: date | None = None


class ShowCoverage(Query, frozen=True, kw_only=True):
    """Which units take part, as of a local day or now. Reply: tuple of `CoverageLine`."""

    contest_id: str
    as_of: date | None = None

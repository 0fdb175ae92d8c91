"""What intake can be asked. The replies are in `contracts.intake.replies`."""

from contracts.message import Query


class CheckRules(Query, frozen=True, kw_only=True):
    """Check a rules file without opening it. Reply: `RulesChecked`."""

    source: str


class ShowContest(Query, frozen=True, kw_only=True):
    """Reply: `OpenedContest` with its rules."""

    contest_id: str


class ListContests(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ContestLine`, newest first."""


class ShowEntry(Query, frozen=True, kw_only=True):
    """Reply: `EntryView`, for its authors, filer, clerks and secretaries."""

    entry_id: str


class ListEntries(Query, frozen=True, kw_only=True):
    """Reply: tuple of `EntryLine`; entrants see their own only."""

    contest_id: str
    state: str | None = None


class LinkDocument(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of the document, for those who may see the entry."""

    entry_id: str
    document_id: str


class ListAgencies(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Agency`."""


class ShowCoverage(Query, frozen=True, kw_only=True):
    """Which units take part. Reply: tuple of `CoverageLine`."""

    contest_id: str

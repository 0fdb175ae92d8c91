"""What intake can be asked. The replies are in `contracts.intake.replies`."""

from datetime import date
from typing import ClassVar

from contracts.intake.values import Channel
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
    """Reply: tuple of `EntryLine`; entrants see their own only.

    `after` is the entry that a page before ended with, `limit` how many lines come at most.
    """

    scope: ClassVar = "entries:read"

    contest_id: str
    state: str | None = None
    area: str | None = None
    channel: Channel | None = None
    unit_id: str | None = None
    after: str | None = None
    limit: int | None = None


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
    """Which units take part, as of a local day or now. Reply: tuple of `CoverageLine`.

    Who speaks for a unit, as its coordinator or head, is told of that unit alone.
    """

    contest_id: str
    as_of: date | None = None

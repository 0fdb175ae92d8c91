"""What anybody may look for: published initiatives by their words, papers by number or digest."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from contracts.message import PUBLIC, Query


class ListPublished(Query, frozen=True, kw_only=True):
    """Which contests have public results. Reply: tuple of `PublishedContest`, newest first."""

    scope: ClassVar = PUBLIC


class PublishedContest(Struct, frozen=True, kw_only=True):
    """A contest whose results anybody may read, and how many winners it has."""

    contest_id: str
    title: str
    published_at: datetime
    winners: int


class SearchPublished(Query, frozen=True, kw_only=True):
    """Look for published initiatives. Reply: `PublishedFound`.

    Every word must stand in title, authors, unit or prize; accents and capitals do not matter, so
    that `cai cach` finds `Cải cách`. Titles that have the words as typed come first.
    """

    scope: ClassVar = PUBLIC

    words: str = ""
    contest_id: str | None = None
    first: int = 0
    most: int = 20  # at most 100


class PublishedInitiative(Struct, frozen=True, kw_only=True):
    """A winner as published, with nothing the rules of its contest keep back."""

    contest_id: str
    contest_title: str
    published_at: datetime
    title: str
    prize_name: str
    authors: tuple[str, ...] = ()
    unit: str | None = None


class PublishedFound(Struct, frozen=True, kw_only=True):
    """How many initiatives fit, and those asked for."""

    total: int
    lines: tuple[PublishedInitiative, ...]


class FindPapers(Query, frozen=True, kw_only=True):
    """Find issued papers by whole number (`05/QĐ-UBND`), id, or SHA-256 of the PDF, in hex.

    Reply: tuple of `PaperState`, at most 50, decisions before their certificates.
    """

    scope: ClassVar = PUBLIC

    number: str = ""
    sha256: str = ""

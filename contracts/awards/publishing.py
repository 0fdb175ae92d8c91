"""Results as open data, and results that were revised after publication."""

from datetime import datetime

from msgspec import Struct

from contracts.awards.awarding import Paper, PrizeLine
from contracts.message import Event, Query
from contracts.rules import ResultField


class ShowOpenResults(Query, frozen=True, kw_only=True):
    """Reply: `OpenResults`; public from the instant of publication."""

    contest_id: str


class AnnulledPrize(Struct, frozen=True, kw_only=True):
    """A prize that was published and taken back, by the number of the decision."""

    prize: str
    by_decision: str


class OpenResults(Struct, frozen=True, kw_only=True):
    """The results with the fields the rules name, in their order, and with no other.

    Each row has one text per field, empty where there is nothing.
    """

    contest_id: str
    contest_title: str
    published_at: datetime
    revision: int
    revised_at: datetime | None
    fields: tuple[ResultField, ...]
    rows: tuple[tuple[str, ...], ...]
    annulled: tuple[AnnulledPrize, ...] = ()


class ResultsRevised(Event, frozen=True, kw_only=True):
    """Published results were revised after a petition or a revocation.

    `changed` are lines new in this revision, with their `papers`; `lost` entries whose prize
    no longer holds as it was.
    """

    contest_id: str
    revision: int
    changed: tuple[PrizeLine, ...]
    lost: tuple[str, ...]
    papers: tuple[Paper, ...]

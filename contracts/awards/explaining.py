"""What awards is asked and answers about final places. Start with `FinalExplained`."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Query
from contracts.rules import Rounding


class ExplainFinal(Query, frozen=True, kw_only=True):
    """Why a finalist has its final place. Reply: `FinalPlace`."""

    contest_id: str
    entry_id: str


class FinalPlace(Struct, frozen=True, kw_only=True):
    """A final place; None for who is no finalist, and while a round is still to be closed."""

    explained: "FinalExplained | None" = None


class WeighedRound(Struct, frozen=True, kw_only=True):
    """What a round adds to a final score: `factor` times `mean`, exact fractions like `71/3`.

    `factor` is the weight, times what brings the round to the final scale.
    """

    round_id: str
    name: str
    weight: Decimal
    mean: str
    factor: str
    adds: str


class FinalCount(Struct, frozen=True, kw_only=True):
    """How many of those ranked together have a score; the exact one where it ranks."""

    score: Decimal
    entries: int
    exact: str | None = None


class FinalEqual(Struct, frozen=True, kw_only=True):
    """Another entry with the same score, and what parted the two; `by` is None if nothing did."""

    entry_id: str
    outcome: Literal["AHEAD", "BEHIND", "EQUAL"]
    by: str | None
    values: tuple[str, ...]


class MinutedVote(Struct, frozen=True, kw_only=True):
    """A vote of the council that ordered this entry and others, best first."""

    order: tuple[str, ...]
    minutes: str
    reason: str


class FinalExplained(Struct, frozen=True, kw_only=True):
    """All that a final score and place rest on; who has it alone can compute both again.

    `values` go along the `chain` but for its vote; `text` says it in Vietnamese, line by line.
    """

    entry_id: str
    parts: tuple[WeighedRound, ...]
    exact: str
    rounding: Rounding
    score: Decimal
    rank: int
    entries: int
    scores: tuple[FinalCount, ...]
    chain: tuple[str, ...]
    values: tuple[str, ...]
    equals: tuple[FinalEqual, ...]
    votes: tuple[MinutedVote, ...]
    text: tuple[str, ...] = ()

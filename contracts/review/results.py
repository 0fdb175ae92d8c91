"""What review is asked and answers about results: votes on equals, why an entry is where it is.

Start with `Explanation`: whoever has it alone can compute the entry's places again.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Query
from contracts.review.judging import Average
from contracts.rules import Advance, Aggregate, Rounding

SheetStanding = Literal["COUNTED", "TRIMMED_HIGH", "TRIMMED_LOW", "SUPERSEDED", "STOOD_DOWN"]
Parted = Literal["AHEAD", "BEHIND", "EQUAL"]


class RecordVote(Command, frozen=True, kw_only=True):
    """Record how the council ordered equals at a round's cut-off. Reply: None.

    `order` is of codes, best first; `minutes` is the number of the minutes that record the vote, `reason` the ground they give.
    """

    contest_id: str
    round_id: str
    order: tuple[str, ...]
    minutes: str
    reason: str


class ExplainPlace(Query, frozen=True, kw_only=True):
    """Why an entry is where it is, in every round that is closed. Reply: `Explanation`.

    `entry` is its id or its code.
    """

    contest_id: str
    entry: str


class CriterionFacts(Struct, frozen=True, kw_only=True):
    """A line of the rubric as it counted; `mean` is that of the entry."""

    code: str
    name: str
    max: Decimal
    weight: Decimal
    mean: Average


class SheetFacts(Struct, frozen=True, kw_only=True):
    """One version of one judge's sheet, and whether it counts.

    `total` weighs the marks; `severity` was taken off it where corrected scores count, and
    `counted` is what went into the mean. SUPERSEDED is an older version, STOOD_DOWN that of a
    judge who left the entry.
    """

    judge_id: str
    version: int
    given_at: datetime
    marks: dict[str, Decimal]
    total: Decimal
    severity: Decimal
    counted: Decimal
    standing: SheetStanding


class ScoreCount(Struct, frozen=True, kw_only=True):
    """How many entries of the round have a score; the exact one as a fraction where it ranks."""

    score: Decimal
    entries: int
    exact: str | None = None


class LinkValue(Struct, frozen=True, kw_only=True):
    """One link of the tie-break chain and an entry's value, an exact fraction such as `71/3`."""

    link: str
    value: str


class Equal(Struct, frozen=True, kw_only=True):
    """An entry with the same score, and what parted the two; `by` is None while nothing did.

    `values` are those of the other entry. `by` is a link of the chain, or `council_vote`.
    """

    code: str
    outcome: Parted
    by: str | None
    values: tuple[LinkValue, ...]


class VoteFacts(Struct, frozen=True, kw_only=True):
    """A vote that ordered this entry and others, by code, best first."""

    order: tuple[str, ...]
    minutes: str
    reason: str


class CutFacts(Struct, frozen=True, kw_only=True):
    """What was needed to go on, in the entry's group of `entries`.

    `room` is None without a limit; `last` is the lowest score that went on. `missing` is what
    the score lacked of the last that went on, 0 for who went on; `group` an area or a class.
    """

    rule: Advance
    group: str
    entries: int
    room: int | None
    last: Decimal | None
    missing: Decimal
    advances: bool
    tied_at_cutoff: bool


class RoundExplained(Struct, frozen=True, kw_only=True):
    """How an entry came out of one round: everything its score and rank rest on.

    `exact` is the mean as a fraction. `scores` counts the round's entries by score, the entry's
    own among them; `values` are its own links. `cut` is None in the last round and where all
    went on. `corrected` says that judges' severity was taken off.
    """

    round_id: str
    name: str
    scale: Decimal
    aggregate: Aggregate
    rounding: Rounding
    rubric: tuple[CriterionFacts, ...]
    sheets: tuple[SheetFacts, ...]
    corrected: bool
    average: Average
    exact: str
    score: Decimal
    rank: int
    entries: int
    scores: tuple[ScoreCount, ...]
    chain: tuple[str, ...]
    values: tuple[LinkValue, ...]
    equals: tuple[Equal, ...]
    votes: tuple[VoteFacts, ...]
    cut: CutFacts | None


class Explanation(Struct, frozen=True, kw_only=True):
    """Why an entry is where it is; `text` says it in Vietnamese, line by line."""

    entry_id: str
    code: str
    title: str
    rounds: tuple[RoundExplained, ...]
    text: tuple[str, ...] = ()

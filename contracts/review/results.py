"""What review is asked and answers about results: votes on equals, why an entry is where it is.

Start with `Explanation`: whoever has it alone can compute the entry's places again.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query
from contracts.review.judging import Average
from contracts.rules import Advance, Aggregate, Rounding

SheetStanding = Literal["COUNTED", "TRIMMED_HIGH", "TRIMMED_LOW", "SUPERSEDED", "STOOD_DOWN"]
Parted = Literal["AHEAD", "BEHIND", "EQUAL"]


class RecordVote(Command, frozen=True, kw_only=True):
    """Record how the council ordered equals at a round's cut-off. Reply: None.

    `order` is of codes, best first; `minutes` is the number of the minutes that record the vote,
    `reason` the ground they give.
    """

    contest_id: str
    round_id: str
    order: tuple[str, ...]
    minutes: str
    reason: str


class VoteRecorded(Event, frozen=True, kw_only=True):
    """The council has ordered equals at a round's cut-off; `order` is of entries, best first."""

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


class ShowCalibration(Query, frozen=True, kw_only=True):
    """How severe the judges of a closed round were, and how sure its ranks. Reply: `Calibration`.

    The corrected ranking stands beside the one that counts, or is the one that counts: the rules
    say which.
    """

    contest_id: str
    round_id: str


class CalibrationRefusal(Struct, frozen=True, kw_only=True):
    """Why severities cannot be estimated; names the judges, entries (by code) or groups meant.

    NOT_CONNECTED: the judges fall into groups that no entry marked in common joins.
    """

    reason: Literal[
        "NO_SHEETS",
        "TOO_FEW_JUDGES",
        "TOO_FEW_SHEETS_PER_ENTRY",
        "TOO_FEW_SHEETS_PER_JUDGE",
        "NOT_CONNECTED",
        "TOO_FEW_SHEETS",
    ]
    judge_ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


class JudgeSeverity(Struct, frozen=True, kw_only=True):
    """By how many points a judge marks above (+) or below (−) others on the same entries."""

    judge_id: str
    sheets: int
    points: Decimal
    error: Decimal  # the standard error of `points`


class CalibratedLine(Struct, frozen=True, kw_only=True):
    """An entry in the corrected ranking, beside the marks as given.

    With the rules' confidence its true rank lies between `low` and `high`. `above_next` is the
    chance that it is better than the next line; `tied_in_noise` says that it is too small to
    call. `goes_on` is the chance to belong among as many as went on.
    """

    entry_id: str
    code: str
    raw_score: Decimal
    raw_rank: int
    score: Decimal
    rank: int
    low: int
    high: int
    above_next: Decimal
    tied_in_noise: bool
    goes_on: Decimal


class Calibration(Struct, frozen=True, kw_only=True):
    """The corrected ranking of a round, best first, or why there is none.

    `counts` says that it is the one the table follows. `noise` and `spread` are the standard
    deviations of one total and of the entries' qualities, in points; the same `seed` and `draws`
    give the same intervals.
    """

    round_id: str
    counts: bool
    confidence: Decimal
    refusal: CalibrationRefusal | None = None
    severities: tuple[JudgeSeverity, ...] = ()
    noise: Decimal = Decimal(0)
    spread: Decimal = Decimal(0)
    seed: int = 0
    draws: int = 0
    lines: tuple[CalibratedLine, ...] = ()


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

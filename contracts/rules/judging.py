"""How a contest judges: its rounds, rubrics and rounding."""

from decimal import Decimal
from typing import Literal

from contracts.rules.part import Part


class SubCriterion(Part, frozen=True):
    """What a criterion is made of, to guide the judges; marks are given for the whole."""

    code: str
    name: str
    max: Decimal


class Criterion(Part, frozen=True):
    """A line of the rubric (tiêu chí); `max` in points, to which its parts sum."""

    code: str
    name: str
    max: Decimal
    sub: tuple[SubCriterion, ...] = ()


class Divergence(Part, frozen=True):
    """When judges stand too far apart: the range of their totals exceeds `threshold` points."""

    threshold: Decimal


class Rounding(Part, frozen=True):
    """How a published score is rounded, once."""

    places: int
    mode: Literal["half_up", "half_even"] = "half_up"


class Advance(Part, frozen=True):
    """Who goes on: at least `min_score`, at most `max_count`, all tied at the cut-off included."""

    min_score: Decimal
    max_count: int
    at_cutoff: Literal["include_ties"] = "include_ties"


class Slot(Part, frozen=True):
    """How long an entry has on the defence day, in minutes."""

    present_minutes: int
    question_minutes: int


class Round(Part, frozen=True):
    """One round of judging (vòng thi). `judges_per_entry` is None where all judges mark."""

    id: str
    name: str
    blind: bool
    scale: Decimal  # what the rubric sums to
    step: Decimal  # smallest difference between two marks
    rubric: tuple[Criterion, ...]
    rounding: Rounding
    judges_per_entry: int | None = None
    divergence: Divergence | None = None
    advance: Advance | None = None
    slot: Slot | None = None

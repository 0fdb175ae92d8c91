"""How a contest judges: its rounds, rubrics and rounding."""

from decimal import Decimal
from typing import Literal

from contracts.rules.assigning import Assigning
from contracts.rules.part import Part


class SubCriterion(Part, frozen=True):
    """What a criterion is made of: a guide to the judges, or what they mark, as it says."""

    code: str
    name: str
    max: Decimal


class Criterion(Part, frozen=True):
    """A line of the rubric (tiêu chí); `max` in points, to which its parts sum.

    A mark counts `weight` times in the judge's total (hệ số); so weighted, maxima sum to the
    scale. Marks are given for the whole or for each of its parts. One that is `comment_only` is
    worth nothing and asks for words. Below or above a bar, in points, words are asked for too.
    """

    code: str
    name: str
    max: Decimal
    sub: tuple[SubCriterion, ...] = ()
    weight: Decimal = Decimal(1)
    marked: Literal["whole", "parts"] = "whole"
    comment_only: bool = False
    comment: Literal["optional", "required"] = "optional"
    comment_below: Decimal | None = None
    comment_above: Decimal | None = None
    step: Decimal | None = None  # None: as the round says


class Divergence(Part, frozen=True):
    """When judges stand too far apart, in points of their totals, and what is done then.

    They do where the range of totals exceeds `threshold`, or where one is further than that from
    the median. Then those furthest apart look again, or the panel discusses it, or another judge
    marks, or every free judge does.
    """

    threshold: Decimal
    measure: Literal["range", "median"] = "range"
    then: Literal["look_again", "discuss", "third_judge", "whole_panel"] = "look_again"


class Missing(Part, frozen=True):
    """What may be done about judges who have not given their sheets; each with minutes.

    Others step in, the time is extended, or an entry counts with fewer sheets: at least `quorum`.
    """

    ways: tuple[Literal["replace", "quorum", "extend"], ...] = ("replace", "extend")
    quorum: int | None = None


class Rounding(Part, frozen=True):
    """How a published score is rounded, once.

    Ranks go by the figure as printed, so that equal figures are equal places, or by the exact one.
    """

    places: int
    mode: Literal["half_up", "half_even"] = "half_up"
    rank_by: Literal["printed", "exact"] = "printed"


class Aggregate(Part, frozen=True):
    """How the totals of an entry's judges become one (cách tổng hợp điểm).

    A trimmed mean leaves out as many of the highest as of the lowest: `drop` of each, or the share
    `drop_share` (0..0.5) of the sheets, rounded down. With fewer sheets than `from_sheets` it
    leaves out nothing. Totals, and marks of each criterion, are trimmed each by themselves.
    """

    method: Literal["mean", "trimmed_mean"] = "mean"
    drop: int = 0
    drop_share: Decimal | None = None
    from_sheets: int = 5


class Calibration(Part, frozen=True):
    """How judges' severity is estimated (hiệu chỉnh độ nghiêm khắc), beside the marks as given.

    `counts` says that ranks and cut-off follow the corrected scores; where an estimate is refused
    they follow the marks as given. Severities are rounded to `places`; `confidence` is that of
    the interval around each rank.
    """

    counts: bool = False
    min_sheets_per_judge: int = 5
    min_sheets_per_entry: int = 2
    places: int = 2
    confidence: Decimal = Decimal("0.95")


class Advance(Part, frozen=True):
    """Who goes on: those with at least `min_score`, the best of them as far as there is room.

    Room is for `max_count` entries and for the share `max_share` (0..1) of those ranked, rounded
    down; the smaller counts, None sets no limit. `per` fills it for each area or each class by
    itself. Of equals at the cut-off all go on, or none, or as the council votes.
    """

    min_score: Decimal = Decimal(0)
    max_count: int | None = None
    max_share: Decimal | None = None
    per: Literal["round", "area", "class"] = "round"
    at_cutoff: Literal["include_ties", "exclude_ties", "council_vote"] = "include_ties"


class Slot(Part, frozen=True):
    """How long an entry has on the defence day, in minutes.

    `changeover_minutes` part one entry from the next; the bell warns `warn_minutes` before the end
    of presenting and of answering.
    """

    present_minutes: int
    question_minutes: int
    changeover_minutes: int = 0
    warn_minutes: int = 1


class Round(Part, frozen=True):
    """One round of judging (vòng thi). `judges_per_entry` is None where all judges mark.

    `tie_break` parts equals within the round, by links as in the rules' own chain, of this round
    and earlier ones. `officers` are the two whose keys together open the sheets, each a seat of
    the jury (CHAIR, DEPUTY, SECRETARY) or a person's id; without them whoever opens the round
    names them, or they are chair and secretary. `recovery` is the id of who keeps the reserve key.
    `feedback` says which words of the sheets an entry's authors read once results are published,
    without names and marks: those on criteria, that on the whole, all. (default)
    """

    id: str
    name: str
    blind: bool
    scale: Decimal  # what the rubric sums to
    step: Decimal  # smallest difference between two marks
    rubric: tuple[Criterion, ...]
    rounding: Rounding
    judges_per_entry: int | None = None
    assigning: Assigning | None = None
    divergence: Divergence | None = None
    advance: Advance | None = None
    slot: Slot | None = None
    aggregate: Aggregate = Aggregate()
    tie_break: tuple[str, ...] = ()
    calibration: Calibration = Calibration()
    comment_below: Decimal | None = None  # a total below it asks for a comment
    comment_above: Decimal | None = None
    missing: Missing = Missing()
    officers: tuple[str, ...] = ()
    recovery: str | None = None
    feedback: Literal["none", "criteria", "whole", "all"] = "none"

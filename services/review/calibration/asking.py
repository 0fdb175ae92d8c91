"""What goes to the child process that calibrates, and what comes back."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.rules import Calibration

Reason = Literal[
    "NO_SHEETS",
    "TOO_FEW_JUDGES",
    "TOO_FEW_SHEETS_PER_ENTRY",
    "TOO_FEW_SHEETS_PER_JUDGE",
    "NOT_CONNECTED",
    "TOO_FEW_SHEETS",
]


class Asked(Struct, frozen=True, kw_only=True):
    """A round's totals, one per sheet, by the places of its entry and judge in their lists.

    `room` is how many go on, 0 where nobody asks for the chance of it.
    """

    entries: tuple[str, ...]
    judges: tuple[str, ...]
    entry: tuple[int, ...]
    judge: tuple[int, ...]
    total: tuple[float, ...]
    rule: Calibration
    seed: int
    room: int = 0


class Refusal(Struct, frozen=True, kw_only=True):
    """Why nothing can be estimated, and which judges, entries or groups of judges are meant."""

    reason: Reason
    judges: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


class Severity(Struct, frozen=True, kw_only=True):
    """By how much a judge marks above (+) or below (−) what others give the same entries."""

    judge_id: str
    sheets: int
    points: Decimal
    error: float  # the standard error of `points`


class Estimated(Struct, frozen=True, kw_only=True):
    """The severities of all judges, or why there are none."""

    severities: tuple[Severity, ...] = ()
    refusal: Refusal | None = None


class Sure(Struct, frozen=True, kw_only=True):
    """How sure an entry's rank is: it lies between `low` and `high` at the rules' confidence.

    `above_next` is the chance that it is truly better than the next; `goes_on` that it is truly
    among as many as there is room for.
    """

    entry_id: str
    quality: float
    low: int
    high: int
    above_next: float
    goes_on: float


class Calibrated(Struct, frozen=True, kw_only=True):
    """Severities and ranks, best first; `noise` and `spread` are standard deviations in points.

    `noise` is that of one judge's total, `spread` that of the entries' qualities.
    """

    severities: tuple[Severity, ...] = ()
    lines: tuple[Sure, ...] = ()
    noise: float = 0.0
    spread: float = 0.0
    draws: int = 0
    refusal: Refusal | None = None

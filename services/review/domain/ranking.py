"""How the results of a round become a table, and who goes on.

Ranks follow the rounded score, the figure that is published: two entries printed with the same
score are equals to everybody who reads the list. Start with `rank`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from contracts.rules import Advance, Rounding
from services.review.domain.panel import Mean, Settled


@dataclass(frozen=True, slots=True)
class Line:
    """How one entry came out. Equals share a rank, and the ranks after them stay empty."""

    entry_id: str
    mean: Mean
    criteria: Mapping[str, Mean]
    score: Decimal
    rank: int
    advances: bool = False
    tied_at_cutoff: bool = False


def rank(results: Mapping[str, Settled], rounding: Rounding) -> tuple[Line, ...]:
    """Order entries by their exact mean, best first; equal means keep the order given."""
    best_first = sorted(results.items(), key=lambda one: one[1].mean.exact, reverse=True)
    ranks: dict[Decimal, int] = {}
    table = []
    for place, (entry_id, settled) in enumerate(best_first, start=1):
        score = rounded(settled.mean, rounding)
        shared = ranks.setdefault(score, place)
        table.append(Line(entry_id, settled.mean, settled.criteria, score, shared))
    return tuple(table)


def rounded(mean: Mean, rounding: Rounding) -> Decimal:
    """Round an exact mean once, to the places the rules name."""
    scaled = mean.exact * 10**rounding.places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    is_up_at_half = rounding.mode == "half_up" or whole % 2 == 1
    goes_up = twice > 0 or (twice == 0 and is_up_at_half)
    return Decimal(whole + goes_up).scaleb(-rounding.places)


def advance(table: tuple[Line, ...], rule: Advance | None) -> tuple[Line, ...]:
    """Mark who goes on: enough points, as many as there is room for, and all equals of the last.

    A tie is marked only where it takes more entries along than there is room for. Without a rule
    everybody goes on.
    """
    if rule is None:
        return tuple(replace(line, advances=True) for line in table)
    good_enough = [line.score for line in table if line.score >= rule.min_score]
    room = good_enough[: rule.max_count]
    if not room:
        return table
    cutoff = room[-1]
    overflows = good_enough.count(cutoff) > room.count(cutoff)
    return tuple(
        replace(
            line,
            advances=line.score >= cutoff,
            tied_at_cutoff=overflows and line.score == cutoff,
        )
        for line in table
    )

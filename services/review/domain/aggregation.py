"""How the points of an entry's judges become one exact figure (tổng hợp điểm).

Start with `aggregate`. Nothing here rounds: a figure is a sum of points and how many it is of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contracts.rules import Aggregate

MEAN = Aggregate()
Standing = Literal["COUNTED", "TRIMMED_HIGH", "TRIMMED_LOW", "SUPERSEDED", "STOOD_DOWN"]


@dataclass(frozen=True, slots=True)
class Mean:
    """An exact mean: `total` points over `count` judges."""

    total: Decimal
    count: int

    @property
    def exact(self) -> Fraction:
        """Return the mean as a fraction, which nothing has rounded."""
        over, under = self.total.as_integer_ratio()
        return Fraction(over, under * self.count)


def aggregate(points: Iterable[Decimal], rule: Aggregate = MEAN) -> Mean:
    """Keep the sum of the points that count, and how many they are; a division would round."""
    rising = sorted(points)
    cut = trimmed(len(rising), rule)
    kept = rising[cut : len(rising) - cut]
    return Mean(sum(kept, Decimal(0)), len(kept))


def trimmed(sheets: int, rule: Aggregate) -> int:
    """Say how many are left out at either end; at least one always stays."""
    if rule.method == "mean" or sheets < rule.from_sheets:
        return 0
    cut = rule.drop if rule.drop_share is None else int(rule.drop_share * sheets)
    return min(cut, (sheets - 1) // 2)


def firsts(totals: Mapping[str, Mapping[str, Decimal]]) -> dict[str, int]:
    """Count, per entry, the judges who gave no other entry more; totals go by entry and judge."""
    best: dict[str, Decimal] = {}
    for given in totals.values():
        for judge, total in given.items():
            best[judge] = max(total, best.get(judge, total))
    return {
        entry: sum(total == best[judge] for judge, total in given.items())
        for entry, given in totals.items()
    }


def left_out(totals: Sequence[Decimal], rule: Aggregate) -> list[Standing]:
    """Say of each total whether it counts: `COUNTED`, `TRIMMED_LOW` or `TRIMMED_HIGH`.

    Of equal totals at the edge it does not matter which is left out; the earlier one is.
    """
    cut = trimmed(len(totals), rule)
    rising = sorted(range(len(totals)), key=lambda at: (totals[at], at))
    falling = sorted(range(len(totals)), key=lambda at: (-totals[at], at))
    low = set(rising[:cut])
    high = set([at for at in falling if at not in low][:cut])
    return [
        "TRIMMED_LOW" if at in low else "TRIMMED_HIGH" if at in high else "COUNTED"
        for at in range(len(totals))
    ]

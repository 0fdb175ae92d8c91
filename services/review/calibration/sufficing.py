"""When a round's sheets suffice to tell severity from quality. Start with `refusal`."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from services.review.calibration.asking import Asked, Refusal

FREEDOM = 10  # sheets beyond those that the estimates use up; with fewer, noise is a guess


def refusal(asked: Asked) -> Refusal | None:
    """Say the first reason why nothing can be estimated, or return None."""
    return next(reasons(asked), None)


def reasons(asked: Asked) -> Iterator[Refusal]:
    """Say why nothing can be estimated, one reason after another."""
    if not asked.total:
        yield Refusal(reason="NO_SHEETS")
    if len(asked.judges) < 2:
        yield Refusal(reason="TOO_FEW_JUDGES", judges=asked.judges)
    if thin := scarce(asked.entry, asked.entries, asked.rule.min_sheets_per_entry):
        yield Refusal(reason="TOO_FEW_SHEETS_PER_ENTRY", entries=thin)
    if idle := scarce(asked.judge, asked.judges, asked.rule.min_sheets_per_judge):
        yield Refusal(reason="TOO_FEW_SHEETS_PER_JUDGE", judges=idle)
    if len(groups := connected(asked)) > 1:
        yield Refusal(reason="NOT_CONNECTED", groups=groups)
    if freedom(asked) < FREEDOM:
        yield Refusal(reason="TOO_FEW_SHEETS")


def scarce(places: tuple[int, ...], names: tuple[str, ...], least: int) -> tuple[str, ...]:
    """Name those with fewer sheets than the least."""
    counts = np.bincount(np.asarray(places), minlength=len(names))
    return tuple(names[at] for at in np.flatnonzero(counts < least))


def freedom(asked: Asked) -> int:
    """Count the sheets beyond one per entry and one per judge but the last."""
    return len(asked.total) - len(asked.entries) - len(asked.judges) + 1


def connected(asked: Asked) -> tuple[tuple[str, ...], ...]:
    """Group the judges between whom entries marked in common make a path."""
    above = list(range(len(asked.judges)))

    def root(judge: int) -> int:
        while above[judge] != judge:
            above[judge] = above[above[judge]]
            judge = above[judge]
        return judge

    first: dict[int, int] = {}
    for entry, judge in zip(asked.entry, asked.judge, strict=True):
        one, other = root(first.setdefault(entry, judge)), root(judge)
        above[max(one, other)] = min(one, other)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for judge, name in enumerate(asked.judges):
        groups[root(judge)].append(name)
    return tuple(tuple(group) for group in groups.values())

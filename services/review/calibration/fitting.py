"""Least squares on the graph of judges and entries. Start with `fit`.

Entries are eliminated first, so that one dense system in the judges is left: the Laplacian of the
graph whose edges are entries marked in common. Its cost is that of the judges cubed, and linear
in sheets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.review.calibration.asking import Asked
from services.review.calibration.sufficing import freedom

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

BLOCK = 4096  # entries whose judges are a dense matrix at once


@dataclass(frozen=True)
class Sheets:
    """A round's totals, sorted by entry. `begins` is where an entry's sheets begin."""

    judge: Places
    total: Floats
    begins: Places
    per_entry: Places
    per_judge: Places

    @classmethod
    def of(cls, asked: Asked) -> "Sheets":
        """Sort the sheets that were sent."""
        entry, judge = np.asarray(asked.entry), np.asarray(asked.judge)
        order = np.lexsort((judge, entry))
        per_entry = np.bincount(entry, minlength=len(asked.entries))
        return cls(
            judge[order],
            np.asarray(asked.total)[order],
            np.concatenate(([0], np.cumsum(per_entry)[:-1])),
            per_entry,
            np.bincount(judge, minlength=len(asked.judges)),
        )

    def by_entry(self, values: Floats) -> Floats:
        """Add values of sheets up by entry; each entry has some."""
        return np.add.reduceat(values, self.begins, axis=0)

    def by_judge(self, values: Floats) -> Floats:
        """Add values of sheets up by judge."""
        return np.asarray(np.bincount(self.judge, values, len(self.per_judge)), float)

    def spread(self, values: Floats) -> Floats:
        """Give every sheet the value of its entry."""
        return np.repeat(values, self.per_entry, axis=0)

    def pairs(self) -> dict[int, Floats]:
        """Count the entries that two judges marked, by how many sheets an entry has."""
        return {
            int(size): sum(
                (block.T @ block for block in self.blocks(int(size))),
                np.zeros((len(self.per_judge),) * 2),
            )
            for size in np.unique(self.per_entry)
        }

    def blocks(self, size: int) -> Iterator[Floats]:
        """Go through the entries of so many sheets: matrices of zeros and ones, entry by judge."""
        begins = self.begins[self.per_entry == size]
        for start in range(0, len(begins), BLOCK):
            some = begins[start : start + BLOCK]
            block = np.zeros((len(some), len(self.per_judge)))
            judges = self.judge[some[:, None] + np.arange(size)]
            block[np.arange(len(some))[:, None], judges] = 1.0
            yield block


@dataclass(frozen=True)
class Fit:
    """What least squares found; severities weigh zero in all, so that the mean mark stays.

    `noise` and `between` are variances: of one total, and of the qualities as estimated.
    `uncertainty` is how much of `between` one unit of noise accounts for.
    """

    severities: Floats
    errors: Floats
    qualities: Floats
    noise: float
    freedom: int
    between: float
    uncertainty: float


def fit(sheets: Sheets, asked: Asked, pairs: dict[int, Floats]) -> Fit:
    """Estimate severities and qualities of a round that suffices."""
    judges, entries = len(asked.judges), len(asked.entries)
    laplacian = np.diag(sheets.per_judge.astype(float))
    crossed = np.zeros((judges, judges))
    for size, count in pairs.items():
        laplacian -= count / size
        crossed += count / size**2
    means = sheets.by_entry(sheets.total) / sheets.per_entry
    right = sheets.by_judge(sheets.total - sheets.spread(means))
    # The Laplacian knows severities but for a constant; with ones added it has an inverse.
    inverse = np.linalg.inv(laplacian + 1.0 / judges) - 1.0 / judges
    found = inverse @ right
    weights = sheets.per_judge / sheets.per_judge.sum()
    severities = found - weights @ found
    qualities = sheets.by_entry(sheets.total - severities[sheets.judge]) / sheets.per_entry
    residuals = sheets.total - severities[sheets.judge] - sheets.spread(qualities)
    free = freedom(asked)
    noise = float(residuals @ residuals) / free
    centred = np.eye(judges) - weights
    variances = ((centred @ inverse) * centred).sum(axis=1)
    mean_row = sheets.by_judge(sheets.spread(1.0 / sheets.per_entry)) / entries
    around = crossed - entries * np.outer(mean_row, mean_row)
    own = float((1.0 / sheets.per_entry).sum()) * (1.0 - 1.0 / entries)
    return Fit(
        severities,
        np.sqrt(noise * np.maximum(variances, 0.0)),
        qualities,
        noise,
        free,
        float(qualities.var(ddof=1)) if entries > 1 else 0.0,
        (own + float((inverse * around).sum())) / max(entries - 1, 1),
    )

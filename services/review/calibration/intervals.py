"""How far each rank may be off: ranks of qualities drawn from what the sheets leave open.

Qualities are taken as spread normally around their mean, as wide as the sheets say; given the
sheets, severities and qualities are then normal too, and are drawn many times, each time with a
noise and a spread drawn anew. Start with `Draws.of`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.review.calibration.fitting import Fit, Floats, Sheets

MOST, LEAST, CELLS = 1000, 200, 5_000_000  # draws, and ranks kept of all entries together
BATCH = 25  # draws that share a noise and a spread
FLOOR = 1e-6  # of the noise: a spread of nothing would leave ranks undefined

Ranks = NDArray[np.int32]


@dataclass(frozen=True)
class Draws:
    """Ranks of every entry, by draw and entry."""

    ranks: Ranks

    @classmethod
    def of(cls, sheets: Sheets, found: Fit, pairs: dict[int, Floats], seed: int) -> "Draws":
        """Draw qualities and rank them; the same seed gives the same ranks."""
        entries = len(sheets.per_entry)
        count = max(LEAST, min(MOST, CELLS // entries)) // BATCH * BATCH
        chance = np.random.Generator(np.random.PCG64(seed))
        ranks = np.empty((count, entries), np.int32)
        for start in range(0, count, BATCH):
            drawn = qualities(sheets, pairs, variances(found, entries, chance), chance)
            for at in range(BATCH):
                order = np.argsort(-drawn[:, at])
                ranks[start + at, order] = np.arange(1, entries + 1, dtype=np.int32)
        return cls(ranks)

    def interval(self, confidence: float) -> tuple[Ranks, Ranks]:
        """Return the ranks between which each entry's lies with this chance."""
        tail = (1.0 - confidence) / 2.0
        rising = np.sort(self.ranks, axis=0)
        last = len(rising) - 1
        return rising[int(np.floor(tail * last))], rising[int(np.ceil((1.0 - tail) * last))]

    def above_next(self, order: NDArray[np.int64]) -> Floats:
        """Return each entry's chance to be better than the next in this order; 1 for the last."""
        following = self.ranks[:, order[1:]] > self.ranks[:, order[:-1]]
        return np.append(following.mean(axis=0), 1.0)

    def within(self, room: int) -> Floats:
        """Return the chance of each entry to be among so many."""
        return np.asarray((self.ranks <= room).mean(axis=0), float)


def variances(found: Fit, entries: int, chance: np.random.Generator) -> tuple[float, float]:
    """Draw the noise and the spread of qualities that the sheets leave possible."""
    noise = found.noise * found.freedom / chance.chisquare(found.freedom)
    between = found.between * (entries - 1) / chance.chisquare(max(entries - 1, 1))
    noise = max(noise, np.finfo(float).tiny)
    return noise, max(between - noise * found.uncertainty, FLOOR * noise)


def qualities(
    sheets: Sheets,
    pairs: dict[int, Floats],
    drawn: tuple[float, float],
    chance: np.random.Generator,
) -> Floats:
    """Draw a batch of qualities, by entry and draw, given the noise and the spread."""
    noise, spread = drawn
    shrink = noise / spread
    system = np.diag(sheets.per_judge.astype(float))
    for size, count in pairs.items():
        system -= count / (size + shrink)
    centred = sheets.total - sheets.total.mean()
    pulled = sheets.by_entry(centred) / (sheets.per_entry + shrink)
    factor = np.linalg.cholesky(system + np.eye(len(system)) * FLOOR)
    right = sheets.by_judge(centred - sheets.spread(pulled))
    mean = np.linalg.solve(factor.T, np.linalg.solve(factor, right))
    wiggle = np.linalg.solve(factor.T, chance.standard_normal((len(system), BATCH)))
    severities = mean[:, None] + np.sqrt(noise) * wiggle
    weights = (sheets.per_entry + shrink)[:, None]
    centres = sheets.by_entry(centred[:, None] - severities[sheets.judge]) / weights
    noises = chance.standard_normal(centres.shape) * np.sqrt(noise / weights)
    return np.asarray(centres + noises, float)

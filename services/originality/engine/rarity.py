"""How rare words and pairs of neighbouring words are in Vietnamese: what a resemblance weighs.

The table counts, in pieces of texts of an encyclopaedia and of laws, how many pieces have a word;
`benchmarks/originality/rarity.py` makes it. What it does not know is as rare as what stands in
one piece alone, so that other languages work as well.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from services.originality.engine.kernels import significance
from services.originality.engine.kernels.scanning import Numbers, Places, Weights
from services.originality.engine.kernels.shingles import shingles

TABLE = Path(__file__).parents[1] / "data" / "rarity.npz"
STEP = 16  # a weight of 1.0 in the table
PAIR = 2  # words


class Rarities(NamedTuple):
    """The lower halves of numbers, rising, where their buckets begin, and their weights.

    The last weight is that of all other numbers.
    """

    keys: significance.Keys
    begins: Places
    weights: Weights

    @property
    def unknown(self) -> float:
        """Return the weight of what the table does not know."""
        return float(self.weights[-1])

    def of(self, numbers: Numbers) -> Weights:
        """Return the weight of each: the logarithm of one in how many pieces has it."""
        return significance.weights(numbers, *self)


@cache
def of_words() -> Rarities:
    """Read what is known of bare words."""
    return _read("words")


@cache
def of_pairs() -> Rarities:
    """Read what is known of pairs of bare words; see `pairs`."""
    return _read("pairs")


def pairs(bare: Numbers) -> Numbers:
    """Return a number for every two neighbouring words."""
    return shingles(bare, PAIR)


def _read(name: str) -> Rarities:
    """Read one half of the table."""
    with np.load(TABLE) as table:
        keys, steps, unknown = table[f"{name}_keys"], table[f"{name}_steps"], table["unknown"]
    buckets = np.arange(0, (1 << 32) + 1, 1 << int(significance.BUCKET))
    begins = np.searchsorted(keys.astype(np.int64), buckets).astype(np.int32)
    return Rarities(keys, begins, np.append(steps / STEP, unknown))

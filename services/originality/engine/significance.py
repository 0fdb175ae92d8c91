"""How much a resemblance proves: which passages are strong, which probable, which are none.

A passage is weighed twice: by the pairs of neighbouring words both sides have, and by the words
alone, which outlive shuffling. Start with `weigh`.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from services.originality.engine import rarity
from services.originality.engine.kernels import significance
from services.originality.engine.kernels.scanning import Numbers


class Tier(IntEnum):
    """How sure a resemblance is no chance."""

    STRONG = 1
    PROBABLE = 2
    CHANCE = 3


class Weight(NamedTuple):
    """What both sides share: the sum of rarities, and its part of the lighter side, 0..1."""

    total: float
    share: float

    def reaches(self, least: "Weight") -> bool:
        """Say whether both are at least so much."""
        return self.total >= least.total and self.share >= least.share


class Thresholds(NamedTuple):
    """What makes a passage strong or probable; fitted on generated Vietnamese copies.

    By pairs or by words: one of the two is enough.
    """

    strong: Weight = Weight(100.0, 0.5)
    probable: Weight = Weight(60.0, 0.4)
    strong_words: Weight = Weight(120.0, 0.85)
    probable_words: Weight = Weight(60.0, 0.75)


THRESHOLDS = Thresholds()


class Significance(NamedTuple):
    """A passage's weight by pairs of words and by words."""

    pairs: Weight
    words: Weight

    def tier(self, thresholds: Thresholds = THRESHOLDS) -> Tier:
        """Say how sure the passage is."""
        if self.pairs.reaches(thresholds.strong) or self.words.reaches(thresholds.strong_words):
            return Tier.STRONG
        if self.pairs.reaches(thresholds.probable) or self.words.reaches(
            thresholds.probable_words
        ):
            return Tier.PROBABLE
        return Tier.CHANCE


def weigh(here: Numbers, there: Numbers) -> Significance:
    """Weigh what the bare words of two sides share."""
    return Significance(
        pairs=_weight(rarity.pairs(here), rarity.pairs(there), rarity.of_pairs()),
        words=_weight(here, there, rarity.of_words()),
    )


def _weight(here: Numbers, there: Numbers, rarities: rarity.Rarities) -> Weight:
    """Weigh what two sides share, each thing once."""
    ours, theirs = np.unique(here), np.unique(there)
    return Weight(*significance.shared(ours, rarities.of(ours), theirs, rarities.of(theirs)))

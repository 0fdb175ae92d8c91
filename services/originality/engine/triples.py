"""Rare words near each other, as numbers that outlive reordering and heavy editing.

Of every window the rarest words are taken, and every three of them, in whatever order, make a
triple; one in `SHARE` is kept. Words the table of rarities does not know come last: a letter read
wrongly makes one.
"""

import numpy as np

from services.originality.engine import rarity
from services.originality.engine.kernels import triples as kernels
from services.originality.engine.kernels.scanning import Flags, Numbers, Places
from services.originality.engine.words import Words

WIDTH = 24  # words of a window
STEP = 12  # words from one window of an indexed text to the next
SOUGHT_STEP = 6  # and of a text that is looked up
RAREST = 6  # words of a window that make triples: 20 of them
SHARE = 8


def triples(words: Words, masked: Flags, step: int = STEP) -> Numbers:
    """Return the kept triples, rising; the same on every machine."""
    return np.unique(placed(words, masked, step)[0])


def placed(words: Words, masked: Flags, step: int = STEP) -> tuple[Numbers, Places]:
    """Return the kept triples in the text's order, and the first word of each one's window."""
    kept = np.flatnonzero(~masked).astype(np.int32)
    bare = words.bare[kept]
    weights = rarity.of_words().of(bare)
    weights[weights >= rarity.of_words().unknown] = 0.0
    found, places = kernels.triples(bare, weights, (WIDTH, step, RAREST, SHARE))
    return found, kept[places]

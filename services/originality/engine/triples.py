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


def both(words: Words, masked: Flags) -> tuple[Numbers, Numbers]:
    """Return a text's triples and those it looks others up by, at the cost of the second.

    Every window of the first kind is one of the second, but perhaps the last.
    """
    total = len(words) - int(masked.sum())
    ends, sought_ends = (_windows(total, step) * step for step in (STEP, SOUGHT_STEP))
    found, firsts, _ = _found(words, masked, SOUGHT_STEP, max(ends, sought_ends) // SOUGHT_STEP)
    kept = (firsts % STEP == 0) & (firsts < ends)
    return np.unique(found[kept]), np.unique(found[firsts < sought_ends])


def placed(words: Words, masked: Flags, step: int = STEP) -> tuple[Numbers, Places]:
    """Return the kept triples in the text's order, and the first word of each one's window."""
    total = len(words) - int(masked.sum())
    found, firsts, kept = _found(words, masked, step, _windows(total, step))
    return found, kept[firsts]


def _windows(total: int, step: int) -> int:
    """Return how many windows so many words have; of too few words there is one."""
    return max(total - WIDTH + step - 1, 0) // step + 1


def _found(words: Words, masked: Flags, step: int, windows: int) -> tuple[Numbers, Places, Places]:
    """Return the triples, where their windows begin among the words that count, and those."""
    kept = np.flatnonzero(~masked).astype(np.int32)
    bare = words.bare[kept]
    weights = rarity.of_words().of(bare)
    weights[weights >= rarity.of_words().unknown] = 0.0
    return *kernels.triples(bare, weights, windows, (WIDTH, step, RAREST, SHARE)), kept

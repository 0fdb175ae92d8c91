"""A text as a small set of numbers, such that a copied passage keeps some of them.

Of every `WINDOW` neighbouring shingles of `SHINGLE` bare words one is kept, so two texts that
share `SHINGLE + WINDOW - 1` words in a row always share a fingerprint. Masked words have none.
"""

import numpy as np

from services.originality.engine.kernels import shingles
from services.originality.engine.kernels.scanning import Flags, Numbers, Places
from services.originality.engine.words import Words

SHINGLE = 5
WINDOW = 8


def fingerprints(words: Words, masked: Flags) -> Numbers:
    """Return the kept numbers, rising; the same on every machine."""
    return np.unique(placed(words, masked)[0])


def placed(words: Words, masked: Flags) -> tuple[Numbers, Places]:
    """Return the kept numbers in the text's order, and the word each begins with."""
    return shingles.fingerprints(words.bare, masked, SHINGLE, WINDOW)

"""A text as numbers: a key for each syllable, and the terms that BM25 counts. Start with `terms`.

A term is a syllable or two in a row, without marks: what is typed without marks, in another
Unicode form or with look-alike letters has the same terms.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.scanning import Flags
from services.originality.engine.words import scan

Hashes = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio
_HALF = np.uint64(32)


class Keys(NamedTuple):
    """Numbers of a text's syllables in order, without marks and with them; which have none."""

    bare: Hashes
    exact: Hashes
    unmarked: Flags


class Terms(NamedTuple):
    """The distinct terms of a text, ascending, and how often each stands in it (1..255)."""

    hashes: Hashes
    counts: NDArray[np.uint8]


def keys(text: str) -> Keys:
    """Return the keys of a text's syllables. The one place that knows how words are scanned."""
    words = scan(text)
    return Keys(words.bare, words.exact, words.unmarked)


def joined(first: Hashes, second: Hashes) -> Hashes:
    """Return the keys of words put together; the order of the two counts."""
    mixed = (first ^ (first >> _HALF)) * _ODD + second
    mixed = (mixed ^ (mixed >> _HALF)) * _ODD
    return mixed ^ (mixed >> _HALF)


def terms(text: str) -> Terms:
    """Return the terms of a text for BM25: its syllables and its pairs of neighbours."""
    bare = keys(text).bare
    found = np.concatenate([bare, joined(bare[:-1], bare[1:])])
    hashes, counts = np.unique(found, return_counts=True)
    return Terms(hashes, np.minimum(counts, 255).astype(np.uint8))

"""Candidate sources from sorted arrays in memory: what the service's index does in its database.

Anything with `candidates` may take its place.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.originality.engine import triples
from services.originality.engine.alignment import Text
from services.originality.engine.comparison import prepare
from services.originality.engine.fingerprints import fingerprints
from services.originality.engine.kernels.scanning import Numbers

COMMON = 300  # texts; what more of them have tells nothing
FEWEST = 2  # numbers shared


class Postings:
    """Which texts have a number."""

    def __init__(self, numbers: Sequence[Numbers]) -> None:
        keys = np.concatenate(numbers)
        texts = np.repeat(np.arange(len(numbers)), [len(each) for each in numbers])
        order = np.argsort(keys, kind="stable")
        self.keys, self.texts, self.total = keys[order], texts[order], len(numbers)

    def likeliest(self, sought: Numbers, most: int) -> NDArray[np.int64]:
        """Return the texts that share most, rare numbers weighing more."""
        first, last = (np.searchsorted(self.keys, sought, side) for side in ("left", "right"))
        having = last - first
        kept = (having > 0) & (having <= COMMON)
        first, having = first[kept], having[kept]
        if not len(first):
            return np.empty(0, np.int64)
        within = np.arange(having.sum()) - np.repeat(np.cumsum(having) - having, having)
        texts = self.texts[np.repeat(first, having) + within]
        weights = np.repeat(np.log(1 + self.total / having), having)
        scores = np.bincount(texts, weights, self.total)
        scores[np.bincount(texts, minlength=self.total) < FEWEST] = 0.0
        best = np.argsort(-scores, kind="stable")[:most]
        return best[scores[best] > 0.0]


class Finder:
    """Sources, found by fingerprints and by triples."""

    def __init__(self, sources: Sequence[str], most: tuple[int, int] = (15, 10)) -> None:
        prepared = [prepare(source) for source in sources]
        self.most = most
        self.fingerprints = Postings([fingerprints(each.words, each.masked) for each in prepared])
        self.triples = Postings([triples.triples(each.words, each.masked) for each in prepared])

    def candidates(self, text: Text) -> list[int]:
        """Return the sources worth aligning, those by fingerprints first."""
        sought = triples.triples(text.words, text.masked, triples.SOUGHT_STEP)
        by_words = self.fingerprints.likeliest(
            fingerprints(text.words, text.masked), self.most[0]
        )
        by_triples = self.triples.likeliest(sought, self.most[1])
        return list(dict.fromkeys([*by_words.tolist(), *by_triples.tolist()]))

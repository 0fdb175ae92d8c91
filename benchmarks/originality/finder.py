"""Candidate sources from sorted arrays in memory: what the service's index does in its database.

Anything with `candidates` may take its place.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.originality.engine import fingerprints, triples
from services.originality.engine.alignment import Text
from services.originality.engine.comparison import prepare
from services.originality.engine.kernels.scanning import Numbers, Places

COMMON = 300  # texts; what more of them have tells nothing
FEWEST = 2  # numbers shared
NEAR = 150  # words
FAR = 1 << 32  # more words than a text has


class Postings:
    """Which texts have a number."""

    def __init__(self, numbers: Sequence[Numbers]) -> None:
        keys = np.concatenate(numbers)
        texts = np.repeat(np.arange(len(numbers)), [len(each) for each in numbers])
        order = np.argsort(keys, kind="stable")
        self.keys, self.texts, self.total = keys[order], texts[order], len(numbers)

    def likeliest(self, sought: Numbers, places: Places, most: int) -> NDArray[np.int64]:
        """Return the texts that share most within `NEAR` words, rare numbers weighing more.

        What is copied stands together; what two texts share by chance is scattered.
        """
        first, last = (np.searchsorted(self.keys, sought, side) for side in ("left", "right"))
        having = last - first
        kept = (having > 0) & (having <= COMMON)
        first, having, places = first[kept], having[kept], places[kept]
        within = np.arange(having.sum()) - np.repeat(np.cumsum(having) - having, having)
        texts = self.texts[np.repeat(first, having) + within]
        weights = np.repeat(np.log(1 + self.total / having), having)
        along = texts * FAR + np.repeat(places, having)
        order = np.argsort(along, kind="stable")
        summed = np.concatenate(([0.0], np.cumsum(weights[order])))
        ends = np.searchsorted(along[order], along[order] + NEAR, "right")
        scores = np.zeros(self.total)
        np.maximum.at(scores, texts[order], summed[ends] - summed[:-1])
        scores[np.bincount(texts, minlength=self.total) < FEWEST] = 0.0
        best = np.argsort(-scores, kind="stable")[:most]
        return best[scores[best] > 0.0]


class Finder:
    """Sources, found by fingerprints and by triples."""

    def __init__(self, sources: Sequence[str], most: tuple[int, int] = (15, 10)) -> None:
        prepared = [prepare(source) for source in sources]
        self.most = most
        self.fingerprints = Postings(
            [fingerprints.fingerprints(each.words, each.masked) for each in prepared]
        )
        self.triples = Postings([triples.triples(each.words, each.masked) for each in prepared])

    def candidates(self, text: Text) -> list[int]:
        """Return the sources worth aligning, those by fingerprints first."""
        by_words = self.fingerprints.likeliest(
            *fingerprints.placed(text.words, text.masked), self.most[0]
        )
        by_triples = self.triples.likeliest(
            *triples.placed(text.words, text.masked, triples.SOUGHT_STEP), self.most[1]
        )
        return list(dict.fromkeys([*by_words.tolist(), *by_triples.tolist()]))

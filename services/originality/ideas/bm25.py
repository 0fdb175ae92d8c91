"""How alike two texts are by the words they share: Okapi BM25. Start with `Index`.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
the idf that is never negative. The length of a text is the number of its terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.originality.ideas.terms import Hashes, Terms

SATURATION = 1.2  # k1: how soon a repeated term adds nothing more
LENGTH = 0.75  # b: how much a long text is held to account for its length

Reals = NDArray[np.float64]


class Scored(NamedTuple):
    """A text found by its words; `share` is its score beside the asked text's own, 0..1."""

    text_id: int
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """What BM25 must know of all texts together: how many, and how many terms each has."""

    texts: int
    mean_length: float


def idf(corpus: Corpus, frequencies: NDArray[np.int64]) -> Reals:
    """Return how telling a term is that stands in so many texts of the corpus, above 0."""
    seen = np.minimum(frequencies, corpus.texts).astype(np.float64)
    weights: Reals = np.log1p((corpus.texts - seen + 0.5) / (seen + 0.5))
    return weights


def saturated(corpus: Corpus, counts: NDArray[np.uint8], lengths: Reals | float) -> Reals:
    """Return what a term's count in a text of that many terms is worth, 0..k1 + 1."""
    times = counts.astype(np.float64)
    norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(corpus.mean_length, 1.0))
    worth: Reals = times * (SATURATION + 1) / (times + norm)
    return worth


def own_score(corpus: Corpus, asked: Terms, weights: Reals) -> float:
    """Return the score the asked text would have if it were in the corpus, the most there is."""
    length = float(asked.counts.sum(dtype=np.int64))
    return float((weights * saturated(corpus, asked.counts, length)).sum())


class Index:
    """Texts by their terms, in memory: what the database's postings hold, for measuring."""

    def __init__(self, texts: Mapping[int, Terms]) -> None:
        self.ids = np.fromiter(texts, np.int64, len(texts))
        sizes = [len(text.hashes) for text in texts.values()]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        hashes = np.concatenate([np.zeros(0, np.uint64), *(t.hashes for t in texts.values())])
        counts = np.concatenate([np.zeros(0, np.uint8), *(t.counts for t in texts.values())])
        self.lengths: Reals = np.bincount(owners, counts, len(sizes)).astype(np.float64)
        self.corpus = Corpus(len(sizes), float(self.lengths.mean()) if sizes else 0.0)
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.owners, self.counts = hashes[order], owners[order], counts[order]

    def search(self, asked: Terms, limit: int) -> list[Scored]:
        """Return the texts most alike, the best first; equals in order of their ids."""
        first, after = self._places(asked.hashes)
        weights = idf(self.corpus, after - first)
        scores = np.zeros(len(self.ids))
        for weight, start, end in zip(weights, first, after, strict=True):
            owners = self.owners[start:end]
            worth = saturated(self.corpus, self.counts[start:end], self.lengths[owners])
            scores[owners] += weight * worth
        most = own_score(self.corpus, asked, weights)
        found = np.flatnonzero(scores)
        best = found[np.lexsort((self.ids[found], -scores[found]))][:limit]
        return [
            Scored(int(self.ids[n]), float(scores[n]), min(1.0, float(scores[n]) / most))
            for n in best
        ]

    def _places(self, hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return (
            np.searchsorted(self.hashes, hashes, "left"),
            np.searchsorted(self.hashes, hashes, "right"),
        )

"""Both lists of candidates put together: by words and by meaning, never as one number.

`alike` takes them in turns, the best by words first, and drops repeats. What is found says where
each list has it and how rarely chance gets that far; neither score enters a percentage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.originality.ideas.bm25 import Scored
from services.originality.ideas.table import Reals, percentile

SIGNIFICANT = 0.9999  # of random pairs of texts are less alike


class Near(NamedTuple):
    """A text found by its meaning; `cosine` -1..1."""

    text_id: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Curves:
    """What chance reaches, as `table.percentile` takes it; no cosines without word vectors."""

    shares: Reals
    cosines: Reals | None


@dataclass(frozen=True, slots=True)
class ByWords:
    """What BM25 says: the score and the place (from 1) tell candidates of one text apart."""

    score: float
    rank: int
    percentile: float


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """What vectors say; of a model without a curve of chance the percentile is not known."""

    cosine: float
    rank: int
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Alike:
    """A text that may tell the same idea, and by which of the two lists."""

    text_id: int
    words: ByWords | None
    meaning: ByMeaning | None

    @property
    def is_significant(self) -> bool:
        """Say whether one of the two is beyond what chance reaches in 9,999 of 10,000 pairs."""
        reached = [found.percentile for found in (self.words, self.meaning) if found is not None]
        return any(share is not None and share >= SIGNIFICANT for share in reached)


def alike(
    by_words: Sequence[Scored], by_meaning: Sequence[Near], curves: Curves, limit: int
) -> tuple[Alike, ...]:
    """Return the first `limit` texts of both lists, each list with its best first."""
    words = {
        found.text_id: ByWords(found.score, rank, percentile(found.share, curves.shares))
        for rank, found in enumerate(by_words, 1)
    }
    meaning = {
        found.text_id: ByMeaning(found.cosine, rank, _chance(found.cosine, curves))
        for rank, found in enumerate(by_meaning, 1)
    }
    return tuple(
        Alike(text_id, words.get(text_id), meaning.get(text_id))
        for text_id in in_turns(list(words), list(meaning))[:limit]
    )


def _chance(cosine: float, curves: Curves) -> float | None:
    return None if curves.cosines is None else percentile(cosine, curves.cosines)


def in_turns(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Return both lists as one: first, second, first … without repeats."""
    turns: list[int] = []
    for place in range(max(len(first), len(second))):
        turns += [listed[place] for listed in (first, second) if place < len(listed)]
    return list(dict.fromkeys(turns))

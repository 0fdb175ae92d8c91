"""Which Vietnamese words are worth a vector: syllables by count, compounds by collocation.

A compound is two syllables that stand together far more often than by chance: their normalised
pointwise mutual information (Bouma 2009), -1..1, is at least `TOGETHER`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from unicodedata import normalize

from services.originality.engine.letters import fold
from services.originality.engine.syllables import SYLLABLES

TOGETHER = 0.3
LEAST = {1: 8, 2: 12}  # times a word of so many syllables is seen
MOST = {1: 9_000, 2: 15_000}

_CLAUSE = re.compile(r"[^\w ]+|\n+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass
class Counts:
    """How often each syllable and each pair of neighbours stands within a clause."""

    syllables: int = 0
    of: dict[int, Counter[tuple[str, ...]]] = field(
        default_factory=lambda: {length: Counter() for length in LEAST}
    )

    def add(self, texts: Iterable[str]) -> None:
        """Count these texts too."""
        for text in texts:
            for clause in clauses(text):
                self.syllables += len(clause)
                for length, counter in self.of.items():
                    counter.update(zip(*(clause[n:] for n in range(length)), strict=False))

    def share(self, words: tuple[str, ...]) -> float:
        """Return how often these words are met, as a part of all syllables."""
        return self.of[len(words)][words] / self.syllables

    def together(self, words: tuple[str, str]) -> float:
        """Return how much the two parts of a compound keep together."""
        here = log(self.share(words))
        apart = log(self.share(words[:1])) + log(self.share(words[1:]))
        return (here - apart) / -here


def clauses(text: str) -> Iterator[list[str]]:
    """Yield the words of each clause, in small letters."""
    for clause in _CLAUSE.split(normalize("NFC", text).lower()):
        if words := _LETTERS.findall(clause):
            yield words


def choose(counts: Counts) -> dict[str, float]:
    """Return the words worth a vector, each with its share of all syllables."""
    chosen: dict[str, float] = {}
    for length, counter in counts.of.items():
        fit = (
            words
            for words, count in counter.most_common()
            if count >= LEAST[length] and (length == 1 or is_compound(words, counts))
        )
        for _, words in zip(range(MOST[length]), fit, strict=False):
            chosen[" ".join(words)] = counts.share(words)
    return chosen


def is_compound(words: tuple[str, ...], counts: Counts) -> bool:
    """Say whether these neighbours are one word: Vietnamese, and bound to one another."""
    if any(fold(word).exact not in SYLLABLES for word in words):
        return False
    first, second = words
    return counts.together((first, second)) >= TOGETHER

"""Counts that are added up, and read in an order. Start with `tally`."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tallied(Generic[T]):
    """How many there are of each."""

    counts: Counter[T]

    def __iter__(self) -> Iterator[T]:
        return iter(self.counts)

    def ordered(self, known: Iterable[T]) -> list[tuple[T, int]]:
        """Return counts in the order of what is known, 0 too, then whatever else there is."""
        first = list(known)
        others = [one for one in self.counts if one not in first]
        return [(one, self.counts[one]) for one in (*first, *others)]

    def most_first(self) -> list[tuple[T, int]]:
        """Return counts, the largest first."""
        return self.counts.most_common()


def tally(groups: Iterable[tuple[T, int]]) -> Tallied[T]:
    """Add up the counts of groups that are alike."""
    found: Counter[T] = Counter()
    for one, count in groups:
        found[one] += count
    return Tallied(found)

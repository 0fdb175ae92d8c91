"""Which segments are worth merging: few for a query to touch, without rewriting all too often."""

from collections.abc import Sequence
from dataclasses import dataclass

TIMES = 6  # a segment is at least so many times all smaller ones together
REMOVED_PART = 8  # one in so many texts removed is reason enough to write a segment anew
REMOVED_MOST = 10_000  # and so are so many: every query of the tenant reads their numbers


@dataclass(frozen=True, slots=True)
class Standing:
    """A segment in force: its postings and texts, and how many of the texts were removed."""

    segment: int
    postings: int
    texts: int
    removed: int

    @property
    def left(self) -> float:
        """Return how many postings there would be after a merge."""
        return self.postings * (1 - self.removed / max(self.texts, 1))


def due(standing: Sequence[Standing]) -> tuple[int, ...]:
    """Return the segments to merge into one now, none if all is well.

    With n postings, and m in the smallest segment, up to log(n / m) / log(1 + TIMES) + 1
    segments are left alone: four or five for a million texts that came in one by one.
    """
    by_size = sorted(standing, key=lambda each: (-each.left, each.segment))
    smaller = sum(each.left for each in by_size)
    for place, each in enumerate(by_size[:-1]):
        smaller -= each.left
        if each.left < TIMES * smaller or not each.left:
            return tuple(other.segment for other in by_size[place:])
    for each in by_size:
        if each.removed > min(each.texts / REMOVED_PART, REMOVED_MOST):
            return (each.segment,)
    return ()

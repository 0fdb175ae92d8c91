"""Two streams of sorted rows, walked together and neither held in memory: `side_by_side`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

Left = TypeVar("Left", bound=Sequence[Any])
Right = TypeVar("Right", bound=Sequence[Any])


def side_by_side(
    left: Iterable[Left], right: Iterable[Right]
) -> Iterator[tuple[Left | None, Right | None]]:
    """Pair rows of two streams sorted by their first column; None where one has no such row."""
    ours, theirs = iter(left), iter(right)
    # Asked first is what follows from the other: so the other has all that it can rest on.
    other, one = next(theirs, None), next(ours, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            yield one, None
            one = next(ours, None)
        elif one is None or other[0] < one[0]:
            yield None, other
            other = next(theirs, None)
        else:
            yield one, other
            one, other = next(ours, None), next(theirs, None)

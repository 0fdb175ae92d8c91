"""Judges of whom at most one may mark an entry.

Where all of some judges are kept apart from one another they form a company, and a flow can see
to it: what reaches any of them passes through one gate. Pairs that fit into no company are loose.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Companies:
    """`of_judge` numbers each judge's company, -1 for none; `loose` pairs; `apart` all pairs."""

    of_judge: NDArray[np.int64]
    loose: Sequence[tuple[int, int]]
    apart: Bools

    @classmethod
    def of(cls, pairs: Collection[tuple[str, str]], column: Mapping[str, int]) -> Self:
        """Gather companies, the largest first, until none of two is left outside one."""
        apart = np.zeros((len(column), len(column)), bool)
        for one, other in pairs:
            if one in column and other in column and one != other:
                apart[column[one], column[other]] = apart[column[other], column[one]] = True
        of_judge = np.full(len(column), -1, np.int64)
        number = 0
        while len(found := largest(apart, of_judge)) > 1:
            of_judge[found] = number
            number += 1
        same = (of_judge[:, None] == of_judge) & (of_judge >= 0)
        loose = [(int(a), int(b)) for a, b in np.argwhere(apart & ~same) if a < b]
        return cls(of_judge, loose, apart)

    def beside(self, seated: Bools) -> Bools:
        """Mark those kept apart from somebody seated, entry by entry."""
        shut = np.zeros_like(seated)
        for judge in np.flatnonzero(self.apart.any(1)):
            shut[:, judge] = seated[:, self.apart[judge]].any(1)
        return shut

    @property
    def count(self) -> int:
        """Count the companies."""
        return int(self.of_judge.max(initial=-1)) + 1

    def mates(self, judge: int) -> NDArray[np.int64]:
        """Name the others of a judge's company."""
        company = self.of_judge[judge]
        if company < 0:
            return np.array([], np.int64)
        found = np.flatnonzero(self.of_judge == company)
        others: NDArray[np.int64] = found[found != judge]
        return others

    def blocked(self, seated: Bools) -> Bools:
        """Mark those of whose company somebody is seated, entry by entry."""
        shut: Bools = np.zeros_like(seated)
        for company in range(self.count):
            members = np.flatnonzero(self.of_judge == company)
            shut[:, members] = seated[:, members].any(1, keepdims=True)
        return shut

    def clash(self, seated: Bools) -> list[tuple[int, int, int]]:
        """List entry and pair where both of a loose pair are seated."""
        return [
            (int(entry), one, other)
            for one, other in self.loose
            for entry in np.flatnonzero(seated[:, one] & seated[:, other])
        ]


def largest(apart: Bools, of_judge: NDArray[np.int64]) -> list[int]:
    """Grow a company from each judge who is in none; return the largest, the first of equals."""
    best: list[int] = []
    for judge in np.flatnonzero(of_judge < 0):
        grown = [int(judge)]
        for other in np.flatnonzero((of_judge < 0) & apart[judge]):
            if apart[other, grown].all():
                grown.append(int(other))
        if len(grown) > len(best):
            best = grown
    return best

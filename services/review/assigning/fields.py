"""A problem as arrays: a row per entry, a column per judge, both in the order of their ids.

What is settled is taken out: fixed judges, the reviews they give and the room they take.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.review.assigning.companies import Companies
from services.review.domain.assignment.problem import Demand, Desk, Problem

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Field:
    """`needs` per entry; `base` load and `room` per judge; `free`, `strange`, `new` per pair.

    `strange` are pairs outside a judge's areas where that counts, `new` those that would change
    the panel an entry has.
    """

    problem: Problem
    entries: Sequence[Demand]
    judges: Sequence[Desk]
    needs: Numbers
    base: Numbers
    room: Numbers
    free: Bools
    strange: Bools
    new: Bools
    companies: Companies

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Make the arrays of a problem."""
        entries = sorted(problem.entries, key=lambda entry: entry.entry_id)
        judges = sorted(problem.judges, key=lambda judge: judge.judge_id)
        column = {judge.judge_id: number for number, judge in enumerate(judges)}
        companies = Companies.of(problem.apart, column)
        known = knowledge(entries, judges)
        fixed = pairs(column, [entry.fixed for entry in entries])
        held = pairs(column, [entry.has for entry in entries])
        had = np.array([bool(entry.has or entry.fixed) for entry in entries], bool)
        free: Bools = ~pairs(column, [entry.away for entry in entries]) & ~fixed
        free &= ~companies.beside(fixed)
        if problem.expertise == "required":
            free &= known
        base = np.array([judge.carried for judge in judges], np.int64) + fixed.sum(0)
        limits = [len(entries) + int(base.sum()) if j.most is None else j.most for j in judges]
        return cls(
            problem=problem,
            entries=entries,
            judges=judges,
            needs=np.array(
                [max(0, entry.needs - len(set(entry.fixed))) for entry in entries], np.int64
            ),
            base=base,
            room=np.clip(np.array(limits, np.int64) - base, 0, free.sum(0)),
            free=free,
            strange=~known if problem.expertise == "preferred" else np.zeros_like(free),
            new=~held & had[:, None],
            companies=companies,
        )

    @property
    def reviews(self) -> int:
        """Count the reviews to find."""
        return int(self.needs.sum())

    def without(self, entry: int, judge: int) -> "Field":
        """Keep one judge away from one entry."""
        free = self.free.copy()
        free[entry, judge] = False
        return replace(self, free=free)

    def changes(self, seated: Bools) -> int:
        """Count the judges who are new on an entry that had some."""
        return int((seated & self.new).sum())

    def strangers(self, seated: Bools) -> int:
        """Count the reviews outside a judge's areas."""
        return int((seated & self.strange).sum())

    def unevenness(self, seated: Bools) -> int:
        """Sum the squared loads, and what reviews outside areas weigh beside them."""
        squares = int(((self.base + seated.sum(0)) ** 2).sum())
        return squares + 2 * self.problem.lead * self.strangers(seated)


def knowledge(entries: Sequence[Demand], judges: Sequence[Desk]) -> Bools:
    """Say whose areas an entry lies in; a judge who names none knows all."""
    areas = sorted({entry.area for entry in entries})
    place = {area: number for number, area in enumerate(areas)}
    knows = np.array(
        [[not judge.areas or area in judge.areas for judge in judges] for area in areas], bool
    ).reshape(len(areas), len(judges))
    rows: Bools = knows[[place[entry.area] for entry in entries]]
    return rows


def pairs(column: Mapping[str, int], named: Sequence[Sequence[str]]) -> Bools:
    """Mark the judges named for each entry; those who sit on no jury are passed over."""
    marked: Bools = np.zeros((len(named), len(column)), bool)
    found = [(row, column[one]) for row, ones in enumerate(named) for one in ones if one in column]
    rows, columns = np.array(found, np.int64).reshape(-1, 2).T
    marked[rows, columns] = True
    return marked

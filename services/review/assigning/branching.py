"""Keeps apart the pairs that a flow cannot see to, by trying both ways out of every clash.

Where two judges who must not meet are seated together, either one or the other is kept away from
that entry: two smaller problems. The most promising is looked into first; when one without a
clash is found and none left can be better, it is the best. A tree in which every branch ends
without an answer proves that there is none.
"""

import dataclasses
from dataclasses import dataclass
from heapq import heappop, heappush

from services.review.assigning.failing import explain
from services.review.assigning.fields import Field
from services.review.assigning.pricing import Found, best
from services.review.domain.assignment.problem import Split, Witness

MOST_BRANCHES = 400


@dataclass
class Branch:
    """A problem within the problem: what was found, and the two it was divided into."""

    field: Field
    depth: int = 0
    found: Found | None = None
    clash: tuple[int, int, int] | None = None
    parts: list["Branch"] = dataclasses.field(default_factory=list)

    def solve(self) -> None:
        """Look for the best assignment of this branch, and for a clash in it."""
        self.found = best(self.field)
        if self.found is not None:
            self.clash = min(self.field.companies.clash(self.found.seated), default=None)

    @property
    def value(self) -> tuple[int, int]:
        """Return what no assignment of this branch can better; the smaller the better."""
        if self.found is None:
            raise AssertionError("a branch without an answer has no value")
        seated = self.found.seated
        both = self.field.changes(seated), self.field.unevenness(seated)
        return both if self.field.problem.first == "fewest_changes" else both[::-1]


@dataclass(frozen=True)
class Settled:
    """The best branch found, whether none is better, and whether it is the only best one."""

    field: Field
    found: Found
    is_best: bool
    is_only: bool


def settle(whole: Field, most: int = MOST_BRANCHES) -> Settled | tuple[Witness, ...] | None:
    """Return the best assignment, why there is none, or None if the work allowed did not do."""
    root = Branch(whole)
    root.solve()
    if root.found is None:
        return explain(whole)
    if root.clash is None:
        return Settled(whole, root.found, is_best=True, is_only=root.found.is_only)
    best_known, waiting = search(root, most)
    if best_known is not None:
        is_best = all(best_known.value <= branch.value for branch in waiting)
        return settled(best_known, is_best=is_best)
    return None if waiting else (witness(root),)


def search(root: Branch, most: int) -> tuple[Branch | None, list[Branch]]:
    """Divide branches, the most promising first; return the best without a clash, and the rest.

    Among the rest are only branches whose value might have been better than the best's.
    """
    known = hasty(root)
    waiting = [(root.value, 0, 0, root)]
    count = 0
    while waiting and count < most and (known is None or waiting[0][0] < known.value):
        _, _, _, branch = heappop(waiting)
        if branch.clash is None:
            known = branch
            continue
        for part in divide(branch):
            count += 1
            if part.found is not None:
                heappush(waiting, (part.value, -part.depth, count, part))
    left = [branch for _, _, _, branch in waiting]
    done = [branch for branch in left if branch.clash is None]
    return min([*done, *([known] if known else [])], key=lambda b: b.value, default=None), left


def settled(branch: Branch, *, is_best: bool) -> Settled:
    """Say what was found; among branches equally good, the order of search has chosen."""
    if branch.found is None:
        raise AssertionError("a branch without an answer settles nothing")
    return Settled(branch.field, branch.found, is_best=is_best, is_only=False)


def divide(branch: Branch) -> list[Branch]:
    """Keep one, then the other of two who clash away from the entry."""
    if branch.clash is None:
        raise AssertionError("there is nothing to divide")
    entry, *pair = branch.clash
    branch.parts = [Branch(branch.field.without(entry, one), branch.depth + 1) for one in pair]
    for part in branch.parts:
        part.solve()
    return branch.parts


def hasty(root: Branch) -> Branch | None:
    """Resolve all clashes at once, as often as it takes; good, and often as good as any."""
    branch = root
    while branch.found is not None and branch.clash is not None:
        narrowed = branch.field
        for entry, one, other in branch.field.companies.clash(branch.found.seated):
            if narrowed.free[entry, one] and narrowed.free[entry, other]:
                narrowed = narrowed.without(entry, other)
        branch = Branch(narrowed, branch.depth + 1)
        branch.solve()
    return branch if branch.found is not None else None


def witness(branch: Branch) -> Witness:
    """Put the proofs of all branches together."""
    if branch.clash is None:
        return explain(branch.field)[0]
    entry, one, other = branch.clash
    names = branch.field.judges
    return Witness(
        split=Split(
            entry_id=branch.field.entries[entry].entry_id,
            apart=(names[one].judge_id, names[other].judge_id),
            without_first=witness(branch.parts[0]),
            without_second=witness(branch.parts[1]),
        )
    )

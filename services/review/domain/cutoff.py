"""Who goes on to the next round (vào vòng sau). Start with `CutOff`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from contracts.rules import Advance
from contracts.rules.reckoning import Vote, parted
from kernel.errors import Refused
from services.review.domain.ranking import Line


class CouncilVoteNeeded(Refused):
    """Equals stand across the cut-off, and the rules leave it to the council: record its vote."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How the cut-off fell in a group of entries.

    `sure` go on; `tied` stand across the cut-off, and `chosen` are those of them who go on.
    `room` is how many may go on, None for no limit.
    """

    room: int | None
    sure: tuple[Line, ...]
    tied: tuple[Line, ...] = ()
    chosen: frozenset[str] = frozenset()
    is_undecided: bool = False


@dataclass(frozen=True, slots=True)
class CutOff:
    """The rule of who goes on, and what it looks at beside the table.

    `groups` names the area or class of each entry where each is cut off by itself; `by_exact`
    compares the exact mean with the minimum. Without a rule everybody goes on.
    """

    rule: Advance | None
    groups: Mapping[str, str] = field(default_factory=dict)
    votes: tuple[Vote, ...] = ()
    by_exact: bool = False

    def advance(self, table: tuple[Line, ...]) -> tuple[Line, ...]:
        """Mark who goes on: enough points, as far as there is room, and equals as the rules say.

        A tie is marked only where there is no room for all of it.
        """
        if self.rule is None:
            return tuple(replace(line, advances=True) for line in table)
        cuts = [self.cut(own, self.rule) for own in self.grouped(table)]
        going = {line.entry_id for one in cuts for line in one.sure}.union(
            *(one.chosen for one in cuts)
        )
        tied = {line.entry_id for one in cuts for line in one.tied}
        return tuple(
            replace(line, advances=line.entry_id in going, tied_at_cutoff=line.entry_id in tied)
            for line in table
        )

    def undecided(self, table: tuple[Line, ...]) -> tuple[tuple[str, ...], ...]:
        """Name the equals at a cut-off on whom the council is still to vote."""
        if self.rule is None:
            return ()
        cuts = [self.cut(own, self.rule) for own in self.grouped(table)]
        return tuple(tuple(line.entry_id for line in one.tied) for one in cuts if one.is_undecided)

    def check_decided(self, table: tuple[Line, ...], names: Mapping[str, str]) -> None:
        """Raise while a vote is still to be taken on who goes on; `names` are codes by entry."""
        if waiting := self.undecided(table):
            raise CouncilVoteNeeded(
                "Equal at the cut-off: {ties}. Record the council's vote on them, then close.",
                ties="; ".join(", ".join(names[entry] for entry in tie) for tie in waiting),
            )

    def cut(self, own: Sequence[Line], rule: Advance) -> Cut:
        """Cut off one group of entries, best first."""
        good = [line for line in own if self.figure(line) >= rule.min_score]
        limit = room(len(own), rule)
        if limit is None or len(good) <= limit:
            return Cut(limit, tuple(good))
        if limit == 0:
            return Cut(limit, ())
        last = good[limit - 1].rank
        sure = tuple(line for line in good if line.rank < last)
        tied = tuple(line for line in good if line.rank == last)
        if len(sure) + len(tied) == limit:
            return Cut(limit, sure + tied)
        return self.through_the_tie(rule, Cut(limit, sure, tied))

    def through_the_tie(self, rule: Advance, found: Cut) -> Cut:
        """Decide on the equals at the cut-off as the rules say."""
        tied = tuple(line.entry_id for line in found.tied)
        if rule.at_cutoff == "exclude_ties":
            return found
        if rule.at_cutoff == "include_ties":
            return replace(found, chosen=frozenset(tied))
        order = parted(tied, self.votes)
        if len(order) == 1:
            return replace(found, is_undecided=True)
        left = (found.room or 0) - len(found.sure)
        return replace(found, chosen=frozenset(one for (one,) in order[:left]))

    def figure(self, line: Line) -> Fraction | Decimal:
        """Return what is compared with the minimum."""
        return line.mean.exact if self.by_exact else line.score

    def grouped(self, table: Sequence[Line]) -> list[list[Line]]:
        """Sort lines into their groups, in the order of the table."""
        sorted_in: dict[str, list[Line]] = {}
        for line in table:
            sorted_in.setdefault(self.groups.get(line.entry_id, ""), []).append(line)
        return list(sorted_in.values())


def room(entries: int, rule: Advance) -> int | None:
    """Say how many of so many entries may go on; None for all."""
    limits = [] if rule.max_count is None else [rule.max_count]
    if rule.max_share is not None:
        limits.append(int(rule.max_share * entries))
    return min(limits, default=None)

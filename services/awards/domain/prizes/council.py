"""What the council decides beside the ranking, each with the minutes that record it.

Votes on equals, prizes left unawarded, and side prizes it names. Start with `Council`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from msgspec import structs

from contracts.rules import Prize, Rules
from contracts.rules.awarding import BY_COUNCIL
from contracts.rules.reckoning import COUNCIL_VOTE, Vote
from services.awards.domain.prizes.refusals import (
    MinutesMissing,
    MustBeAwarded,
    NoSuchPrize,
    NotTheTiedEntries,
    NoVoteForeseen,
    ReasonMissing,
    TooManyPrizes,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """Only so many of a prize are awarded, fewer than the rules have (để trống giải)."""

    prize: str
    count: int
    minutes: str
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """Entries the council names for a side prize."""

    prize: str
    entry_ids: tuple[str, ...]
    minutes: str
    reason: str


@dataclass(frozen=True, slots=True)
class Council:
    """The council's decisions; of two on one prize the later one holds."""

    votes: tuple[Vote, ...] = ()
    limits: tuple[Limit, ...] = ()
    named: tuple[Named, ...] = ()

    def settle(
        self, vote: Vote, ties: tuple[tuple[str, ...], ...], rules: Rules
    ) -> tuple[tuple[Vote, ...], tuple[tuple[str, ...], ...]]:
        """Add a vote on one of the ties; return the votes, and the ties that are left."""
        if COUNCIL_VOTE not in rules.tie_break:
            raise NoVoteForeseen
        if not vote.minutes.strip():
            raise MinutesMissing
        if not (settled := [tie for tie in ties if sorted(tie) == sorted(vote.order)]):
            raise NotTheTiedEntries(
                "The vote orders {order}; the ties are {ties}.",
                order=", ".join(vote.order) or "-",
                ties="; ".join(", ".join(tie) for tie in ties) or "-",
            )
        return (*self.votes, vote), tuple(tie for tie in ties if tie not in settled)

    def limit(self, limit: Limit, rules: Rules) -> Self:
        """Leave some of a prize unawarded, where the rules let the council."""
        prize = prize_of(limit.prize, rules)
        if not rules.awarding.may_leave_unawarded:
            raise MustBeAwarded
        if not 0 <= limit.count <= prize.count:
            raise TooManyPrizes(
                "There are {count} of {prize} in the rules.", count=prize.count, prize=prize.name
            )
        check_recorded(limit)
        kept = tuple(one for one in self.limits if one.prize != limit.prize)
        named = tuple(
            one
            for one in self.named
            if one.prize != limit.prize or len(set(one.entry_ids)) <= limit.count
        )
        return replace(self, limits=(*kept, limit), named=named)

    def name(self, named: Named, rules: Rules) -> Self:
        """Name the entries that get a side prize."""
        prize = prize_of(named.prize, rules)
        if prize.side_by != BY_COUNCIL:
            raise NoSuchPrize("{prize} is not a prize the council names.", prize=prize.name)
        if len(set(named.entry_ids)) > prize.count:
            raise TooManyPrizes(
                "There are {count} of {prize} in the rules.", count=prize.count, prize=prize.name
            )
        check_recorded(named)
        kept = tuple(one for one in self.named if one.prize != named.prize)
        limits = tuple(
            one
            for one in self.limits
            if one.prize != named.prize or len(set(named.entry_ids)) <= one.count
        )
        return replace(self, named=(*kept, named), limits=limits)

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """Return the entries named, by the prize's code."""
        return {one.prize: one.entry_ids for one in self.named}

    def left(self, prizes: tuple[Prize, ...]) -> tuple[Prize, ...]:
        """Return the prizes with as many of each as are to be awarded."""
        counts = {one.prize: one.count for one in self.limits}
        return tuple(
            structs.replace(one, count=min(one.count, counts.get(one.code, one.count)))
            for one in prizes
        )


def check_recorded(decision: Limit | Named) -> None:
    """Raise unless a decision names its minutes and its reason."""
    if not decision.minutes.strip():
        raise MinutesMissing
    if not decision.reason.strip():
        raise ReasonMissing


def prize_of(code: str, rules: Rules) -> Prize:
    """Return a prize by its code. Raises `NoSuchPrize`."""
    found = next((one for one in rules.prizes if one.code == code), None)
    if found is None:
        raise NoSuchPrize("The rules have no prize {prize}.", prize=code)
    return found


def authority_of(prize_code: str, rules: Rules) -> str:
    """Return the code of the authority that grants a prize."""
    return prize_of(prize_code, rules).authority

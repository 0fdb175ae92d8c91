"""How places become a prize list, and how that list is approved and published.

A prize goes to at most `count` entries that reach its minimum score, and may stay unawarded. A
tie that only a guess could break is never guessed: the list is not drawn up until the council
has voted. Start with `PrizeList`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal, Self
from unicodedata import normalize

from contracts.rules import Authority, Prize, Rules
from contracts.rules.reckoning import COUNCIL_VOTE, Place, Vote
from kernel.errors import Conflict, Refused

State = Literal["NONE", "TIED", "PROPOSED", "APPROVED", "PUBLISHED"]


class AlreadyPublished(Refused):
    """The results are published and can no longer be changed."""


class UnderApproval(Refused):
    """An authority has approved the list, so it cannot be drawn up again."""


class NoPrizesProposed(Refused):
    """There is no prize list yet; have the secretary propose one."""


class AlreadyApproved(Conflict):
    """This authority has approved its prizes already."""


class NothingToApprove(Refused):
    """This authority grants none of the prizes on the list."""


class ApprovalsMissing(Refused):
    """Not every authority has approved its prizes."""


class NotTheTiedEntries(Refused):
    """The vote must order exactly the entries of one tie."""


class MinutesMissing(Refused):
    """A vote needs the number of the minutes that record it."""


class NoVoteForeseen(Refused):
    """The rules name no council vote, so a vote cannot part entries; amend the rules."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that gets a prize."""

    entry_id: str
    prize: str
    score: Decimal
    rank: int


@dataclass(frozen=True, slots=True)
class Tied:
    """These groups of entries stand across the edge of a prize and nothing parts them."""

    ties: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The prizes are given, best first."""

    lines: tuple[Line, ...]


Outcome = Tied | Drawn


def allot(places: tuple[Place, ...], prizes: tuple[Prize, ...]) -> Outcome:
    """Give the prizes, best first, to the best placed who reach their minimum score."""
    given: dict[str, str] = {}
    waiting = sorted(places, key=lambda place: place.rank)
    for prize in prizes:
        winners = [place for place in waiting[: prize.count] if place.score >= prize.min_score]
        given |= {place.entry_id: prize.code for place in winners}
        waiting = waiting[len(winners) :]
    if ties := unfair_ties(places, given):
        return Tied(ties)
    winning = (place for place in places if place.entry_id in given)
    return Drawn(tuple(Line(p.entry_id, given[p.entry_id], p.score, p.rank) for p in winning))


def unfair_ties(
    places: tuple[Place, ...], given: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Find the equals who would not all get the same."""
    by_rank = groupby(places, key=lambda place: place.rank)
    groups = (tuple(place.entry_id for place in equals) for _, equals in by_rank)
    return tuple(group for group in groups if len({given.get(entry) for entry in group}) > 1)


@dataclass(frozen=True, slots=True)
class PrizeList:
    """The prize list of a contest and how far it has come.

    `lines` is None until the list is drawn up; `approved` are codes of authorities.
    """

    lines: tuple[Line, ...] | None = None
    ties: tuple[tuple[str, ...], ...] = ()
    votes: tuple[Vote, ...] = ()
    approved: tuple[str, ...] = ()
    published_at: datetime | None = None

    def state(self, rules: Rules) -> State:
        """Say how far the list has come."""
        if self.published_at:
            return "PUBLISHED"
        if self.lines is None:
            return "TIED" if self.ties else "NONE"
        return "PROPOSED" if self.awaited(rules) else "APPROVED"

    def awaited(self, rules: Rules) -> tuple[str, ...]:
        """Name the authorities whose prizes are on the list and not approved, in rules order."""
        granting = {authority_of(line.prize, rules) for line in self.lines or ()}
        waiting = granting.difference(self.approved)
        return tuple(each.code for each in rules.authorities if each.code in waiting)

    def propose(self, outcome: Outcome) -> Self:
        """Take what the ranking says; a list nobody has approved yet may be drawn up again."""
        self.require_open()
        if self.approved:
            raise UnderApproval
        match outcome:
            case Tied(ties):
                return replace(self, lines=None, ties=ties)
            case Drawn(lines):
                return replace(self, lines=lines, ties=())

    def resolve(self, vote: Vote, rules: Rules) -> Self:
        """Record the council's vote on one of the ties found."""
        self.require_open()
        if COUNCIL_VOTE not in rules.tie_break:
            raise NoVoteForeseen
        if not vote.minutes.strip():
            raise MinutesMissing
        if not (settled := [tie for tie in self.ties if sorted(tie) == sorted(vote.order)]):
            raise NotTheTiedEntries(
                "The vote orders {order}; the ties are {ties}.",
                order=", ".join(vote.order) or "-",
                ties="; ".join(", ".join(tie) for tie in self.ties) or "-",
            )
        left = tuple(tie for tie in self.ties if tie not in settled)
        return replace(self, ties=left, votes=(*self.votes, vote))

    def approve(self, authority: str, rules: Rules) -> Self:
        """Let an authority approve the prizes it grants, once."""
        self.require_open()
        if self.lines is None:
            raise NoPrizesProposed
        if authority in self.approved:
            raise AlreadyApproved
        if authority not in self.awaited(rules):
            raise NothingToApprove
        return replace(self, approved=(*self.approved, authority))

    def publish(self, now: datetime, rules: Rules) -> Self:
        """Make the list final."""
        self.require_open()
        if self.lines is None:
            raise NoPrizesProposed
        if awaited := self.awaited(rules):
            raise ApprovalsMissing(
                "Not approved yet by {authorities}; ask for it, then publish.",
                authorities=", ".join(awaited),
            )
        return replace(self, published_at=now)

    def without(self, entry_id: str) -> Self:
        """Drop an unpublished list that names an entry now out of the contest, votes apart.

        Nobody moves up in silence: the list has to be drawn up and approved anew.
        """
        named = entry_id in {line.entry_id for line in self.lines or ()}
        tied = any(entry_id in tie for tie in self.ties)
        if self.published_at or not (named or tied):
            return self
        return replace(self, lines=None, ties=(), approved=())

    def reopened(self) -> Self:
        """Drop an unpublished list with its votes, because the marks or the rules changed."""
        return self if self.published_at else type(self)()

    def require_open(self) -> None:
        """Raise `AlreadyPublished` once the list is final."""
        if self.published_at:
            raise AlreadyPublished


def authority_of(prize_code: str, rules: Rules) -> str:
    """Return the code of the authority that grants a prize."""
    return next(prize.authority for prize in rules.prizes if prize.code == prize_code)


@dataclass(frozen=True, slots=True)
class Batch:
    """The prizes that one decision covers: one authority, one form of commendation."""

    authority: Authority
    commendation: str
    lines: tuple[Line, ...]

    @property
    def body(self) -> str:
        """Name the issuing body, whose numbers form a series of their own, in one spelling."""
        names = (self.authority.parent, self.authority.issuer)
        return normalize("NFC", " / ".join(name for name in names if name)).upper()

    @property
    def series(self) -> tuple[str, str]:
        """Return what batches are sorted by wherever numbers are drawn."""
        return self.body, self.commendation


def batches(listed: PrizeList, rules: Rules) -> tuple[Batch, ...]:
    """Split the list by the decisions it takes, in the order of the rules."""
    prizes = {prize.code: prize for prize in rules.prizes}
    offices = {authority.code: authority for authority in rules.authorities}
    kinds = dict.fromkeys((prize.authority, prize.commendation) for prize in rules.prizes)
    split = (
        Batch(
            offices[code],
            commendation,
            tuple(
                line
                for line in listed.lines or ()
                if (prizes[line.prize].authority, prizes[line.prize].commendation)
                == (code, commendation)
            ),
        )
        for code, commendation in kinds
    )
    return tuple(batch for batch in split if batch.lines)

"""How the marks of all rounds become places.

Everything is an exact fraction until the final score is rounded, once, as the rules say; places
go by the rounded score, because two scores that print alike must not be told apart in public.
Start with `finalists` and `rank`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from contracts.rules import Rounding, Rules
from kernel.errors import Refused

COUNCIL_VOTE = "council_vote"


class RoundsStillOpen(Refused):
    """Prizes can be proposed once every round is closed."""


class MarksMissing(Refused):
    """An entry of the last round has no marks in a round that counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an entry came out of one round: exact means, of the total and of each criterion."""

    total: Fraction
    criteria: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that reached the last round, with its result in every round, by round id."""

    entry_id: str
    results: Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Vote:
    """The council's order of entries that the rules could not part, best first.

    `minutes` is the number of the minutes that record it.
    """

    order: tuple[str, ...]
    minutes: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry ends up. Entries nothing can part share a rank; the next rank is skipped."""

    entry_id: str
    score: Decimal
    rank: int


def finalists(
    results: Mapping[str, Mapping[str, Result]], out: Collection[str], rules: Rules
) -> tuple[Candidate, ...]:
    """Gather who is ranked: the entries of the last round that are still in the contest.

    `results` go by round id and entry id, closed rounds only. Raises `RoundsStillOpen`.
    """
    if awaited := [each.id for each in rules.rounds if each.id not in results]:
        raise RoundsStillOpen(
            "Not closed yet: {rounds}. Close every round, then propose the prizes.",
            rounds=", ".join(awaited),
        )
    return tuple(
        Candidate(entry, {id_: table[entry] for id_, table in results.items() if entry in table})
        for entry in results[rules.rounds[-1].id]
        if entry not in out
    )


def rank(
    candidates: Iterable[Candidate], rules: Rules, votes: tuple[Vote, ...] = ()
) -> tuple[Place, ...]:
    """Place every candidate, best first; the order of the input does not matter.

    Raises `MarksMissing` when a candidate lacks a round or criterion the rules refer to.
    """
    merits = {each.entry_id: merit(each, rules) for each in candidates}
    # The id only makes the listing repeatable: whoever is equal shares the rank all the same.
    ordered = sorted(sorted(merits), key=merits.__getitem__, reverse=True)
    places: list[Place] = []
    for _, equals in groupby(ordered, key=merits.__getitem__):
        first = len(places) + 1
        for offset, tied in enumerate(parted(tuple(equals), votes)):
            places += [Place(entry, merits[entry][0], first + offset) for entry in tied]
    return tuple(places)


def merit(candidate: Candidate, rules: Rules) -> tuple[Decimal, tuple[Fraction, ...]]:
    """Return what a candidate is compared by: the final score, then the tie-break chain."""
    chain = tuple(
        exact(candidate, *step.split(".", 1)) for step in rules.tie_break if step != COUNCIL_VOTE
    )
    return final_score(candidate, rules), chain


def final_score(candidate: Candidate, rules: Rules) -> Decimal:
    """Weigh the exact means of the rounds and round the sum once."""
    weighed = (
        Fraction(weight) * exact(candidate, round_id, "total")
        for round_id, weight in rules.weights.items()
    )
    return rounded(sum(weighed, Fraction(0)), rules.final_rounding)


def exact(candidate: Candidate, round_id: str, part: str) -> Fraction:
    """Return a candidate's exact mean: `total`, or a criterion, of a round."""
    result = candidate.results.get(round_id)
    means = {} if result is None else {**result.criteria, "total": result.total}
    if part not in means:
        raise MarksMissing(
            "Entry {entry} has no marks for {part} in round {round}; close that round with it.",
            entry=candidate.entry_id,
            part=part,
            round=round_id,
        )
    return means[part]


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """Round a mark, never negative, without a detour over an inexact decimal."""
    units, rest = divmod(value * 10**rounding.places, 1)
    half = Fraction(1, 2)
    up = rest > half or (rest == half and (rounding.mode == "half_up" or units % 2 == 1))
    return Decimal(units + up).scaleb(-rounding.places)


def parted(equals: tuple[str, ...], votes: tuple[Vote, ...]) -> tuple[tuple[str, ...], ...]:
    """Part equal entries by the latest vote on all of them, or leave them together.

    A vote still counts when one of those it ordered has left the contest since.
    """
    for vote in reversed(votes):
        if set(equals) <= set(vote.order):
            return tuple((entry,) for entry in vote.order if entry in equals)
    return (equals,)

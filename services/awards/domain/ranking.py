"""How the marks of all rounds become places.

Everything is an exact fraction until the final score is rounded, once, as the rules say; how
places follow from it, and ties are parted, is read in `contracts.rules.reckoning`, by review too.
Start with `finalists` and `rank`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from contracts.rules import Rules
from contracts.rules.reckoning import COUNCIL_VOTE, Merit, Place, Vote, placed, rounded
from kernel.errors import Refused


class RoundsStillOpen(Refused):
    """Prizes can be proposed once every round is closed."""


class MarksMissing(Refused):
    """An entry of the last round has no marks in a round that counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an entry came out of one round: exact means, of the total and of each criterion.

    `links` are what else the tie-break chain may name of a round, as far as the round told it.
    """

    total: Fraction
    criteria: Mapping[str, Fraction]
    links: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that reached the last round, with its result in every round, by round id."""

    entry_id: str
    results: Mapping[str, Result]


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

    The id only makes the listing repeatable: whoever is equal shares the rank all the same.
    Raises `MarksMissing` when a candidate lacks a round or criterion the rules refer to.
    """
    by_id = sorted(candidates, key=lambda each: each.entry_id)
    merits = {each.entry_id: merit(each, rules) for each in by_id}
    return tuple(placed(merits, rules.final_rounding, votes))


def merit(candidate: Candidate, rules: Rules) -> Merit:
    """Return what a candidate is compared by: the final score, then the tie-break chain."""
    chain = tuple(
        exact(candidate, *step.split(".", 1)) for step in rules.tie_break if step != COUNCIL_VOTE
    )
    return Merit(weighed(candidate, rules), chain)


def final_score(candidate: Candidate, rules: Rules) -> Decimal:
    """Weigh the exact means of the rounds and round the sum once."""
    return rounded(weighed(candidate, rules), rules.final_rounding)


def weighed(candidate: Candidate, rules: Rules) -> Fraction:
    """Weigh the exact means of the rounds, each brought to the final scale where there is one."""
    return sum(
        (
            factor(round_id, rules) * exact(candidate, round_id, "total")
            for round_id in rules.weights
        ),
        Fraction(0),
    )


def factor(round_id: str, rules: Rules) -> Fraction:
    """Return what a round's mean is multiplied by in the final score."""
    weight = Fraction(rules.weights[round_id])
    if rules.final_scale is None:
        return weight
    scale = next(one.scale for one in rules.rounds if one.id == round_id)
    return weight * Fraction(rules.final_scale) / Fraction(scale)


def exact(candidate: Candidate, round_id: str, part: str) -> Fraction:
    """Return a candidate's exact value: `total`, a criterion, or another link, of a round."""
    result = candidate.results.get(round_id)
    means = {} if result is None else {**result.criteria, **result.links, "total": result.total}
    if part not in means:
        raise MarksMissing(
            "Entry {entry} has no marks for {part} in round {round}; close that round with it.",
            entry=candidate.entry_id,
            part=part,
            round=round_id,
        )
    return means[part]

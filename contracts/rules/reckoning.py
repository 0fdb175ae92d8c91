"""How the numbers of the rules are read: rounding a score, and placing who is equal on it.

Every service that ranks by the rules reads them here, so that none reads them otherwise. Pure.
Start with `placed`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm

from contracts.rules.judging import Rounding

COUNCIL_VOTE = "council_vote"

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merit:
    """What an entry is compared by: its exact score, then the values of the tie-break chain."""

    score: Fraction
    chain: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """The council's order of entries that the rules could not part, best first.

    `minutes` is the number of the minutes that record it, `reason` what they say.
    """

    order: tuple[str, ...]
    minutes: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry ends up. Entries nothing can part share a rank; the next rank is skipped."""

    entry_id: str
    score: Decimal
    rank: int


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """Round an exact score once, halves up or to even, with no detour over an inexact decimal."""
    units, rest = divmod(value.numerator * 10**rounding.places, value.denominator)
    twice = 2 * rest - value.denominator
    is_up_at_half = rounding.mode == "half_up" or units % 2 == 1
    goes_up = twice > 0 or (twice == 0 and is_up_at_half)
    return Decimal(units + goes_up).scaleb(-rounding.places)


def placed(
    merits: Mapping[str, Merit], rounding: Rounding, votes: Sequence[Vote] = ()
) -> Iterator[Place]:
    """Place entries, best first.

    Equals by score are told apart by the chain, then by the latest vote on all of them. Who is
    equal still shares the rank; the exact score and the order given only order the listing.
    """
    scores = {entry: rounded(merit.score, rounding) for entry, merit in merits.items()}
    keys = comparable(merits, scores, rounding)
    exact = whole(merit.score for merit in merits.values())
    listing = {
        entry: (*key, score) for (entry, key), score in zip(keys.items(), exact, strict=True)
    }
    ordered = sorted(keys, key=listing.__getitem__, reverse=True)
    rank = 1
    for _, equals in groupby(ordered, key=keys.__getitem__):
        for tied in parted(tuple(equals), votes):
            yield from (Place(entry, scores[entry], rank) for entry in tied)
            rank += len(tied)


def comparable(
    merits: Mapping[str, Merit], scores: Mapping[str, Decimal], rounding: Rounding
) -> dict[str, Key]:
    """Return whole numbers that compare as the merits do, many times faster than fractions."""
    if rounding.rank_by == "exact":
        first = whole(merit.score for merit in merits.values())
    else:
        first = [int(scores[entry].scaleb(rounding.places)) for entry in merits]
    links = zip(*(merit.chain for merit in merits.values()), strict=True)
    return dict(zip(merits, zip(first, *map(whole, links), strict=True), strict=True))


def whole(values: Iterable[Fraction]) -> list[int]:
    """Bring fractions to their common denominator; return the numerators."""
    kept = list(values)
    common = lcm(*{value.denominator for value in kept})
    return [value.numerator * (common // value.denominator) for value in kept]


def parted(equals: tuple[str, ...], votes: Sequence[Vote]) -> tuple[tuple[str, ...], ...]:
    """Part equal entries by the latest vote on all of them, or leave them together.

    A vote still counts when one of those it ordered has left the contest since.
    """
    for vote in reversed(votes):
        if set(equals) <= set(vote.order):
            return tuple((entry,) for entry in vote.order if entry in equals)
    return (equals,)

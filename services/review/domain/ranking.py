"""How the results of a round become a table.

Ranks follow the rounded score, the figure that is published, unless the rules say otherwise: two
entries printed with the same score are equals to everybody who reads the list. Equals are parted
by the round's own chain and by votes of the council, or stay equals. Start with `rank`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from contracts.rules import Rounding
from contracts.rules.reckoning import COUNCIL_VOTE, Merit, Vote, placed, rounded
from kernel.errors import Refused
from services.review.domain.aggregation import Mean
from services.review.domain.panel import Settled

__all__ = ["Line", "Ties", "Values", "rank", "rounded", "values"]

Values = Mapping[str, Fraction]  # what a chain may name of one entry in one round


class LinkMissing(Refused):
    """The chain that parts equals names a round or criterion without marks; amend the rules."""


@dataclass(frozen=True, slots=True)
class Line:
    """How one entry came out. Equals share a rank, and the ranks after them stay empty.

    `highest` is the highest total of one judge; `firsts` counts judges who gave nobody more.
    """

    entry_id: str
    mean: Mean
    criteria: Mapping[str, Mean]
    score: Decimal
    rank: int
    advances: bool = False
    tied_at_cutoff: bool = False
    highest: Decimal = Decimal(0)
    firsts: int = 0


@dataclass(frozen=True, slots=True)
class Ties:
    """What parts equals in a round: its chain, what the chain looks at, and the votes taken.

    `highest` and `firsts` go by entry, see `Line`; `earlier` has the values of entries in earlier
    rounds, by round and entry.
    """

    round_id: str = ""
    chain: tuple[str, ...] = ()
    highest: Mapping[str, Decimal] = field(default_factory=dict)
    firsts: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    votes: tuple[Vote, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """Return the links that marks answer, in the order of the rules."""
        return tuple(link for link in self.chain if link != COUNCIL_VOTE)

    def merit(self, entry_id: str, settled: Settled) -> Merit:
        """Return what an entry is compared by."""
        return Merit(
            settled.mean.exact, tuple(self.value(link, entry_id, settled) for link in self.links)
        )

    def value(self, link: str, entry_id: str, settled: Settled) -> Fraction:
        """Return an entry's value at one link of the chain, `ROUND.WHAT`."""
        round_id, _, what = link.partition(".")
        if round_id != self.round_id:
            return looked_up(link, self.earlier.get(round_id, {}).get(entry_id, {}))
        if what in settled.criteria:
            return settled.criteria[what].exact
        own = {
            "total": settled.mean.exact,
            "highest": Fraction(self.highest.get(entry_id, Decimal(0))),
            "firsts": Fraction(self.firsts.get(entry_id, 0)),
        }
        return looked_up(link, own)


PLAIN = Ties()


def rank(
    results: Mapping[str, Settled], rounding: Rounding, ties: Ties = PLAIN
) -> tuple[Line, ...]:
    """Order entries, best first; of those that share a rank, equal means keep the order given."""
    merits = {entry_id: ties.merit(entry_id, settled) for entry_id, settled in results.items()}
    return tuple(
        Line(
            place.entry_id,
            results[place.entry_id].mean,
            results[place.entry_id].criteria,
            place.score,
            place.rank,
            highest=ties.highest.get(place.entry_id, Decimal(0)),
            firsts=ties.firsts.get(place.entry_id, 0),
        )
        for place in placed(merits, rounding, ties.votes)
    )


def values(mean: Mean, criteria: Mapping[str, Mean], highest: Decimal, firsts: int) -> Values:
    """Return what a chain may name of an entry: its means, highest total and first places."""
    return {
        **{code: one.exact for code, one in criteria.items()},
        "total": mean.exact,
        "highest": Fraction(highest),
        "firsts": Fraction(firsts),
    }


def looked_up(link: str, known: Values) -> Fraction:
    """Read one link of the chain off an entry's values in the round that it names."""
    what = link.partition(".")[2]
    if what not in known:
        raise LinkMissing("The chain names {link}, of which there are no marks.", link=link)
    return known[what]

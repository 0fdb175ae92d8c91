"""How a round's sheets become its table: aggregate, rank, cut off. Start with `conclude`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from contracts.rules import Round
from contracts.rules.reckoning import Vote
from services.review.domain.aggregation import firsts
from services.review.domain.cutoff import CutOff
from services.review.domain.panel import Panel
from services.review.domain.ranking import Line, Ties, Values, rank, values


@dataclass(frozen=True, slots=True)
class Beside:
    """What a table depends on beside the sheets.

    `earlier` has the values of entries in earlier rounds, `groups` their areas or classes, by
    which the rules may cut off; `severities` of judges are there where corrected scores count.
    """

    earlier: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    votes: tuple[Vote, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, Decimal] = field(default_factory=dict)


NOTHING = Beside()


def conclude(
    rules: Round, panels: Mapping[str, Panel], beside: Beside = NOTHING, *, is_last: bool = False
) -> tuple[Line, ...]:
    """Rank the entries of a round and, unless it is the last, mark who goes on."""
    results = {entry: panel.settled(beside.severities) for entry, panel in panels.items()}
    ties = ties_of(rules, panels, beside)
    ranked = rank(results, rules.rounding, ties)
    return ranked if is_last else cut_off(rules, beside).advance(ranked)


def cut_off(rules: Round, beside: Beside) -> CutOff:
    """Return how the round cuts off."""
    by_exact = rules.rounding.rank_by == "exact"
    return CutOff(rules.advance, beside.groups, beside.votes, by_exact)


def ties_of(rules: Round, panels: Mapping[str, Panel], beside: Beside = NOTHING) -> Ties:
    """Return what parts equals of the round."""
    totals = {entry: panel.totals() for entry, panel in panels.items()}
    highest = {entry: max(given.values()) for entry, given in totals.items()}
    return Ties(rules.id, rules.tie_break, highest, firsts(totals), beside.earlier, beside.votes)


def values_of(table: tuple[Line, ...]) -> dict[str, Values]:
    """Return what later rounds may name of each entry."""
    return {
        line.entry_id: values(line.mean, line.criteria, line.highest, line.firsts)
        for line in table
    }

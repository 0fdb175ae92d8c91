"""Why an entry is where it is, from the table of a round that is closed and the entry's sheets.

Start with `explain`; `words.told` says it in Vietnamese. Whoever has the explanation
alone can compute the score and the place again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from contracts import review
from contracts.rules import Round
from contracts.rules.reckoning import COUNCIL_VOTE
from services.review.domain.concluding import Beside, cut_off
from services.review.domain.cutoff import room
from services.review.domain.explaining.sheets import Given, sheet_facts
from services.review.domain.ranking import Line, Values, looked_up, values

__all__ = ["Given", "Told", "explain"]


Along = tuple[review.LinkValue, ...]  # an entry's values along the chain, in lowest terms


@dataclass(frozen=True)
class Told:
    """A round that is closed: its rules, its table, and the codes of its entries."""

    rules: Round
    table: tuple[Line, ...]
    codes: Mapping[str, str]
    beside: Beside
    is_last: bool

    @cached_property
    def lines(self) -> dict[str, Line]:
        """Return the lines of the table by entry."""
        return {line.entry_id: line for line in self.table}

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Return the links of the chain that marks answer."""
        return tuple(link for link in self.rules.tie_break if link != COUNCIL_VOTE)

    @cached_property
    def level(self) -> dict[Fraction, list[Line]]:
        """Return the entries that only the chain or a vote can part, by what ranks them first."""
        found: dict[Fraction, list[Line]] = {}
        for line in self.table:
            found.setdefault(self.figure(line), []).append(line)
        return found

    @cached_property
    def scores(self) -> tuple[review.ScoreCount, ...]:
        """Count the entries of the round by what ranks them, best first."""
        by_exact = self.rules.rounding.rank_by == "exact"
        return tuple(
            review.ScoreCount(
                score=lines[0].score, entries=len(lines), exact=str(figure) if by_exact else None
            )
            for figure, lines in sorted(self.level.items(), reverse=True)
        )

    @cached_property
    def cuts(self) -> dict[str, tuple[int, int | None, Decimal | None]]:
        """Return, by area or class, how many entries it has, its room, and who went on last."""
        cutting, found = cut_off(self.rules, self.beside), {}
        for own in cutting.grouped(self.table):
            group = self.beside.groups.get(own[0].entry_id, "")
            limit = None if cutting.rule is None else room(len(own), cutting.rule)
            last = min((one.score for one in own if one.advances), default=None)
            found[group] = (len(own), limit, last)
        return found

    def line(self, entry_id: str) -> Line | None:
        """Find an entry's line."""
        return self.lines.get(entry_id)

    @cached_property
    def known(self) -> dict[str, Along]:
        """Return what has been looked up along the chain so far, by entry."""
        return {}

    def along(self, line: Line) -> Along:
        """Return an entry's values along the chain, looked up once."""
        if line.entry_id not in self.known:
            own = values(line.mean, line.criteria, line.highest, line.firsts)
            self.known[line.entry_id] = tuple(
                review.LinkValue(
                    link=link, value=str(looked_up(link, self.round_of(link, line, own)))
                )
                for link in self.links
            )
        return self.known[line.entry_id]

    def round_of(self, link: str, line: Line, own: Values) -> Values:
        """Return an entry's values in the round that a link names."""
        round_id = link.partition(".")[0]
        if round_id == self.rules.id:
            return own
        return self.beside.earlier.get(round_id, {}).get(line.entry_id, {})

    def figure(self, line: Line) -> Fraction:
        """Return what ranks first of all: the printed score or the exact one."""
        by_exact = self.rules.rounding.rank_by == "exact"
        return line.mean.exact if by_exact else Fraction(line.score)


def explain(told: Told, line: Line, given: Sequence[Given]) -> review.RoundExplained:
    """Gather all that an entry's score and place in a round rest on."""
    rules = told.rules
    severities = told.beside.severities
    votes = [vote for vote in told.beside.votes if line.entry_id in vote.order]
    return review.RoundExplained(
        round_id=rules.id,
        name=rules.name,
        scale=rules.scale,
        aggregate=rules.aggregate,
        rounding=rules.rounding,
        rubric=tuple(
            review.CriterionFacts(
                code=one.code,
                name=one.name,
                max=one.max,
                weight=one.weight,
                mean=average(line.criteria[one.code].total, line.criteria[one.code].count),
            )
            for one in rules.rubric
        ),
        sheets=sheet_facts(given, rules, severities),
        corrected=bool(severities),
        average=average(line.mean.total, line.mean.count),
        exact=str(line.mean.exact),
        score=line.score,
        rank=line.rank,
        entries=len(told.table),
        scores=told.scores,
        chain=rules.tie_break,
        values=told.along(line),
        equals=equals(told, line),
        votes=tuple(
            review.VoteFacts(
                order=tuple(told.codes.get(one, one) for one in vote.order),
                minutes=vote.minutes,
                reason=vote.reason,
            )
            for vote in votes
        ),
        cut=None if told.is_last else cut(told, line),
    )


def average(total: Decimal, count: int) -> review.Average:
    """Say a mean in the words of the contract."""
    return review.Average(total=total, count=count)


def equals(told: Told, line: Line) -> tuple[review.Equal, ...]:
    """Say of each entry with the same score what parted it from this one, if anything did."""
    own = told.along(line)
    rivals = [one for one in told.level[told.figure(line)] if one.entry_id != line.entry_id]
    return tuple(
        review.Equal(
            code=told.codes[one.entry_id],
            outcome=outcome(line, one),
            by=None if one.rank == line.rank else parted_by(own, values),
            values=values,
        )
        for one, values in ((rival, told.along(rival)) for rival in rivals)
    )


def outcome(line: Line, other: Line) -> Literal["AHEAD", "BEHIND", "EQUAL"]:
    """Say where the other entry stands, seen from this one."""
    if other.rank == line.rank:
        return "EQUAL"
    return "AHEAD" if other.rank < line.rank else "BEHIND"


def parted_by(own: Along, others: Along) -> str:
    """Name the first link at which two entries differ; where none does the council parted them."""
    for one, other in zip(own, others, strict=True):
        if one.value != other.value:
            return one.link
    return COUNCIL_VOTE


def cut(told: Told, line: Line) -> review.CutFacts | None:
    """Say what was needed to go on, and how far the entry was from it."""
    rule = told.rules.advance
    if rule is None:
        return None
    group = told.beside.groups.get(line.entry_id, "")
    entries, limit, last = told.cuts[group]
    bar = rule.min_score if last is None else max(rule.min_score, last)
    return review.CutFacts(
        rule=rule,
        group=group,
        entries=entries,
        room=limit,
        last=last,
        missing=Decimal(0) if line.advances else max(Decimal(0), bar - line.score),
        advances=line.advances,
        tied_at_cutoff=line.tied_at_cutoff,
    )

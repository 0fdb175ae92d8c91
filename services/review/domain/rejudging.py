"""An entry judged again after a petition: by others, for what is in question (chấm phúc khảo).

What is not in question keeps the means of the first judges. Where those who judge again stand too
far apart, the round's own rule counts for them too. Start with `Rejudging`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from math import lcm
from typing import Literal, Self

from msgspec import structs

from contracts.review import Average, RoundLine
from contracts.rules import Round
from contracts.rules.reckoning import rounded
from kernel.errors import Forbidden, Refused
from services.review.domain.aggregation import Mean, aggregate
from services.review.domain.panel import furthest
from services.review.domain.sheets import check_sheet, points, weighed


class JudgedBefore(Refused):
    """Who judged an entry before does not judge it again."""


class InConflict(Refused):
    """These persons are in conflict with the entry."""


class WrongNumber(Refused):
    """The number of judges is not that of the rules."""


class DecisionMissing(Refused):
    """Name the decision by which these judges are appointed."""


class NotYourRejudging(Forbidden):
    """You do not judge this entry again, or have given your sheet already."""


class RejudgingOver(Refused):
    """The entry has been judged again already."""


class WordsMissing(Refused):
    """A sheet of a re-judging needs its reasons."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What one of those who judge again has given."""

    judge_id: str
    marks: Mapping[str, Decimal]
    comment: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Rejudging:
    """One entry, one round, what is in question; no criteria: the whole sheet.

    `asked` are those sent to look again, once. One who did has two sheets; the newest counts.
    `short` says that one judge more is wanted, `called` who that is.
    """

    petition_id: str
    contest_id: str
    round_id: str
    entry_id: str
    criteria: tuple[str, ...]
    minutes: str
    judge_ids: tuple[str, ...] = ()
    decision: str = ""
    sheets: tuple[NewSheet, ...] = ()
    asked: tuple[str, ...] = ()
    short: bool = False
    called: str = ""

    @property
    def newest(self) -> dict[str, NewSheet]:
        """Return the sheets that count, by judge."""
        return {sheet.judge_id: sheet for sheet in self.sheets}

    @property
    def awaited(self) -> frozenset[str]:
        """Name who is still to give a sheet, the first or that of a second look."""
        given = [sheet.judge_id for sheet in self.sheets]
        return frozenset(
            judge for judge in self.judge_ids if given.count(judge) < 1 + (judge in self.asked)
        )

    @property
    def state(self) -> Literal["ORDERED", "SEATED", "CLOSED"]:
        """Say how far it has come."""
        if not self.judge_ids:
            return "ORDERED"
        return "SEATED" if self.awaited or self.short else "CLOSED"

    def is_beside(self, other: Self) -> bool:
        """Say whether another petition has the same entry judged again in the same round."""
        own, others = ((one.entry_id, one.round_id) for one in (self, other))
        return own == others and self.petition_id != other.petition_id

    def scoped(self, rules: Round) -> Round:
        """Return the round with what is in question as its rubric."""
        rubric = tuple(one for one in rules.rubric if one.code in self.criteria)
        return structs.replace(rules, rubric=rubric) if self.criteria else rules

    def seat(
        self,
        judge_ids: tuple[str, ...],
        decision: str,
        seats: int,
        barred: Collection[str],
        kept_away: Collection[str],
    ) -> Self:
        """Name the judges, until the first of them has marked; then one more, if one is wanted."""
        if self.sheets:
            return self.call(judge_ids, decision, (*barred, *self.judge_ids), kept_away)
        named = self.named(judge_ids, decision, seats, barred, kept_away)
        return replace(self, judge_ids=named, decision=decision.strip())

    def call(
        self,
        judge_ids: tuple[str, ...],
        decision: str,
        barred: Collection[str],
        kept_away: Collection[str],
    ) -> Self:
        """Name one judge more. Raises `RejudgingOver` where none is wanted."""
        if not self.short:
            raise RejudgingOver
        (one,) = self.named(judge_ids, decision, 1, barred, kept_away)
        both = f"{self.decision}; {decision.strip()}"
        seated = (*self.judge_ids, one)
        return replace(self, judge_ids=seated, called=one, short=False, decision=both)

    def named(
        self,
        judge_ids: tuple[str, ...],
        decision: str,
        seats: int,
        barred: Collection[str],
        kept_away: Collection[str],
    ) -> tuple[str, ...]:
        """Return who is named, if they may judge again."""
        if not decision.strip():
            raise DecisionMissing
        named = tuple(dict.fromkeys(judge_ids))
        if len(named) != seats:
            raise WrongNumber("{seats} judges are needed; {named} are named.", seats=seats,
                              named=len(named))  # fmt: skip
        if again := [one for one in named if one in barred]:
            raise JudgedBefore(
                "{judges} judged this entry before; name others.", judges=", ".join(again)
            )
        if near := [one for one in named if one in kept_away]:
            raise InConflict(
                "{judges} are kept from this entry by a conflict; name others.",
                judges=", ".join(near),
            )
        return named

    def take(self, sheet: NewSheet, rules: Round) -> Self:
        """Take a judge's sheet, once, for what is in question and nothing else.

        With the last one it shows whether they stand too far apart.
        """
        if sheet.judge_id not in self.awaited:
            raise NotYourRejudging
        if not sheet.comment.strip():
            raise WordsMissing
        scoped = self.scoped(rules)
        words = {one.code: sheet.comment for one in scoped.rubric}
        check_sheet(scoped, sheet.marks, words, sheet.comment)
        taken = replace(self, sheets=(*self.sheets, sheet))
        return taken if taken.awaited else taken.weigh(rules)

    def weigh(self, rules: Round) -> Self:
        """Do what the rules do about too wide a spread, unless that was done already."""
        rule = rules.divergence
        if rule is None or self.called or self.spread(rules) <= rule.threshold:
            return self
        if rule.then in ("third_judge", "whole_panel") and not self.asked:
            return replace(self, short=True)
        ends, _ = furthest(self.totals(rules), rule.measure)
        wanted = frozenset(self.judge_ids) if rule.then == "discuss" else ends
        if rule.then == "discuss" and self.asked:
            return self
        return replace(self, asked=(*self.asked, *sorted(wanted - frozenset(self.asked))))

    def totals(self, rules: Round) -> dict[str, Decimal]:
        """Return what each gave for what is in question, criteria weighed."""
        rubric = self.scoped(rules).rubric
        return {judge: weighed(rubric, sheet.marks) for judge, sheet in self.newest.items()}

    def spread(self, rules: Round) -> Decimal:
        """Return how far apart they stand, in points of their totals, by the rules' measure."""
        measure = rules.divergence.measure if rules.divergence else ""
        return furthest(self.totals(rules), measure)[1]

    def line(self, before: RoundLine, rules: Round) -> RoundLine:
        """Return the entry's line of the table with the new marks in it."""
        if not self.criteria:
            return self.whole_line(before, rules)
        fresh = {
            one.code: aggregate([points(one, sheet.marks) for sheet in self.newest.values()])
            for one in self.scoped(rules).rubric
        }
        means = {code: Mean(one.total, one.count) for code, one in before.criteria.items()} | fresh
        count = lcm(*(one.count for one in means.values()))
        total = sum(
            (
                line.weight * means[line.code].total * (count // means[line.code].count)
                for line in rules.rubric
                if line.code in means
            ),
            Decimal(0),
        )
        return changed(before, Mean(total, count), means, before.highest, rules)

    def whole_line(self, before: RoundLine, rules: Round) -> RoundLine:
        """Return the line where the whole sheet was marked again, by the round's own mean."""
        totals = list(self.totals(rules).values())
        means = {
            one.code: aggregate(
                [points(one, sheet.marks) for sheet in self.newest.values()], rules.aggregate
            )
            for one in rules.rubric
            if not one.comment_only
        }
        return changed(before, aggregate(totals, rules.aggregate), means, max(totals), rules)


def changed(
    before: RoundLine, mean: Mean, means: Mapping[str, Mean], highest: Decimal | None, rules: Round
) -> RoundLine:
    """Put new means into a line of the table."""
    return structs.replace(
        before,
        average=Average(total=mean.total, count=mean.count),
        criteria={code: Average(total=one.total, count=one.count) for code, one in means.items()},
        score=rounded(mean.exact, rules.rounding),
        highest=highest,
    )

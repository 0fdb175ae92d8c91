"""An entry judged again after a petition: by others, for what is in question (chấm phúc khảo).

What is not in question keeps the means of the first judges. Start with `Rejudging`.
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
    """One entry, one round, what is in question; no criteria: the whole sheet."""

    petition_id: str
    contest_id: str
    round_id: str
    entry_id: str
    criteria: tuple[str, ...]
    minutes: str
    judge_ids: tuple[str, ...] = ()
    decision: str = ""
    sheets: tuple[NewSheet, ...] = ()

    @property
    def state(self) -> Literal["ORDERED", "SEATED", "CLOSED"]:
        """Say how far it has come."""
        if not self.judge_ids:
            return "ORDERED"
        return "CLOSED" if len(self.sheets) == len(self.judge_ids) else "SEATED"

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
        """Name the judges, until the first of them has marked."""
        if self.sheets:
            raise RejudgingOver
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
        return replace(self, judge_ids=named, decision=decision.strip())

    def take(self, sheet: NewSheet, rules: Round) -> Self:
        """Take a judge's sheet, once, for what is in question and nothing else."""
        given = {one.judge_id for one in self.sheets}
        if sheet.judge_id not in self.judge_ids or sheet.judge_id in given:
            raise NotYourRejudging
        if not sheet.comment.strip():
            raise WordsMissing
        scoped = self.scoped(rules)
        words = {one.code: sheet.comment for one in scoped.rubric}
        check_sheet(scoped, sheet.marks, words, sheet.comment)
        return replace(self, sheets=(*self.sheets, sheet))

    def line(self, before: RoundLine, rules: Round) -> RoundLine:
        """Return the entry's line of the table with the new marks in it."""
        if not self.criteria:
            return self.whole_line(before, rules)
        fresh = {
            one.code: aggregate([points(one, sheet.marks) for sheet in self.sheets])
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
        totals = [weighed(rules.rubric, sheet.marks) for sheet in self.sheets]
        means = {
            one.code: aggregate(
                [points(one, sheet.marks) for sheet in self.sheets], rules.aggregate
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

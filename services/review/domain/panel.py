"""How the sheets of an entry's judges become one result.

Read `Panel` first. It takes sheets one by one and says what happens next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from contracts.rules import Criterion, Round
from kernel.errors import Forbidden, Refused
from services.review.domain.aggregation import Mean, aggregate, weighed


class NotYourEntry(Forbidden):
    """No entry with this code is yours to mark."""


class SheetAlreadyGiven(Refused):
    """You have given your sheet; a new one is taken only while a second look is asked for."""


class SheetIncomplete(Refused):
    """A sheet marks every criterion of the rubric."""


class UnknownCriterion(Refused):
    """The rubric has no such criterion."""


class MarkOutOfScale(Refused):
    """A mark lies between 0 and the most its criterion is worth."""


class MarkOffStep(Refused):
    """A mark is a whole number of steps."""


NO_SEVERITIES: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judge's marks for one entry, as they stand for ever. `version` counts from 1."""

    judge_id: str
    version: int
    marks: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """Add up the points."""
        return sum(self.marks.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Sheets of these judges are still to come."""

    judges: frozenset[str]


@dataclass(frozen=True, slots=True)
class LookAgain:
    """These judges hold the two ends of a spread that the rules find too wide."""

    judges: frozenset[str]
    spread: Decimal


@dataclass(frozen=True, slots=True)
class Settled:
    """All judges agree, or have agreed to differ."""

    mean: Mean
    criteria: Mapping[str, Mean]


Verdict = Waiting | LookAgain | Settled


@dataclass(frozen=True, slots=True)
class Panel:
    """The judges of one entry, their newest sheets and whom the panel asked to look again."""

    rules: Round
    judge_ids: frozenset[str]
    sheets: Mapping[str, Sheet]
    asked: frozenset[str] = frozenset()

    def take(self, judge_id: str, marks: Mapping[str, Decimal]) -> tuple[Self, Sheet, Verdict]:
        """Return the panel with this sheet on it, the sheet, and the panel's verdict."""
        if judge_id not in self.judge_ids:
            raise NotYourEntry
        if judge_id not in self.awaited():
            raise SheetAlreadyGiven
        check_marks(self.rules, marks)
        earlier = self.sheets.get(judge_id)
        sheet = Sheet(judge_id, earlier.version + 1 if earlier else 1, dict(marks))
        panel, verdict = replace(self, sheets={**self.sheets, judge_id: sheet}).weigh()
        return panel, sheet, verdict

    def replace_judge(self, leaving: str, substitute: str | None) -> Self:
        """Return the panel without a judge and their sheet, and with who steps in."""
        return replace(
            self,
            judge_ids=self.judge_ids - {leaving} | ({substitute} if substitute else set()),
            sheets={judge: sheet for judge, sheet in self.sheets.items() if judge != leaving},
            asked=self.asked - {leaving},
        )

    def weigh(self) -> tuple[Self, Verdict]:
        """Return what happens next, and the panel that remembers whom it asked."""
        verdict = self.verdict()
        if isinstance(verdict, LookAgain):
            return replace(self, asked=self.asked | verdict.judges), verdict
        return self, verdict

    def given(self) -> int:
        """Count the sheets given, second ones too."""
        return sum(sheet.version for sheet in self.sheets.values())

    def awaited(self) -> frozenset[str]:
        """Name the judges whose sheet is still to come, the first or the one after a second look.

        A judge who looked twice is never awaited again: the second sheet is final.
        """
        return frozenset(
            judge for judge in self.judge_ids if self.versions(judge) < self.due(judge)
        )

    def versions(self, judge_id: str) -> int:
        """Count the sheets a judge has given."""
        sheet = self.sheets.get(judge_id)
        return sheet.version if sheet else 0

    def due(self, judge_id: str) -> int:
        """Count the sheets a judge has been asked for."""
        return 2 if judge_id in self.asked else 1

    def verdict(self) -> Verdict:
        """Say what happens next to the entry."""
        if awaited := self.awaited():
            return Waiting(awaited)
        far_apart = self.far_apart()
        return self.settled() if far_apart is None else far_apart

    def far_apart(self) -> LookAgain | None:
        """Name the judges at either end of too wide a spread who have looked only once."""
        totals = self.totals()
        low, high = min(totals.values()), max(totals.values())
        if self.rules.divergence is None or high - low <= self.rules.divergence.threshold:
            return None
        ends = {judge for judge, total in totals.items() if total in (low, high)}
        once = frozenset(ends - self.asked)
        return LookAgain(once, high - low) if once else None

    def totals(self) -> dict[str, Decimal]:
        """Return what each judge gave in all, criteria weighed as the rules say."""
        rubric = self.rules.rubric
        return {judge: weighed(rubric, sheet.marks) for judge, sheet in self.counting().items()}

    def counting(self) -> dict[str, Sheet]:
        """Return the newest sheets of the judges who are on the panel, by judge."""
        return {judge: self.sheets[judge] for judge in self.judge_ids if judge in self.sheets}

    def settled(self, severities: Mapping[str, Decimal] = NO_SEVERITIES) -> Settled:
        """Aggregate the newest sheets, exactly, as a whole and by criterion.

        `severities` are taken off the totals of judges where the corrected scores count.
        """
        sheets, rule = self.counting().values(), self.rules.aggregate
        totals = self.totals()
        corrected = (total - severities.get(judge, 0) for judge, total in totals.items())
        criteria = {
            line.code: aggregate((sheet.marks[line.code] for sheet in sheets), rule)
            for line in self.rules.rubric
        }
        return Settled(aggregate(corrected, rule), criteria)


def check_marks(rules: Round, marks: Mapping[str, Decimal]) -> None:
    """Raise the first thing wrong with a sheet."""
    codes = [criterion.code for criterion in rules.rubric]
    if unknown := sorted(set(marks) - set(codes)):
        raise UnknownCriterion(
            "Not in the rubric of this round: {criteria}.", criteria=", ".join(unknown)
        )
    if missing := [code for code in codes if code not in marks]:
        raise SheetIncomplete("Still to be marked: {criteria}.", criteria=", ".join(missing))
    for criterion in rules.rubric:
        check_mark(criterion, rules.step, marks[criterion.code])


def check_mark(criterion: Criterion, step: Decimal, mark: Decimal) -> None:
    """Raise unless a mark is on the scale and on a step."""
    if not mark.is_finite() or not 0 <= mark <= criterion.max:
        raise MarkOutOfScale(
            "“{criterion}” takes marks from 0 to {max}; {mark} is outside.",
            criterion=criterion.name,
            max=criterion.max,
            mark=mark,
        )
    if mark % step != 0:
        raise MarkOffStep(
            "“{criterion}” is marked in steps of {step}; {mark} is between two steps.",
            criterion=criterion.name,
            step=step,
            mark=mark,
        )

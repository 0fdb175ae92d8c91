"""How the sheets of an entry's judges become one result.

Read `Panel` first. It takes sheets one by one and says what happens next.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from contracts.rules import Round
from kernel.errors import Conflict, Forbidden, Refused
from services.review.domain.aggregation import Mean, aggregate
from services.review.domain.sheets import check_sheet, points, weighed


class NotYourEntry(Forbidden):
    """No entry with this code is yours to mark."""


class SheetAlreadyGiven(Refused):
    """You have given your sheet; a new one is taken only while a second look is asked for."""


class SheetOvertaken(Conflict):
    """Your sheet was given elsewhere meanwhile."""


def check_newest(newest: int, based_on: int | None) -> None:
    """Raise if a judge whose newest version this is had another before them."""
    if based_on is not None and based_on != newest:
        raise SheetOvertaken(
            "You gave version {newest} of this sheet elsewhere meanwhile; look at it first.",
            newest=newest,
        )


NO_SEVERITIES: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judge's marks for one entry, as they stand for ever. `version` counts from 1."""

    judge_id: str
    version: int
    marks: Mapping[str, Decimal]


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


@dataclass(frozen=True, slots=True)
class CallOthers:
    """The rules want another judge's sheet, or everybody's who is free to mark the entry."""

    everybody: bool
    spread: Decimal


Verdict = Waiting | LookAgain | CallOthers | Settled


@dataclass(frozen=True, slots=True)
class Panel:
    """The judges of one entry, their newest sheets, who was asked to look again and who has.

    `called` are judges whom the rules added because the others stood too far apart.
    """

    rules: Round
    judge_ids: frozenset[str]
    sheets: Mapping[str, Sheet]
    asked: frozenset[str] = frozenset()
    looked: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()

    def take(
        self,
        judge_id: str,
        marks: Mapping[str, Decimal],
        comments: Mapping[str, str] | None = None,
        comment: str = "",
    ) -> tuple[Self, Sheet, Verdict]:
        """Return the panel with this sheet on it, the sheet, and the panel's verdict."""
        if judge_id not in self.judge_ids:
            raise NotYourEntry
        if judge_id not in self.awaited():
            raise SheetAlreadyGiven
        check_sheet(self.rules, marks, comments or {}, comment)
        earlier = self.sheets.get(judge_id)
        sheet = Sheet(judge_id, earlier.version + 1 if earlier else 1, dict(marks))
        looked = self.looked | ({judge_id} & self.asked)
        given = replace(self, sheets={**self.sheets, judge_id: sheet}, looked=looked)
        panel, verdict = given.weigh()
        return panel, sheet, verdict

    def replace_judge(self, leaving: str, substitute: str | None) -> Self:
        """Return the panel without a judge and their sheet, and with who steps in."""
        return replace(
            self,
            judge_ids=self.judge_ids - {leaving} | ({substitute} if substitute else set()),
            sheets={judge: sheet for judge, sheet in self.sheets.items() if judge != leaving},
            asked=self.asked - {leaving},
            looked=self.looked - {leaving},
        )

    def weigh(self) -> tuple[Self, Verdict]:
        """Return what happens next, and the panel that remembers whom it asked."""
        verdict = self.verdict()
        if isinstance(verdict, LookAgain):
            return replace(self, asked=self.asked | verdict.judges), verdict
        return self, verdict

    def given(self) -> int:
        """Count the sheets given: one of each judge, and one more for a second look."""
        return len(self.sheets) + len(self.looked)

    def awaited(self) -> frozenset[str]:
        """Name the judges whose sheet is still to come, the first or the one after a second look.

        A judge who looked twice is never awaited again: the second sheet is final.
        """
        return (self.judge_ids - self.sheets.keys()) | (self.asked - self.looked)

    def verdict(self) -> Verdict:
        """Say what happens next to the entry."""
        if awaited := self.awaited():
            return Waiting(awaited)
        verdict = self.far_apart()
        return self.settled() if verdict is None else verdict

    def far_apart(self) -> LookAgain | CallOthers | None:
        """Say what the rules do about too wide a spread, unless that was done already."""
        rule = self.rules.divergence
        totals = self.totals()
        ends, spread = furthest(totals, rule.measure if rule else "range")
        if rule is None or spread <= rule.threshold or self.called:
            return None
        if rule.then in ("third_judge", "whole_panel") and not self.asked:
            return CallOthers(everybody=rule.then == "whole_panel", spread=spread)
        wanted = self.judge_ids if rule.then == "discuss" else ends
        if rule.then == "discuss" and self.asked:
            return None
        once = frozenset(wanted - self.asked)
        return LookAgain(once, spread) if once else None

    def confirm(self) -> tuple[Self, Verdict]:
        """Return the panel whose discussion is over: who has not amended keeps their sheet."""
        return replace(self, looked=self.looked | self.asked).weigh()

    def as_it_is(self) -> Self:
        """Return the panel whose sheets stand, whoever was to look again or to be called."""
        given = frozenset(self.counting())
        return replace(self, asked=given, looked=given)

    def call(self, judges: Collection[str]) -> Self:
        """Return the panel with other judges on it; with none to be had, the ends look again."""
        if judges:
            called = frozenset(judges)
            return replace(self, judge_ids=self.judge_ids | called, called=called)
        totals = self.totals()
        measure = self.rules.divergence.measure if self.rules.divergence else "range"
        return replace(self, asked=self.asked | furthest(totals, measure)[0])

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
            line.code: aggregate((points(line, sheet.marks) for sheet in sheets), rule)
            for line in self.rules.rubric
        }
        return Settled(aggregate(corrected, rule), criteria)


def furthest(totals: Mapping[str, Decimal], measure: str) -> tuple[frozenset[str], Decimal]:
    """Name those who stand furthest apart, and by how much: as a range, or from the median."""
    ranked = sorted(totals.values())
    if measure == "median":
        middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2
        distances = {judge: abs(total - middle) for judge, total in totals.items()}
        most = max(distances.values())
        return frozenset(judge for judge, far in distances.items() if far == most), most
    ends = (ranked[0], ranked[-1])
    return frozenset(j for j, total in totals.items() if total in ends), ranked[-1] - ranked[0]

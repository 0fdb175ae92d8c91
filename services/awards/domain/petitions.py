"""Petitions and complaints about results: who may, until when, and what comes of them.

Two kinds with two clocks: a petition goes by the window of the contest's rules, a complaint by
the Law on Complaints. Steps are only ever added. Start with `Petition`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

from contracts.rules import Rules
from kernel.errors import Refused
from services.awards.domain.figures import ComplaintClocks

Kind = Literal["PETITION", "COMPLAINT"]
State = Literal[
    "FILED", "ACCEPTED", "REFUSED", "REJUDGING", "REJUDGED", "UPHELD", "DISMISSED", "WITHDRAWN"
]
OVER: frozenset[State] = frozenset({"REFUSED", "UPHELD", "DISMISSED", "WITHDRAWN"})
SATURDAY = 5


class PetitionsNotForeseen(Refused):
    """The rules of this contest give no window for petitions; file a complaint instead."""


class PetitionLate(Refused):
    """The time to dispute the results is over."""


class PetitionOpen(Refused):
    """A petition about this entry is still open."""


class GroundsMissing(Refused):
    """Say what is wrong with the result, and why."""


class NotThisStep(Refused):
    """This petition does not stand where that step is possible."""


class AnswerMissing(Refused):
    """An answer needs its number and what it says."""


class NoSuchScope(Refused):
    """The rules have no such round or criterion to judge again."""


class ScopeTooNarrow(Refused):
    """Where means are trimmed, the whole sheet is judged again; name no criteria."""


class CannotRejudge(Refused):
    """Where severity is corrected, new marks of few judges cannot be compared with the others."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which state it led to, by whom, when, and its reason or number."""

    state: State
    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Petition:
    """A dispute about the result of one entry. `decided_at` is when the result became known."""

    petition_id: str
    contest_id: str
    entry_id: str
    kind: Kind
    grounds: str
    filed_by: str
    decided_at: datetime
    steps: tuple[Step, ...]
    is_complex: bool = False
    round_id: str | None = None
    criteria: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Return where it stands."""
        return self.steps[-1].state

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be answered."""
        return self.state not in OVER

    def then(self, step: Step, *after: State) -> Self:
        """Add a step that is possible after some states only. Raises `NotThisStep`."""
        if self.state not in after:
            raise NotThisStep
        return replace(self, steps=(*self.steps, step))

    def accept(self, step: Step, *, is_complex: bool) -> Self:
        """Take it up."""
        return replace(self.then(step, "FILED"), is_complex=is_complex)

    def refuse(self, step: Step) -> Self:
        """Refuse to take it up, with the reason."""
        if not step.note.strip():
            raise AnswerMissing
        return self.then(step, "FILED")

    def rejudge(self, step: Step, rules: Rules, round_id: str, criteria: tuple[str, ...]) -> Self:
        """Have one round judged again, wholly or by some criteria."""
        if not step.note.strip():
            raise AnswerMissing
        round_ = next((one for one in rules.rounds if one.id == round_id), None)
        known = {line.code for line in round_.rubric if not line.comment_only} if round_ else set()
        if round_ is None or not set(criteria) <= known:
            raise NoSuchScope
        if criteria and round_.aggregate.method != "mean":
            raise ScopeTooNarrow
        if round_.calibration.counts:
            raise CannotRejudge
        moved = self.then(step, "ACCEPTED", "REJUDGING", "REJUDGED")
        return replace(moved, round_id=round_id, criteria=tuple(dict.fromkeys(criteria)))

    def decide(self, step: Step) -> Self:
        """Answer it, upheld or dismissed; one being judged again waits for the marks."""
        if not step.note.strip():
            raise AnswerMissing
        return self.then(step, "ACCEPTED", "REJUDGED")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a contest: its zone, days off and days made up."""

    zone: ZoneInfo
    days_off: frozenset[date]
    made_up: frozenset[date]

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Read it off the rules."""
        return cls(
            ZoneInfo(rules.timezone),
            frozenset(one.day for one in rules.holidays if one.type == 0),
            frozenset(one.day for one in rules.holidays if one.type == 1),
        )

    def is_worked(self, day: date) -> bool:
        """Say whether offices work on this day."""
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.days_off)

    def after(self, start: datetime, days: int, *, working: bool) -> datetime:
        """Return the end of a term: 24:00 of its last day, in UTC.

        The first day is not counted, and a term never ends on a day off (Bộ luật Dân sự 2015,
        Điều 147 and 148).
        """
        day, left = start.astimezone(self.zone).date(), days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_worked(day) if working else 1
        while not self.is_worked(day):
            day += timedelta(days=1)
        return datetime.combine(day + timedelta(days=1), time(), self.zone).astimezone(UTC)


def file_by(kind: Kind, decided_at: datetime, rules: Rules, law: ComplaintClocks) -> datetime:
    """Return when the time to dispute a result ends. Raises `PetitionsNotForeseen`."""
    calendar = Calendar.of(rules)
    if kind == "COMPLAINT":
        return calendar.after(decided_at, law.file_days, working=False)
    if rules.petitions is None:
        raise PetitionsNotForeseen
    working = rules.petitions.unit == "working_day"
    return calendar.after(decided_at, rules.petitions.days, working=working)


def file(petition: Petition, others: tuple[Petition, ...], by: datetime) -> Petition:
    """Check a petition when it comes in. Raises `PetitionLate`, `PetitionOpen`."""
    if not petition.grounds.strip():
        raise GroundsMissing
    if petition.steps[0].at >= by:
        raise PetitionLate("The time to dispute the results ended at {end}.", end=by)
    if any(other.is_open and other.entry_id == petition.entry_id for other in others):
        raise PetitionOpen
    return petition


def accept_by(petition: Petition, rules: Rules, law: ComplaintClocks) -> datetime | None:
    """Return by when a complaint is to be taken up; petitions have no such limit in law."""
    if petition.kind == "PETITION":
        return None
    calendar = Calendar.of(rules)
    return calendar.after(petition.steps[0].at, law.accept_days, working=False)


def answer_by(petition: Petition, rules: Rules, law: ComplaintClocks) -> datetime | None:
    """Return by when a complaint that was taken up is to be answered."""
    accepted = next((step.at for step in petition.steps if step.state == "ACCEPTED"), None)
    if petition.kind == "PETITION" or accepted is None:
        return None
    days = law.complex_answer_days if petition.is_complex else law.answer_days
    return Calendar.of(rules).after(accepted, days, working=False)


def is_overdue(petition: Petition, now: datetime, rules: Rules, law: ComplaintClocks) -> bool:
    """Say whether the office is late with its next step."""
    if not petition.is_open:
        return False
    by = accept_by if petition.state == "FILED" else answer_by
    limit = by(petition, rules, law)
    return limit is not None and now >= limit

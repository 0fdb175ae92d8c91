"""Petitions and complaints about results: who may, until when, and what comes of them.

Two kinds with two clocks: a petition goes by the window of the contest's rules, a complaint by
the Law on Complaints. Steps are only ever added. Start with `Petition`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self

from contracts.rules import Rules
from kernel.errors import Refused
from services.awards.domain.calendar import Calendar
from services.awards.domain.figures import ComplaintClocks

Kind = Literal["PETITION", "COMPLAINT"]
State = Literal[
    "FILED", "ACCEPTED", "REFUSED", "REJUDGING", "REJUDGED", "UPHELD", "DISMISSED", "WITHDRAWN"
]
OVER: frozenset[State] = frozenset({"REFUSED", "UPHELD", "DISMISSED", "WITHDRAWN"})


class PetitionsNotForeseen(Refused):
    """The rules of this contest give no window for petitions; file a complaint instead."""


class PetitionLate(Refused):
    """The time to dispute the results is over."""


class PetitionOpen(Refused):
    """A petition of this kind that you filed about this entry is still open."""


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


class JudgedAgainAlready(Refused):
    """Others judge this entry again in this round for another petition; wait for their marks."""


class NewMarksLost(Refused):
    """Marks given again before would be lost: name all criteria judged again so far, or none."""


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

    def rejudge(
        self,
        step: Step,
        rules: Rules,
        round_id: str,
        criteria: tuple[str, ...],
        others: tuple[Self, ...] = (),
    ) -> Self:
        """Have one round judged again, wholly or by some criteria; `others` are petitions so far.

        New marks take the place of those before as a whole, so none that count may be left out.
        """
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
        if any(one.is_judged(self.entry_id, round_id) for one in others if one != self):
            raise JudgedAgainAlready
        given = [one for one in (self, *others) if one.has_new_marks(self.entry_id, round_id)]
        if criteria and any(not set(one.criteria or known) <= set(criteria) for one in given):
            raise NewMarksLost
        moved = self.then(step, "ACCEPTED", "REJUDGING", "REJUDGED")
        return replace(moved, round_id=round_id, criteria=tuple(dict.fromkeys(criteria)))

    def judged_again(self, step: Step, round_id: str) -> Self:
        """Take new marks of a round: of that ordered before, if the last order came too late."""
        moved = self.then(step, "REJUDGING")
        is_ordered = round_id == self.round_id
        return moved if is_ordered else replace(moved, round_id=round_id, criteria=())

    def is_judged(self, entry_id: str, round_id: str) -> bool:
        """Say whether others judge an entry again in a round for this petition."""
        return (self.entry_id, self.round_id, self.state) == (entry_id, round_id, "REJUDGING")

    def has_new_marks(self, entry_id: str, round_id: str) -> bool:
        """Say whether there are new marks of an entry in a round, counted or to be decided on."""
        about = (self.entry_id, self.round_id)
        return about == (entry_id, round_id) and self.state in {"REJUDGED", "UPHELD"}

    def decide(self, step: Step) -> Self:
        """Answer it, upheld or dismissed; one being judged again waits for the marks."""
        if not step.note.strip():
            raise AnswerMissing
        return self.then(step, "ACCEPTED", "REJUDGED")


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
    """Check a petition when it comes in; others' and those of another kind keep nobody back."""
    if not petition.grounds.strip():
        raise GroundsMissing
    if petition.steps[0].at >= by:
        raise PetitionLate("The time to dispute the results ended at {end}.", end=by)
    who = (petition.entry_id, petition.filed_by, petition.kind)
    if any(one.is_open and (one.entry_id, one.filed_by, one.kind) == who for one in others):
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

"""The life of an entry, from draft to decision. Start with `Entry`."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from contracts.rules import Rules, Supplement
from kernel.errors import Conflict, Refused
from services.intake.domain import deadlines, windows
from services.intake.domain.contents import Contents, Enterprise, Improvement
from services.intake.domain.deadlines import Arrival, Basis, Counted
from services.intake.domain.eligibility import Author


class State(StrEnum):
    """Where an entry stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    LATE = "LATE"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    DISQUALIFIED = "DISQUALIFIED"


# An accepted entry can still turn out to be a copy; nothing leads out of the last three states.
NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.LATE, State.WITHDRAWN}),
    State.LATE: frozenset({State.SUBMITTED, State.REFUSED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset(
        {
            State.SUBMITTED,
            State.RETURNED,
            State.ACCEPTED,
            State.REFUSED,
            State.WITHDRAWN,
            State.DISQUALIFIED,
        }
    ),
    State.RETURNED: frozenset(
        {State.SUBMITTED, State.REFUSED, State.WITHDRAWN, State.DISQUALIFIED}
    ),
    State.ACCEPTED: frozenset({State.DISQUALIFIED}),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.DISQUALIFIED: frozenset(),
}


DECIDED = frozenset({State.RETURNED, State.ACCEPTED, State.REFUSED})


class AlreadyDecided(Conflict):
    """Somebody has decided on this dossier meanwhile; read it again."""


class WrongState(Refused):
    """The entry's state does not allow this."""


class EditingOver(Refused):
    """What was handed in can no longer be changed."""


class Incomplete(Refused):
    """The dossier is not complete."""


class NoMoreReturns(Refused):
    """The dossier has been returned as often as the rules allow."""


class NoReason(Refused):
    """Say why, in words the entrant understands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and its dossier. `version` counts how often it has been handed in.

    `working` is what its people have changed since; see `drafts`.
    """

    entry_id: str
    contest_id: str
    kind: str
    group: str
    title: str
    summary: str
    area: str
    channel: str
    filed_by: str
    authors: tuple[Author, ...]
    unit_id: str | None = None
    external_code: str | None = None
    state: State = State.DRAFT
    version: int = 0
    returns: int = 0
    declarations: tuple[str, ...] = ()
    receipt_code: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    posted_at: date | None = None  # the local day of the postmark
    counted_at: datetime | None = None
    counting_rule: str | None = None
    enterprise: Enterprise | None = None
    improves: tuple[Improvement, ...] = ()
    revision: int = 1
    working: Contents | None = None
    handed_at: datetime | None = None  # when the newest version was handed in

    @property
    def author_ids(self) -> tuple[str, ...]:
        """Return the authors' person ids, in their order on the entry."""
        return tuple(author.person_id for author in self.authors)

    @property
    def is_open(self) -> bool:
        """Say whether documents may be added: while it is a draft or being completed."""
        return self.state in (State.DRAFT, State.RETURNED)

    @property
    def competes(self) -> bool:
        """Say whether it has been handed in and is still in the contest."""
        return self.state in (State.SUBMITTED, State.RETURNED, State.ACCEPTED)

    def belongs_to(self, person_id: str) -> bool:
        """Say whether this person filed it or is one of its authors."""
        return person_id == self.filed_by or person_id in self.author_ids

    def count(self, rules: Rules, arrival: Arrival) -> Counted:
        """Decide by which rule it counts if it is handed in so.

        A late one waits for the organiser; a supplement or change that is too late is refused.
        """
        if not self.is_open and self.state is not State.SUBMITTED:
            raise WrongState(
                "The entry is {state}; it cannot become {to}.",
                state=self.state,
                to=State.SUBMITTED,
            )
        if self.state is State.RETURNED and self.due_at is not None:
            calendar = windows.Calendar.of(rules)
            windows.check_due(self.due_at, calendar, arrival.at)
            rule = f"Bổ sung trước {calendar.show_end(self.due_at)}."
            return Counted(arrival.at, arrival.at, Basis.SUPPLEMENT, rule)
        counted = deadlines.count(arrival, rules)
        if counted.is_late and self.state is State.SUBMITTED:
            raise EditingOver
        return counted

    def hand_in(self, counted: Counted, receipt_code: str, declarations: tuple[str, ...]) -> Self:
        """Submit it. The first receipt and how it counts stay.

        `declarations` are all that are made in the words now in force.
        """
        first = self if self.received_at else self.kept(counted)
        return replace(
            first.moved(State.LATE if counted.is_late else State.SUBMITTED),
            version=self.version + 1,
            declarations=declarations,
            receipt_code=self.receipt_code or receipt_code,
            handed_at=counted.received_at,
            due_at=None,
        )

    def admit(self, counted: Counted) -> Self:
        """Let a late entry into the contest, by the rule that now makes it count."""
        return self.kept(counted).moved(State.SUBMITTED)

    def kept(self, counted: Counted) -> Self:
        """Keep when it was received, when it counts and by which rule."""
        return replace(
            self,
            received_at=counted.received_at,
            counted_at=counted.at,
            counting_rule=counted.rule,
            posted_at=counted.posted_on,
        )

    def check_extensible(self) -> None:
        """Raise unless more time is of use: to a draft, or to what came late."""
        if self.state not in (State.DRAFT, State.LATE):
            raise WrongState("The entry is {state}; it needs no more time.", state=self.state)

    def extend(self, until: datetime, calendar: windows.Calendar) -> Self:
        """Give more time to complete it. Raises `WrongState`, `ExtensionTooShort`."""
        if self.due_at is None:
            raise WrongState("The entry is {state}; no supplement is due.", state=self.state)
        deadlines.check_extension(until, self.due_at, calendar)
        return replace(self, due_at=until)

    def give_back(self, supplement: Supplement, due_at: datetime) -> Self:
        """Return it for completion. Raises `NoMoreReturns`."""
        returned = self.moved(State.RETURNED)
        if self.returns >= supplement.max_requests:
            raise NoMoreReturns(
                "This dossier has been returned {times} times, as often as the rules allow.",
                times=self.returns,
            )
        return replace(returned, returns=self.returns + 1, due_at=due_at)

    def accept(self, missing: tuple[str, ...]) -> Self:
        """Declare it complete and valid. Raises `Incomplete` while papers are missing."""
        accepted = self.moved(State.ACCEPTED)
        if missing:
            raise Incomplete(
                "The dossier cannot be accepted without {papers}.", papers=", ".join(missing)
            )
        return accepted

    def moved(self, to: State) -> Self:
        """Return it in another state. Raises `WrongState`."""
        if to not in NEXT[self.state]:
            raise WrongState(
                "The entry is {state}; it cannot become {to}.", state=self.state, to=to
            )
        return replace(self, state=to)

    def check_undecided(self) -> None:
        """Raise `AlreadyDecided` if a decision stands: of two clerks at once, one is told so."""
        if self.state in DECIDED:
            raise AlreadyDecided(
                "Somebody has decided on this dossier meanwhile: it is {state}. Read it again.",
                state=self.state,
            )

    def check_refusable(self, now: datetime) -> None:
        """Raise `AlreadyDecided` if a decision stands; a supplement that never came is none."""
        if not (self.state is State.RETURNED and self.due_at is not None and now >= self.due_at):
            self.check_undecided()

    def check_open(self) -> None:
        """Raise unless it waits for something from its people: a draft, or to be completed."""
        if not self.is_open:
            raise WrongState(
                "The entry is {state}; documents are added to a draft or a returned entry.",
                state=self.state,
            )

"""A contest's prize list, and how far it has come from the ranking to publication.

Published results are revised as a whole: a new revision of the list goes the same way, and
concerns only what it changes. Start with `PrizeList`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Self

from contracts.rules import Rules
from contracts.rules.reckoning import Vote
from services.awards.domain.prizes.allotting import Drawn, Line, Outcome, Passed, Tied
from services.awards.domain.prizes.council import Council, Limit, Named, authority_of
from services.awards.domain.prizes.refusals import (
    AlreadyApproved,
    AlreadyPublished,
    AlreadySubmitted,
    ApprovalsMissing,
    DocumentIncomplete,
    ListChanged,
    ListReturned,
    MeetingMissing,
    NoPrizesProposed,
    NoSubmissionForeseen,
    NothingToApprove,
    NotPublishedYet,
    ReasonMissing,
    SubmissionMissing,
    UnderApproval,
)
from services.awards.domain.prizes.steps import (
    Approval,
    Meeting,
    Returned,
    Submission,
    check_dated,
)

State = Literal[
    "NONE", "TIED", "PROPOSED", "MINUTED", "SUBMITTED", "RETURNED", "APPROVED", "PUBLISHED"
]


@dataclass(frozen=True, slots=True)
class PrizeList:
    """The prize list of a contest and how far it has come.

    `lines` is None until the list is drawn up; `approved` are codes of authorities. `drawn`
    counts how often it was drawn up. In a later `revision`, `before` are the lines published
    until then.
    """

    lines: tuple[Line, ...] | None = None
    ties: tuple[tuple[str, ...], ...] = ()
    votes: tuple[Vote, ...] = ()
    approved: tuple[str, ...] = ()
    published_at: datetime | None = None
    limits: tuple[Limit, ...] = ()
    named: tuple[Named, ...] = ()
    passed: tuple[Passed, ...] = ()
    drawn: int = 0
    meeting: Meeting | None = None
    submission: Submission | None = None
    approvals: tuple[Approval, ...] = ()
    returned: Returned | None = None
    revision: int = 1
    before: tuple[Line, ...] = ()

    @property
    def council(self) -> Council:
        """Return what the council has decided."""
        return Council(self.votes, self.limits, self.named)

    @property
    def changed(self) -> tuple[Line, ...]:
        """Return the lines that papers are issued for: all, or those new in this revision."""
        known = {(line.entry_id, line.prize) for line in self.before}
        return tuple(line for line in self.lines or () if (line.entry_id, line.prize) not in known)

    @property
    def lost(self) -> tuple[Line, ...]:
        """Return the lines published before that no longer hold."""
        now = {(line.entry_id, line.prize) for line in self.lines or ()}
        return tuple(line for line in self.before if (line.entry_id, line.prize) not in now)

    def state(self, rules: Rules) -> State:
        """Say how far the list has come."""
        asks = rules.awarding.submission
        states: tuple[tuple[State, bool], ...] = (
            ("PUBLISHED", self.published_at is not None),
            ("TIED", self.lines is None and bool(self.ties)),
            ("NONE", self.lines is None),
            ("RETURNED", self.returned is not None),
            ("PROPOSED", asks and self.meeting is None),
            ("MINUTED", asks and self.submission is None),
            ("SUBMITTED", asks and bool(self.awaited(rules))),
            ("PROPOSED", bool(self.awaited(rules))),
        )
        return next((state for state, holds in states if holds), "APPROVED")

    def awaited(self, rules: Rules) -> tuple[str, ...]:
        """Name the authorities whose prizes are concerned and not approved, in rules order."""
        concerned = (*self.changed, *(self.lost if self.lines is not None else ()))
        granting = {authority_of(line.prize, rules) for line in concerned}
        waiting = granting.difference(self.approved)
        return tuple(each.code for each in rules.authorities if each.code in waiting)

    def propose(self, outcome: Outcome) -> Self:
        """Take what the ranking says; a list nobody has approved yet may be drawn up again."""
        self.require_open(to_change=True)
        match outcome:
            case Tied(ties):
                return replace(self.undrawn(), ties=ties)
            case Drawn(lines, passed):
                drawn = self.drawn + 1
                return replace(self.undrawn(), lines=lines, passed=passed, drawn=drawn)

    def resolve(self, vote: Vote, rules: Rules) -> Self:
        """Record the council's vote on one of the ties found."""
        self.require_open()
        votes, left = self.council.settle(vote, self.ties, rules)
        return replace(self, ties=left, votes=votes)

    def decide(self, council: Council) -> Self:
        """Take a decision of the council; the list has to be drawn up by it."""
        self.require_open(to_change=True)
        return replace(self.undrawn(), limits=council.limits, named=council.named)

    def undrawn(self) -> Self:
        """Forget the lines, and the documents that were about them."""
        return replace(
            self, lines=None, ties=(), passed=(), meeting=None, submission=None, returned=None
        )

    def minute(self, meeting: Meeting, rules: Rules, today: date) -> Self:
        """Record the minutes of the meeting that considered this very list."""
        self.require_drawn()
        if not rules.awarding.submission:
            raise NoSubmissionForeseen
        if self.submission:
            raise AlreadySubmitted
        if not meeting.number.strip() or not meeting.conclusion.strip():
            raise DocumentIncomplete
        check_dated(meeting.held_on, today)
        return replace(self, meeting=meeting)

    def submit(self, submission: Submission, rules: Rules, today: date) -> Self:
        """Bring the list before the authorities."""
        self.require_drawn()
        if not rules.awarding.submission:
            raise NoSubmissionForeseen
        if self.meeting is None:
            raise MeetingMissing
        if self.submission:
            raise AlreadySubmitted
        if not submission.number.strip():
            raise DocumentIncomplete
        check_dated(submission.dated, today)
        return replace(self, submission=submission)

    def approve(self, approval: Approval, rules: Rules, drawn: int | None = None) -> Self:
        """Let an authority approve the prizes it grants, once; `drawn` is the list it has read."""
        self.require_decidable(approval.authority, rules)
        if drawn is not None and drawn != self.drawn:
            raise ListChanged
        return replace(
            self,
            approved=(*self.approved, approval.authority),
            approvals=(*self.approvals, approval),
        )

    def send_back(self, returned: Returned, rules: Rules) -> Self:
        """Let an authority return the list for reasons; approvals of others fall with it."""
        self.require_decidable(returned.authority, rules)
        if not returned.reason.strip():
            raise ReasonMissing
        return replace(
            self, approved=(), approvals=(), meeting=None, submission=None, returned=returned
        )

    def publish(self, now: datetime, rules: Rules) -> Self:
        """Make the list final."""
        self.require_drawn()
        if rules.awarding.submission and not self.submission:
            raise SubmissionMissing if self.meeting else MeetingMissing
        if awaited := self.awaited(rules):
            raise ApprovalsMissing(
                "Not approved yet by {authorities}; ask for it, then publish.",
                authorities=", ".join(awaited),
            )
        return replace(self, published_at=now)

    def without(self, entry_id: str) -> Self:
        """Drop an unpublished list that names an entry now out of the contest, votes apart.

        Nobody moves up in silence: the list has to be drawn up and approved anew.
        """
        named = entry_id in {line.entry_id for line in self.lines or ()}
        tied = any(entry_id in tie for tie in self.ties)
        if self.published_at or not (named or tied):
            return self
        return replace(self.undrawn(), approved=(), approvals=())

    def reopened(self) -> Self:
        """Drop an unpublished list with its votes, because the marks or the rules changed."""
        if self.published_at:
            return self
        return type(self)(drawn=self.drawn, revision=self.revision, before=self.before)

    def revised(self) -> Self:
        """Begin a new revision of published results; what the council decided still holds."""
        if self.published_at is None:
            raise NotPublishedYet
        return type(self)(
            votes=self.votes, limits=self.limits, named=self.named, drawn=self.drawn,
            revision=self.revision + 1, before=self.lines or (),
        )  # fmt: skip

    def struck(self, entry_id: str) -> Self:
        """Take an entry off published results; everybody else keeps what they have."""
        if self.published_at is None:
            raise NotPublishedYet
        kept = tuple(line for line in self.lines or () if line.entry_id != entry_id)
        return replace(self, lines=kept, revision=self.revision + 1, before=kept)

    def require_open(self, *, to_change: bool = False) -> None:
        """Raise once the list is final; if it is to change, once an authority has approved it."""
        if self.published_at:
            raise AlreadyPublished
        if to_change and self.approved:
            raise UnderApproval

    def require_drawn(self) -> None:
        """Raise unless there is a list that can go on."""
        self.require_open()
        if self.lines is None:
            raise NoPrizesProposed
        if self.returned:
            raise ListReturned

    def require_decidable(self, authority: str, rules: Rules) -> None:
        """Raise unless the authority has this list before it and has not decided."""
        self.require_drawn()
        if rules.awarding.submission and not self.submission:
            raise SubmissionMissing if self.meeting else MeetingMissing
        if authority in self.approved:
            raise AlreadyApproved
        if authority not in self.awaited(rules):
            raise NothingToApprove

"""Petitions and complaints about results: what awards is asked, answers and says."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

PetitionKind = Literal["PETITION", "COMPLAINT"]
PetitionState = Literal[
    "FILED", "ACCEPTED", "REFUSED", "REJUDGING", "REJUDGED", "UPHELD", "DISMISSED", "WITHDRAWN"
]


class FilePetition(Command, frozen=True, kw_only=True):
    """An author disputes the result of their entry. Reply: the petition's id.

    A PETITION (kiến nghị, phúc khảo) goes by the window of the contest's rules, a COMPLAINT
    (khiếu nại) by that of the Law on Complaints.
    """

    contest_id: str
    entry_id: str
    kind: PetitionKind
    grounds: str


class WithdrawPetition(Command, frozen=True, kw_only=True):
    """Who filed a petition takes it back. Reply: None."""

    petition_id: str


class AcceptPetition(Command, frozen=True, kw_only=True):
    """Take a petition up (thụ lý); a `complex` one may take longer by law. Reply: None."""

    petition_id: str
    is_complex: bool = False


class RefusePetition(Command, frozen=True, kw_only=True):
    """Refuse to take a petition up, and say why. Reply: None."""

    petition_id: str
    reason: str


class OrderRejudging(Command, frozen=True, kw_only=True):
    """Have an entry judged again in one round, by none of those who judged it. Reply: None.

    Without `criteria` the whole sheet is marked again. `minutes` is the number of the minutes
    that decided so.
    """

    petition_id: str
    round_id: str
    criteria: tuple[str, ...] = ()
    minutes: str


class DecidePetition(Command, frozen=True, kw_only=True):
    """Answer a petition. Reply: None.

    When it is `upheld` after a re-judging, a new revision of the results begins with the new
    marks. `number` is that of the answer, which `answer` sums up.
    """

    petition_id: str
    upheld: bool
    number: str
    answer: str


class ListPetitions(Query, frozen=True, kw_only=True):
    """Reply: tuple of `PetitionView`; the office sees all, an author their own."""

    contest_id: str


class PetitionStep(Struct, frozen=True, kw_only=True):
    """One step of a petition; steps are only ever added. `note` holds its reason or number."""

    state: PetitionState
    at: datetime
    note: str = ""


class PetitionView(Struct, frozen=True, kw_only=True):
    """A petition and its clocks; None where there is no such limit.

    `accept_by` is the end of the time to take it up, `answer_by` that to answer it. `marks`
    says what a re-judging changed: final score and rank before and after.
    """

    petition_id: str
    contest_id: str
    entry_id: str
    title: str
    kind: PetitionKind
    grounds: str
    filed_by: str
    state: PetitionState
    steps: tuple[PetitionStep, ...]
    accept_by: datetime | None = None
    answer_by: datetime | None = None
    is_overdue: bool = False
    round_id: str | None = None
    criteria: tuple[str, ...] = ()
    marks: "Remarked | None" = None


class Remarked(Struct, frozen=True, kw_only=True):
    """A round's mean and the final standing, before and after a re-judging."""

    mean_before: Decimal
    mean_after: Decimal
    rank_before: int
    rank_after: int


class PetitionFiled(Event, frozen=True, kw_only=True):
    """An author disputes a result."""

    contest_id: str
    petition_id: str
    entry_id: str
    kind: PetitionKind
    filed_by: str


class PetitionMoved(Event, frozen=True, kw_only=True):
    """A petition was taken up, refused, withdrawn or answered; `note` gives reason or answer."""

    contest_id: str
    petition_id: str
    entry_id: str
    kind: PetitionKind
    filed_by: str
    state: PetitionState
    note: str = ""
    answer_by: datetime | None = None


class RejudgingOrdered(Event, frozen=True, kw_only=True):
    """An entry is to be judged again by others; no criteria: the whole sheet."""

    contest_id: str
    petition_id: str
    entry_id: str
    round_id: str
    criteria: tuple[str, ...]
    minutes: str

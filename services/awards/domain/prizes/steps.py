"""What a prize list passes through: minutes of the meeting, submission, approval or return."""

from dataclasses import dataclass
from datetime import date, datetime

from services.awards.domain.prizes.refusals import DatedLater


@dataclass(frozen=True, slots=True)
class Meeting:
    """The minutes of the meeting that considered the prizes (biên bản họp xét giải)."""

    number: str
    held_on: date
    conclusion: str


@dataclass(frozen=True, slots=True)
class Submission:
    """The submission that brings the list before the authorities (Tờ trình)."""

    number: str
    dated: date
    by: str


@dataclass(frozen=True, slots=True)
class Approval:
    """An authority's approval: whose, by which account, when."""

    authority: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """A list sent back, and why."""

    authority: str
    reason: str
    by: str
    at: datetime


def check_dated(day: date, today: date) -> None:
    """Raise if a document's day is still to come."""
    if day > today:
        raise DatedLater("{day} has not come yet.", day=f"{day:%d/%m/%Y}")

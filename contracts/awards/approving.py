"""What comes between a prize list and its publication: council, minutes, submission, return."""

from datetime import date, datetime

from msgspec import Struct

from contracts.message import Command, Event


class LeaveUnawarded(Command, frozen=True, kw_only=True):
    """The council awards only `count` of a prize, where the rules let it. Reply: None.

    The list has to be drawn up anew.
    """

    contest_id: str
    prize: str
    count: int
    minutes: str
    reason: str


class NameSidePrize(Command, frozen=True, kw_only=True):
    """The council names the entries that get a side prize (giải phụ). Reply: None."""

    contest_id: str
    prize: str
    entry_ids: tuple[str, ...]
    minutes: str
    reason: str


class RecordPrizeMeeting(Command, frozen=True, kw_only=True):
    """Record the minutes of the meeting on this list (biên bản họp xét giải). Reply: None."""

    contest_id: str
    number: str
    held_on: date
    conclusion: str


class SubmitPrizes(Command, frozen=True, kw_only=True):
    """Bring the list before the authorities by a submission (Tờ trình). Reply: None."""

    contest_id: str
    number: str
    dated: date


class ReturnPrizes(Command, frozen=True, kw_only=True):
    """An authority returns the list for reasons; all approvals fall. Reply: None."""

    contest_id: str
    authority: str
    reason: str


class PrizeMeeting(Struct, frozen=True, kw_only=True):
    """The minutes of the meeting on a list."""

    number: str
    held_on: date
    conclusion: str


class PrizeSubmission(Struct, frozen=True, kw_only=True):
    """The submission of a list."""

    number: str
    dated: date


class PrizeApproval(Struct, frozen=True, kw_only=True):
    """Which authority has approved, and when."""

    authority: str
    at: datetime


class PrizesBack(Struct, frozen=True, kw_only=True):
    """Which authority returned the list, and why."""

    authority: str
    reason: str
    at: datetime


class PassedOver(Struct, frozen=True, kw_only=True):
    """An entry passed over because its author holds a better prize, with the entry `by`."""

    entry_id: str
    by: str


class UnawardedPrize(Struct, frozen=True, kw_only=True):
    """Of a prize `awarded` are given, of `count` in the rules; why, where the council decided."""

    prize: str
    count: int
    awarded: int
    minutes: str = ""
    reason: str = ""


class CouncilDecided(Event, frozen=True, kw_only=True):
    """The council left some of a prize unawarded, or named who gets a side prize."""

    contest_id: str
    prize: str
    minutes: str
    reason: str
    count: int | None = None
    entry_ids: tuple[str, ...] = ()


class TieResolved(Event, frozen=True, kw_only=True):
    """The council has ordered equals on the prize list, best first."""

    contest_id: str
    order: tuple[str, ...]
    minutes: str
    reason: str = ""


class PrizeMeetingRecorded(Event, frozen=True, kw_only=True):
    """The minutes of the meeting on the list are recorded."""

    contest_id: str
    number: str
    held_on: date
    conclusion: str


class PrizesSubmitted(Event, frozen=True, kw_only=True):
    """The list is before these authorities."""

    contest_id: str
    number: str
    dated: date
    authorities: tuple[str, ...]


class PrizesReturned(Event, frozen=True, kw_only=True):
    """An authority returned the list."""

    contest_id: str
    authority: str
    reason: str

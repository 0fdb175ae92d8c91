"""What intake is asked and says about time: late entries, extensions, outages."""

from datetime import date, datetime

from msgspec import Struct

from contracts.intake.events import EntryEvent
from contracts.intake.values import Channel
from contracts.message import Command, Event, Query


class ExtendDeadline(Command, frozen=True, kw_only=True):
    """Give one entry, or all of one person, more time, with a reason. Reply: the extension's id.

    A late entry that is in time by it is admitted; a supplement that is due becomes due then.
    """

    contest_id: str
    until: datetime
    reason: str
    entry_id: str | None = None
    person_id: str | None = None


class ListExtensions(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ExtensionView`, newest first, for staff."""

    contest_id: str


class ExtensionView(Struct, frozen=True, kw_only=True):
    """More time for one entry or one person; `true_id` is who sat at the keyboard."""

    extension_id: str
    contest_id: str
    until: datetime
    reason: str
    granted_at: datetime
    granted_by: str
    true_id: str
    entry_id: str | None = None
    person_id: str | None = None


class DeadlineExtended(Event, frozen=True, kw_only=True):
    """One entry, or all of one person, was given more time."""

    contest_id: str
    extension_id: str
    until: datetime
    reason: str
    entry_id: str | None = None
    person_id: str | None = None


class EntryCameLate(EntryEvent, frozen=True, kw_only=True):
    """An entry came after its deadline. It is kept, and out of the contest until admitted.

    `rule` says in Vietnamese by which rule it is late.
    """

    version: int
    received_at: datetime
    counted_at: datetime
    rule: str
    channel: Channel
    posted_at: date | None = None
    unit_id: str | None = None
    external_code: str | None = None

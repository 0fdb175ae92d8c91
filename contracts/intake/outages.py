"""What intake is asked and says about outages before a deadline."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query


class RecordBeat(Command, frozen=True, kw_only=True):
    """Note that entries could be handed in, as the door has measured. Reply: None.

    `answered_at` is when the door sent its last beat, if that was answered in time: a beat that
    waited in a queue while nobody worked on it proves nothing.
    """

    answered_at: datetime | None = None


class DecideExtension(Command, frozen=True, kw_only=True):
    """Adopt or decline the proposed extension, with a reason. Reply: None.

    Adopting amends the rules: the window closes later for everybody.
    """

    contest_id: str
    adopt: bool
    reason: str


class ShowOutage(Query, frozen=True, kw_only=True):
    """Reply: `OutageView` of the last hours before a contest's deadline, for staff."""

    contest_id: str


class Gap(Struct, frozen=True, kw_only=True):
    """A stretch of time in which nothing could be handed in."""

    begun_at: datetime
    ended_at: datetime


class ProposedExtension(Struct, frozen=True, kw_only=True):
    """More time for everybody, proposed by the rules after an outage, and what became of it."""

    closes: datetime
    until: datetime
    missed_minutes: int
    gaps: tuple[Gap, ...]
    proposed_at: datetime
    decision: Literal["OPEN", "ADOPTED", "DECLINED"] = "OPEN"
    reason: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None


class OutageView(Struct, frozen=True, kw_only=True):
    """What was measured of a contest up to now, or to its deadline.

    `watched_from` is None where the rules say nothing of outages.
    """

    contest_id: str
    watched_from: datetime | None
    missed_minutes: int
    gaps: tuple[Gap, ...]
    proposed: ProposedExtension | None = None


class ExtensionProposed(Event, frozen=True, kw_only=True):
    """An outage before the deadline was as long as the rules name; the organiser decides."""

    contest_id: str
    closes: datetime
    until: datetime
    missed_minutes: int
    gaps: tuple[Gap, ...]


class ExtensionDecided(Event, frozen=True, kw_only=True):
    """The organiser adopted the proposed extension, or declined it."""

    contest_id: str
    adopted: bool
    until: datetime
    reason: str

"""Slots of a defence day as iCalendar files (RFC 5545), in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//sangkien//defence day//VI"
NOBODY = "invalid:nomail"  # an organizer is asked for, an address of theirs is not to be had


@dataclass(frozen=True, slots=True)
class Appointment:
    """A slot as somebody's calendar shows it."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: str
    summary: str
    description: str
    is_cancelled: bool = False


def write(name: str, host: str, made_at: datetime, shown: Iterable[Appointment]) -> bytes:
    """Write a calendar called `name`.

    One in which everything is cancelled says so as a whole (METHOD:CANCEL, RFC 5546), so that
    programs take the appointments off by themselves.
    """
    appointments = list(shown)
    is_over = bool(appointments) and all(one.is_cancelled for one in appointments)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_over else "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        calendar.add_component(event(one, host, made_at))
    return bytes(calendar.to_ical())


def event(one: Appointment, host: str, made_at: datetime) -> Event:
    """Make an event of an appointment; the same uid is the same event, a higher sequence wins."""
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", one.sequence)
    made.add("dtstamp", made_at.astimezone(UTC))
    made.add("dtstart", one.starts_at.astimezone(UTC))
    made.add("dtend", one.ends_at.astimezone(UTC))
    made.add("summary", one.summary)
    made.add("location", one.room)
    if one.description:
        made.add("description", one.description)
    made.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    organizer = vCalAddress(NOBODY)
    organizer.params["CN"] = vText(host)
    made.add("organizer", organizer)
    return made

"""Dossiers sent by post: what a postmark says about when they were sent."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

from kernel.errors import Refused
from services.intake.domain.windows import MOMENT, Calendar

HANDED_OVER = frozenset({"DESK", "POST"})  # paper dossiers, which a clerk enters for somebody


class PostedAfterArrival(Refused):
    """A postmark cannot be later than the arrival of what bears it."""


class NotArrivedYet(Refused):
    """A dossier cannot have arrived in the future."""


class NotHandedOver(Refused):
    """Only a paper dossier has a postmark or an arrival of its own."""


class NotByPost(Refused):
    """Only a dossier that came by post has a postmark."""


def check_arrival(posted_on: date | None, arrived_at: datetime, calendar: Calendar) -> None:
    """Raise `PostedAfterArrival` unless the postmark's day had begun when the dossier arrived."""
    if posted_on is not None and posted_on > calendar.day_of(arrived_at):
        raise PostedAfterArrival(
            "The postmark of {posted} is later than the arrival at {arrived}.",
            posted=f"{posted_on:%d/%m/%Y}",
            arrived=calendar.show(arrived_at),
        )


def check_entered(
    channel: str, posted_on: date | None, arrived_at: datetime | None, now: datetime
) -> None:
    """Raise unless what a clerk says of a dossier's way can be true of its channel."""
    if channel not in HANDED_OVER and (posted_on is not None or arrived_at is not None):
        raise NotHandedOver
    if channel != "POST" and posted_on is not None:
        raise NotByPost
    if arrived_at is not None and arrived_at > now:
        raise NotArrivedYet


def is_posted_before(posted_on: date, deadline: datetime, calendar: Calendar) -> bool:
    """Say whether a postmark's day is in time: it counts to its end.

    A postmark tells no hour, so the last day of the window is in time as a whole, even where
    the window closes in the evening.
    """
    return posted_on <= calendar.day_of(deadline - MOMENT)


def sent_at(posted_on: date, arrived_at: datetime, calendar: Calendar) -> datetime:
    """Return the last moment at which it can have been posted: no later than it arrived."""
    next_day = datetime.combine(posted_on + timedelta(days=1), clock_time(), calendar.zone)
    return min(next_day.astimezone(UTC) - MOMENT, arrived_at)

"""When something may go out: times of day, quiet hours, the days of reminders."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.rules import QuietHours


def next_at(clock: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant from `now` on at which local clocks show `clock`, as in `08:00`."""
    wanted = time.fromisoformat(clock)
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), wanted, zone)
    later = today if today >= local else datetime.combine(local.date() + DAY, wanted, zone)
    return later.astimezone(now.tzinfo)


def is_quiet(quiet: QuietHours, instant: datetime, zone: ZoneInfo) -> bool:
    """Say whether an instant lies in the quiet hours; their end does not."""
    clock = instant.astimezone(zone).time()
    begins, ends = time.fromisoformat(quiet.begins), time.fromisoformat(quiet.ends)
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def after_quiet(quiet: QuietHours | None, instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant itself, or the end of the quiet hours it lies in."""
    if quiet is None or not is_quiet(quiet, instant, zone):
        return instant
    return next_at(quiet.ends, instant, zone)


def step_due(
    until: datetime, days_before: Iterable[int], done: Iterable[int], now: datetime
) -> int | None:
    """Return how many days before a limit is to be reminded of now, if at all.

    Of several days that have come the last is taken, and never one that lies before one already
    done: who was reminded three days before is not told of seven.
    """
    come = [days for days in days_before if now >= until - timedelta(days=days)]
    if not come:
        return None
    days = min(come)
    return days if all(days < told for told in done) else None


DAY = timedelta(days=1)

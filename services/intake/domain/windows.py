"""Time as the rules count it: the intake window, working days and due instants.

Instants are aware; days are those of the contest's time zone. Start with `Calendar`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Self
from zoneinfo import ZoneInfo

from contracts.rules import Rules, Supplement, Window
from kernel.errors import Refused

MOMENT = timedelta(microseconds=1)
SATURDAY = 5


class NotOpenYet(Refused):
    """The contest does not take entries yet."""


class SupplementOverdue(Refused):
    """The time to complete the dossier is over."""


class TooLateToReturn(Refused):
    """There is no time left in which the dossier could be completed."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked in the contest's time zone."""

    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()  # worked although a weekend (làm bù)

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Read the calendar off the rules; type 0 is a day off, type 1 one made up."""
        return cls(
            ZoneInfo(rules.timezone),
            frozenset(holiday.day for holiday in rules.holidays if holiday.type == 0),
            frozenset(holiday.day for holiday in rules.holidays if holiday.type == 1),
        )

    def is_worked(self, day: date) -> bool:
        """Say whether offices work on this day."""
        if day in self.made_up:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def day_of(self, instant: datetime) -> date:
        """Return the local day of an instant."""
        return instant.astimezone(self.zone).date()

    def after(self, start: datetime, working_days: int) -> datetime:
        """Return when a term of so many working days ends: 24:00 of its last day, in UTC.

        The day it starts on is not counted, and a term never ends on a day off (Bộ luật Dân sự
        2015, Điều 147 and 148).
        """
        day, left = self.day_of(start), working_days
        while left > 0 or not self.is_worked(day):
            day += timedelta(days=1)
            left -= self.is_worked(day)
        midnight = datetime.combine(day + timedelta(days=1), clock_time(), self.zone)
        return midnight.astimezone(UTC)

    def show(self, instant: datetime) -> str:
        """Write an instant in local time, as `16:59 15/08/2022`."""
        return f"{instant.astimezone(self.zone):%H:%M %d/%m/%Y}"

    def show_end(self, instant: datetime) -> str:
        """Write the end of a span; midnight is 24:00 of the day before."""
        local = instant.astimezone(self.zone)
        if local.time() == clock_time():
            return f"24:00 {local - MOMENT:%d/%m/%Y}"
        return self.show(instant)


def check_begun(window: Window, calendar: Calendar, now: datetime, rule: str) -> None:
    """Raise before the window opens; `rule` is the document that sets it."""
    if now < window.opens:
        raise NotOpenYet(
            "Entries are taken from {opens}, Vietnam time ({rule}).",
            opens=calendar.show(window.opens),
            rule=rule,
        )


def check_due(due_at: datetime, calendar: Calendar, now: datetime) -> None:
    """Raise once the supplement is overdue; `due_at` itself is too late."""
    if now >= due_at:
        raise SupplementOverdue(
            "The supplement was due by {due}, Vietnam time.", due=calendar.show_end(due_at)
        )


def supplement_due(
    supplement: Supplement, window: Window, calendar: Calendar, now: datetime
) -> datetime:
    """Return until when a dossier returned now may be completed. Raises `TooLateToReturn`."""
    # `closes` is no longer part of the window: the moment before it is on the window's last day.
    last = calendar.after(window.closes - MOMENT, supplement.never_after_closing_by)
    due = min(calendar.after(now, supplement.working_days), last)
    if due <= now:
        raise TooLateToReturn(
            "No dossier can be completed after {last}, Vietnam time; accept or refuse it.",
            last=calendar.show_end(last),
        )
    return due

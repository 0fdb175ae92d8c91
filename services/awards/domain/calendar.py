"""The days of a contest, and when a term of so many of them ends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from contracts.rules import Rules

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a contest: its zone, days off and days made up."""

    zone: ZoneInfo
    days_off: frozenset[date]
    made_up: frozenset[date]

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Read it off the rules."""
        return cls(
            ZoneInfo(rules.timezone),
            frozenset(one.day for one in rules.holidays if one.type == 0),
            frozenset(one.day for one in rules.holidays if one.type == 1),
        )

    def is_worked(self, day: date) -> bool:
        """Say whether offices work on this day."""
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.days_off)

    def after(self, start: datetime, days: int, *, working: bool) -> datetime:
        """Return the end of a term: 24:00 of its last day, in UTC.

        The first day is not counted, and a term never ends on a day off (Bộ luật Dân sự 2015,
        Điều 147 and 148).
        """
        day, left = start.astimezone(self.zone).date(), days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_worked(day) if working else 1
        while not self.is_worked(day):
            day += timedelta(days=1)
        return datetime.combine(day + timedelta(days=1), time(), self.zone).astimezone(UTC)

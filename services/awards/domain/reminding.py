"""When somebody is reminded of a milestone: so many days before and after it is due, once each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from services.awards.domain.replication import Milestone


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of a milestone (from 1), `days` after the day it is due; below 0 before it.

    A milestone put off is reminded of anew.
    """

    number: int
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Reminding:
    """What to tell now, and all that is over with: told, or overtaken by a later one."""

    tell: tuple[Reminder, ...]
    over: tuple[Reminder, ...]


def remind(
    milestones: Collection[Milestone],
    today: date,
    days: Collection[int],
    told: Collection[Reminder],
) -> Reminding:
    """Find what is to be told on a day: of a milestone at most the latest that has come."""
    come = [
        [one for one in reminders(number, milestone, today, days) if one not in told]
        for number, milestone in enumerate(milestones, start=1)
    ]
    return Reminding(
        tell=tuple(of_one[-1] for of_one in come if of_one),
        over=tuple(one for of_one in come for one in of_one),
    )


def reminders(
    number: int, milestone: Milestone, today: date, days: Collection[int]
) -> Iterator[Reminder]:
    """Yield the reminders of a milestone whose day has come, in order; none once it is done."""
    if milestone.done_on is None:
        passed = (today - milestone.due_on).days
        for day in sorted(set(days)):
            if day <= passed:
                yield Reminder(number, milestone.due_on, day)

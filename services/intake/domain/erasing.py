"""When the entrants of a contest may be forgotten, and who of them stays known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from contracts.rules import Rules
from kernel.errors import Conflict, Refused


class NoRetention(Refused):
    """The rules do not say how long entrants are kept; amend them first (retention)."""


class RetentionNotOver(Refused):
    """Entrants are kept until {until}."""


class AlreadyErased(Conflict):
    """The entrants of this contest are forgotten already."""


class NoMinutes(Refused):
    """Name the minutes or the decision on which entrants are forgotten."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whom to forget, and how many stay known for another reason."""

    forgotten: tuple[str, ...]
    kept: int


def retained_until(rules: Rules, closes: datetime) -> datetime:
    """Return the instant from which entrants may be forgotten. Raises `NoRetention`."""
    if (months := rules.retention.personal_months) is None:
        raise NoRetention
    years, month = divmod(closes.month - 1 + months, 12)
    # A month without such a day ends it on its last: the 31st becomes the 28th.
    for day in range(closes.day, 0, -1):
        try:
            return closes.replace(year=closes.year + years, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError(closes)


def check_over(until: datetime, now: datetime, shown: str) -> None:
    """Raise `RetentionNotOver` while entrants are still kept; `shown` is the instant in words."""
    if now < until:
        raise RetentionNotOver("Entrants are kept until {until}.", until=shown)


def leaving(entrants: Collection[str], needed: Collection[str]) -> Leaving:
    """Tell who is forgotten from who is needed: elsewhere an entrant, a judge, an officer."""
    gone = sorted({*entrants} - {*needed})
    return Leaving(tuple(gone), len({*entrants}) - len(gone))

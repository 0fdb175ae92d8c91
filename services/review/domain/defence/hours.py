"""The hours of a defence day, and the places in time that fit into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from contracts.review import DefenceHours
from contracts.rules import Slot
from kernel.errors import Refused

MOST = timedelta(days=5)


class BadHours(Refused):
    """Hours begin before they end, follow one another and say their time zone."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in time: presenting, then answering; `ends_at` is outside."""

    starts_at: datetime
    answers_at: datetime
    ends_at: datetime

    @classmethod
    def at(cls, starts_at: datetime, slot: Slot) -> "Span":
        """Return the place that begins at an instant."""
        answers_at = starts_at + timedelta(minutes=slot.present_minutes)
        return cls(starts_at, answers_at, answers_at + timedelta(minutes=slot.question_minutes))

    def meets(self, other: "Span") -> bool:
        """Say whether both are going on at some instant."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def lies_in(self, hours: Iterable[DefenceHours]) -> bool:
        """Say whether it lies wholly in one of the stretches."""
        return any(
            one.starts_at <= self.starts_at and self.ends_at <= one.ends_at for one in hours
        )


def check_hours(hours: Sequence[DefenceHours]) -> None:
    """Raise unless there are hours, aware, each before the next."""
    instants = [instant for one in hours for instant in (one.starts_at, one.ends_at)]
    if not instants or any(instant.utcoffset() is None for instant in instants):
        raise BadHours
    if any(one.starts_at >= one.ends_at for one in hours):
        raise BadHours
    if sum((one.ends_at - one.starts_at for one in hours), timedelta()) > MOST:
        raise BadHours("The hours add up to more than {days} whole days.", days=MOST.days)
    if any(one.ends_at > other.starts_at for one, other in pairwise(hours)):
        raise BadHours


def spans(hours: Iterable[DefenceHours], slot: Slot) -> tuple[Span, ...]:
    """Fill the hours with places, one after the other, the changeover between them."""
    pause = timedelta(minutes=slot.changeover_minutes)
    found = []
    for one in hours:
        span = Span.at(one.starts_at, slot)
        while span.ends_at <= one.ends_at:
            found.append(span)
            span = Span.at(span.ends_at + pause, slot)
    return tuple(found)

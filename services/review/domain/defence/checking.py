"""Whether a day can be held: nobody in two places, everybody there, within the hours."""

from collections.abc import Mapping
from itertools import combinations

from kernel.errors import Refused
from services.review.domain.defence.day import Booking, Day
from services.review.domain.defence.posing import Finalist, Limits, missing_at
from services.review.domain.defence.puzzle import leavings


class SlotTaken(Refused):
    """Two entries cannot be defended in one room at a time."""


class InTwoPlaces(Refused):
    """Nobody can be in two rooms at a time."""


class OutsideHours(Refused):
    """An entry is defended within the hours of the day."""


class NotThere(Refused):
    """Somebody who has to be there cannot be."""


def check_day(day: Day, finalists: Mapping[str, Finalist], limits: Limits) -> None:
    """Raise what is wrong with a day; `finalists` by the ids of their entries."""
    for booking in day.standing:
        check_slot(day, booking, finalists[booking.entry_id], limits)
    for one, other in combinations(day.standing, 2):
        if not day.span(one).meets(day.span(other)):
            continue
        if one.room == other.room:
            raise SlotTaken(
                "{one} and {other} would be in “{room}” at the same time; move one of them.",
                one=one.code,
                other=other.code,
                room=one.room,
            )
        both = set(finalists[one.entry_id].people) & set(finalists[other.entry_id].people)
        if both:
            raise InTwoPlaces(
                "{one} and {other} are at the same time in two rooms, and both need {people}.",
                one=one.code,
                other=other.code,
                people=", ".join(sorted(both)),
            )


def check_slot(day: Day, booking: Booking, finalist: Finalist, limits: Limits) -> None:
    """Raise unless a slot is within the hours and all who have to be there can."""
    span = day.span(booking)
    if not span.lies_in(day.hours):
        raise OutsideHours(
            "{code} would begin at {at}, which is not within the hours of the day.",
            code=booking.code,
            at=booking.starts_at,
        )
    if missing := missing_at(span, finalist, limits):
        raise NotThere(
            "{code} would begin at {at}, when these cannot be there: {people}.",
            code=booking.code,
            at=booking.starts_at,
            people=", ".join(missing),
        )


def leavings_of(day: Day) -> int:
    """Count how often a judge leaves a room on a day."""
    rooms: dict[str, list[tuple[str, ...]]] = {}
    for booking in day.standing:
        rooms.setdefault(booking.room, []).append(booking.away)
    return sum(map(leavings, rooms.values()))

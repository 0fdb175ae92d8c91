"""Whose a slot of a defence day is: a judge's, an author's under whatever id."""

from kernel.database import Work
from services.review.domain.defence.day import Booking, Day, NoSuchSlot
from services.review.service.invitations import Invitations
from services.review.store.defence import NoDefenceDay
from services.review.store.people import same_ids


def identity(work: Work) -> str:
    """Return the id that stands for the actor under all their ids."""
    return same_ids(work.session).get(work.actor.id, work.actor.id)


def own_bookings(work: Work, day: Day) -> list[Booking]:
    """Return the slots of the actor, as a judge or an author."""
    me, same = work.actor.id, identity(work)
    mine = [one for one in day.in_order() if me in (*one.judges, *one.away) or same in one.authors]
    if not mine:
        raise NoDefenceDay
    return mine


def own_calendar(work: Work, written: Invitations) -> bytes:
    """Write the actor's own slots: a judge's in one way, an author's in another."""
    mine = own_bookings(work, written.day)
    me = work.actor.id
    if any(me in (*one.judges, *one.away) for one in mine):
        return written.of_judge(me)
    return written.of_entries(mine)


def booking_of(day: Day, code: str) -> Booking:
    """Return the slot of an entry."""
    for one in day.bookings:
        if one.code == code:
            return one
    raise NoSuchSlot("The defence day has no entry {codes}.", codes=code)


def marks(drawn: Day, person_id: str) -> bool:
    """Say whether somebody is a judge on a day."""
    return any(person_id in (*one.judges, *one.away) for one in drawn.bookings)

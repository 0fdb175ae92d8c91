"""A defence day as it is kept: settings and slots, and what a change makes of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from contracts.review import (
    ChangeDefence,
    DefenceAvailability,
    DefenceHours,
    DefenceMove,
    DefenceRoom,
)
from contracts.rules import Slot
from kernel.errors import Conflict, NotFound, Refused
from services.review.domain.defence.hours import Span
from services.review.domain.defence.posing import Finalist


class NoSuchSlot(NotFound):
    """The defence day has no such entry."""


class NoSuchRoom(NotFound):
    """The defence day has no such room."""


class DayChanged(Conflict):
    """The defence day was changed meanwhile; look at it again."""


class NothingChanged(Refused):
    """This would change nothing about the defence day."""


class Booking(Struct, frozen=True, kw_only=True):
    """The slot of an entry. `uid` stays whatever happens, `sequence` counts the changes.

    `judges`, `away` and `authors` are as of when it was written down.
    """

    entry_id: str
    code: str
    room: str
    starts_at: datetime
    uid: str
    sequence: int = 0
    state: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"
    judges: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether the entry is defended."""
        return self.state == "CONFIRMED"

    @property
    def said(self) -> tuple[object, ...]:
        """Return what a calendar shows of it."""
        return (self.room, self.starts_at, self.state)

    def of(self, finalist: Finalist) -> "Booking":
        """Return it with the people as they are now."""
        return replace(self, judges=finalist.judges, away=finalist.away, authors=finalist.authors)


class Day(Struct, frozen=True, kw_only=True):
    """The slots of a round's defence, and what they were drawn up from."""

    slot: Slot
    hours: tuple[DefenceHours, ...]
    rooms: tuple[DefenceRoom, ...]
    availability: tuple[DefenceAvailability, ...]
    seed: str
    bookings: tuple[Booking, ...]

    def span(self, booking: Booking) -> Span:
        """Return when an entry is defended."""
        return Span.at(booking.starts_at, self.slot)

    @property
    def standing(self) -> tuple[Booking, ...]:
        """Return the slots that are not cancelled, in the order of time and rooms."""
        return tuple(booking for booking in self.in_order() if booking.stands)

    def in_order(self) -> list[Booking]:
        """Return all slots in the order of time, then of rooms."""
        names = [room.name for room in self.rooms]

        def key(one: Booking) -> tuple[datetime, int, str]:
            known = one.room in names
            return one.starts_at, names.index(one.room) if known else len(names), one.code

        return sorted(self.bookings, key=key)


def book(
    finalists: Sequence[Finalist],
    rooms: Mapping[str, str],
    starts: Mapping[str, datetime],
    uids: Mapping[str, str],
) -> tuple[Booking, ...]:
    """Give finalists the slots that an order has found; all by code."""
    return tuple(
        Booking(
            entry_id=one.entry_id,
            code=one.code,
            room=rooms[one.code],
            starts_at=starts[one.code],
            uid=uids[one.code],
        ).of(one)
        for one in finalists
    )


def following(before: Day | None, after: Day) -> Day:
    """Return the day as the version after another.

    A slot keeps its identity; its sequence grows if it changed. One that is gone is cancelled.
    """
    known = {booking.entry_id: booking for booking in before.bookings} if before else {}
    booked = []
    for booking in after.bookings:
        old = known.pop(booking.entry_id, None)
        booked.append(booking if old is None else successor(old, booking))
    booked += [successor(old, replace(old, state="CANCELLED")) for old in known.values()]
    return replace(after, bookings=tuple(booked))


def successor(old: Booking, new: Booking) -> Booking:
    """Return a slot as it is after a change, if it is one."""
    is_same = old.said == new.said
    return replace(new, uid=old.uid, sequence=old.sequence + (0 if is_same else 1))


def changed(before: Day | None, after: Day) -> tuple[str, ...]:
    """Name the codes of the slots that are new or not as they were, in their order."""
    known = {booking.entry_id: booking.said for booking in before.bookings} if before else {}
    return tuple(one.code for one in after.in_order() if known.get(one.entry_id) != one.said)


def seen_by(day: Day | None, judge_id: str) -> frozenset[tuple[object, ...]]:
    """Return what a judge's calendar shows of a day."""
    return frozenset(
        (one.entry_id, judge_id in one.judges, *one.said)
        for one in (day.bookings if day else ())
        if judge_id in (*one.judges, *one.away)
    )


def attended(day: Day, finalists: Mapping[str, Finalist]) -> Day:
    """Return a day with the people as they are now; entries no longer in the round are out."""
    return replace(
        day,
        bookings=tuple(
            one.of(finalists[one.entry_id])
            if one.entry_id in finalists
            else replace(one, state="CANCELLED")
            for one in day.bookings
        ),
    )


def without(day: Day, entry_id: str) -> Day:
    """Return a day with an entry taken out."""
    return replace(
        day,
        bookings=tuple(
            replace(one, state="CANCELLED") if one.entry_id == entry_id else one
            for one in day.bookings
        ),
    )


def revise(day: Day, asked: ChangeDefence) -> Day:
    """Take entries out, swap pairs and move others; raises where a code or a room is unknown."""
    booked = {booking.code: booking for booking in day.bookings}
    named = [*asked.withdrawn, *(code for pair in asked.swaps for code in (pair.one, pair.other))]
    named += [move.code for move in asked.moves]
    if strangers := sorted(set(named) - booked.keys()):
        raise NoSuchSlot("The defence day has no entry {codes}.", codes=", ".join(strangers))
    for code in asked.withdrawn:
        booked[code] = replace(booked[code], state="CANCELLED")
    for pair in asked.swaps:
        here, there = booked[pair.one], booked[pair.other]
        booked[pair.one] = replace(here, room=there.room, starts_at=there.starts_at)
        booked[pair.other] = replace(there, room=here.room, starts_at=here.starts_at)
    for move in asked.moves:
        booked[move.code] = moved(day, booked[move.code], move)
    return replace(day, bookings=tuple(booked.values()))


def moved(day: Day, booking: Booking, move: DefenceMove) -> Booking:
    """Give an entry another time, and another room if one is named."""
    room = move.room or booking.room
    if room not in {one.name for one in day.rooms}:
        raise NoSuchRoom("The defence day has no room “{room}”.", room=room)
    return replace(booking, room=room, starts_at=move.starts_at, state="CONFIRMED")


def check_version(newest: int, seen: int) -> None:
    """Raise unless whoever changes a day has seen its newest version."""
    if seen != newest:
        raise DayChanged(
            "The defence day is at version {newest}, not {seen}; look at it again.",
            newest=newest,
            seen=seen,
        )

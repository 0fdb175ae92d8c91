"""The hours of a defence day, what changes make of it, and its calendars."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from contracts.review import ChangeDefence, DefenceHours, DefenceMove, DefenceRoom, DefenceSwap
from contracts.rules import Slot
from services.review.calendars import Appointment, write
from services.review.domain.defence.checking import InTwoPlaces, SlotTaken, check_day
from services.review.domain.defence.day import Booking, Day, changed, following, revise
from services.review.domain.defence.hours import BadHours, check_hours, spans
from services.review.domain.defence.posing import Finalist

EIGHT = datetime(2022, 8, 25, 1, 0, tzinfo=UTC)
SLOT = Slot(present_minutes=10, question_minutes=5)
CODES = ("A", "B", "C", "D")
ROOMS = (DefenceRoom(name="1"), DefenceRoom(name="2"))


def minutes(many):
    return EIGHT + timedelta(minutes=many)


def hours(begin, end):
    return DefenceHours(starts_at=minutes(begin), ends_at=minutes(end))


def a_booking(code, place=0, **changes):
    usual = Booking(
        entry_id=f"e-{code}", code=code, room="1", starts_at=minutes(15 * place), uid=f"uid-{code}"
    )
    return replace(usual, **changes)


def a_day(*bookings):
    return Day(
        slot=SLOT,
        hours=(hours(0, 240),),
        rooms=ROOMS,
        availability=(),
        seed="",
        bookings=bookings or tuple(map(a_booking, CODES, range(4))),
    )


def a_change(**said):
    return ChangeDefence(contest_id="HG", round_id="BAO_VE", version=1, reason="Lý do", **said)


def a_finalist(code, judges=(), authors=()):
    return Finalist(
        entry_id=f"e-{code}",
        code=code,
        title="",
        area="",
        judges=judges,
        away=(),
        authors=authors,
    )


moves = st.builds(
    DefenceMove,
    code=st.sampled_from(CODES),
    starts_at=st.integers(0, 12).map(lambda place: minutes(15 * place)),
    room=st.sampled_from((None, "1", "2")),
)
swaps = st.builds(DefenceSwap, one=st.sampled_from(CODES), other=st.sampled_from(CODES))
changes = st.builds(
    a_change,
    withdrawn=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    swaps=st.lists(swaps, max_size=2).map(tuple),
    moves=st.lists(moves, max_size=2).map(tuple),
)


@given(st.lists(changes, max_size=4))
def test_a_slot_keeps_its_uid_and_its_sequence_grows_only_when_it_changes(asked):
    day = a_day()
    for one in asked:
        after = following(day, revise(day, one))

        before = {booking.code: booking for booking in day.bookings}
        for booking in after.bookings:
            old = before[booking.code]
            assert booking.uid == old.uid
            assert booking.sequence - old.sequence == int(booking.said != old.said)
        assert set(changed(day, after)) == {
            booking.code
            for booking in after.bookings
            if booking.sequence != before[booking.code].sequence
        }
        day = after


@given(st.sets(st.sampled_from(CODES)), st.integers(0, 3))
def test_an_entry_that_is_in_no_later_plan_is_cancelled_and_may_come_back(left, later):
    day = a_day()
    drawn = [a_booking(code, place + later, uid="new") for place, code in enumerate(sorted(left))]

    after = following(day, a_day(*drawn) if drawn else replace(day, bookings=()))
    again = following(after, day)

    assert {booking.code for booking in after.standing} == left
    assert {booking.uid for booking in after.bookings} == {f"uid-{code}" for code in CODES}
    assert {booking.code for booking in again.standing} == set(CODES)
    assert all(one.sequence == 2 for one in again.bookings if one.code not in left)


@given(
    st.lists(st.integers(1, 90), min_size=2, max_size=8),
    st.integers(1, 20), st.integers(0, 15), st.integers(0, 10),
)  # fmt: skip
def test_places_lie_in_the_hours_one_after_the_other(steps, present, question, changeover):
    slot = Slot(present_minutes=present, question_minutes=question, changeover_minutes=changeover)
    ends = [sum(steps[: number + 1]) for number in range(len(steps))]
    given_hours = [hours(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)]

    found = spans(given_hours, slot)

    assert all(span.lies_in(given_hours) for span in found)
    assert not any(one.meets(other) for one, other in pairwise(found))
    assert len(found) == sum(
        max(0, (end - begin + changeover) // (present + question + changeover))
        for begin, end in zip(ends[::2], ends[1::2], strict=False)
    )


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [hours(10, 10)],
        [hours(0, 60), hours(50, 90)],
        [hours(60, 90), hours(0, 30)],
        [hours(0, 60 * 24 * 5 + 1)],
        [DefenceHours(starts_at=EIGHT.replace(tzinfo=None), ends_at=EIGHT.replace(tzinfo=None))],
    ],
    ids=["none", "no time", "over one another", "out of order", "a week", "no zone"],
)
def test_hours_that_make_no_day_are_refused(wrong):
    with pytest.raises(BadHours):
        check_hours(wrong)


@pytest.mark.parametrize(
    ("room", "error"), [("1", SlotTaken), ("2", InTwoPlaces), ("other people", None)]
)
def test_one_room_has_one_entry_at_a_time_and_one_person_one_room(room, error):
    day = a_day(a_booking("A"), a_booking("B", room="1" if room == "1" else "2"))
    judges = {"A": ("j-1",), "B": ("j-2",) if room == "other people" else ("j-1",)}
    finalists = {f"e-{code}": a_finalist(code, judges[code]) for code in "AB"}

    if error is None:
        check_day(day, finalists, {})
    else:
        with pytest.raises(error):
            check_day(day, finalists, {})


def an_appointment(**changes):
    usual = {
        "uid": "u-1@sangkien",
        "sequence": 3,
        "starts_at": EIGHT,
        "ends_at": minutes(15),
        "room": "Hội trường A; tầng 2, khu B",
        "summary": "Bảo vệ ý tưởng: Một cửa, “liên thông” " + "rất dài " * 20,
        "description": "",
    }
    return Appointment(**(usual | changes))


def test_a_calendar_is_read_back_as_it_was_written():
    one = an_appointment()

    written = write("Lịch bảo vệ", "UBND tỉnh", EIGHT, [one])

    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["SUMMARY"]) == one.summary
    assert str(event["LOCATION"]) == one.room
    assert (event.start, event.end) == (one.starts_at, one.ends_at)
    assert int(event["SEQUENCE"]) == 3
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"DTSTART:20220825T010000Z" in written


@pytest.mark.parametrize(
    ("cancelled", "method"),
    [((False, True), "PUBLISH"), ((True, True), "CANCEL"), ((), "PUBLISH")],
)
def test_a_calendar_in_which_all_is_cancelled_takes_it_off(cancelled, method):
    shown = [
        an_appointment(uid=f"u-{number}", is_cancelled=one) for number, one in enumerate(cancelled)
    ]

    calendar = Calendar.from_ical(write("Lịch", "UBND", EIGHT, shown))

    assert calendar["METHOD"] == method
    assert [event["STATUS"] == "CANCELLED" for event in calendar.walk("VEVENT")] == list(cancelled)

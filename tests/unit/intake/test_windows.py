"""When entries are taken and when a supplement is due."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Supplement, Window
from services.intake.domain.windows import (
    Calendar,
    NotOpenYet,
    SupplementOverdue,
    TooLateToReturn,
    check_begun,
    check_due,
    supplement_due,
)
from services.intake.rules import check

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NATIONAL_DAY = frozenset({date(2022, 9, 1), date(2022, 9, 2)})
CALENDAR = Calendar(VIETNAM, days_off=NATIONAL_DAY)
WINDOW = Window(
    opens=datetime(2022, 6, 30, tzinfo=VIETNAM), closes=datetime(2022, 8, 16, tzinfo=VIETNAM)
)
SUPPLEMENT = Supplement(max_requests=1, working_days=5, never_after_closing_by=5)

any_instant = st.datetimes(
    datetime(2022, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2023, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
any_days = st.frozensets(st.dates(date(2022, 1, 1), date(2023, 12, 31)), max_size=40)
any_calendar = st.builds(Calendar, st.just(VIETNAM), any_days, any_days)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_entry_before_the_opening_is_refused():
    with pytest.raises(NotOpenYet, match="from 00:00 30/06/2022"):
        check_begun(WINDOW, CALENDAR, at("2022-06-29T16:59:59Z"), "thể lệ")

    check_begun(WINDOW, CALENDAR, at("2022-06-29T17:00:00Z"), "thể lệ")


def test_five_working_days_step_over_national_day():
    due = CALENDAR.after(at("2022-08-30T09:00:00+07:00"), 5)

    assert due == at("2022-09-09T00:00:00+07:00")
    assert CALENDAR.show_end(due) == "24:00 08/09/2022"


def test_calendar_of_the_rules_steps_over_national_day_too():
    calendar = Calendar.of(check(Path("contests/hau-giang-2022.yaml").read_text()).rules)

    assert calendar.show_end(calendar.after(at("2022-08-30T09:00:00+07:00"), 5)) == (
        "24:00 08/09/2022"
    )


def test_made_up_saturday_shortens_the_way_to_the_same_day():
    calendar = Calendar(VIETNAM, NATIONAL_DAY, made_up=frozenset({date(2022, 9, 3)}))

    due = calendar.after(at("2022-08-30T09:00:00+07:00"), 5)

    assert calendar.show_end(due) == "24:00 07/09/2022"


def test_made_up_saturday_is_worked():
    calendar = Calendar(VIETNAM, made_up=frozenset({date(2022, 9, 3)}))

    due = calendar.after(at("2022-09-02T09:00:00+07:00"), 1)

    assert calendar.show_end(due) == "24:00 03/09/2022"


def test_day_of_a_term_is_the_local_day():
    due = CALENDAR.after(at("2022-08-15T17:30:00Z"), 1)  # already the 16th in Vietnam

    assert CALENDAR.show_end(due) == "24:00 17/08/2022"


@given(any_calendar, any_instant, st.integers(0, 60))
def test_term_never_ends_on_a_day_off(calendar, start, days):
    due = calendar.after(start, days)

    assert calendar.is_worked(calendar.day_of(due - timedelta(microseconds=1)))


@given(any_calendar, any_instant, st.integers(1, 60))
def test_longer_terms_end_later(calendar, start, days):
    assert calendar.after(start, days) < calendar.after(start, days + 1)


@given(any_calendar, any_instant, any_instant, st.integers(0, 60))
def test_terms_begun_later_never_end_earlier(calendar, one, other, days):
    earlier, later = sorted((one, other))

    assert calendar.after(earlier, days) <= calendar.after(later, days)


@given(any_calendar, any_instant, st.integers(1, 60))
def test_term_holds_exactly_its_number_of_working_days(calendar, start, days):
    last = calendar.day_of(calendar.after(start, days) - timedelta(microseconds=1))
    first = calendar.day_of(start) + timedelta(days=1)

    passed = [first + timedelta(days=step) for step in range((last - first).days + 1)]

    assert sum(calendar.is_worked(day) for day in passed) == days


def test_supplement_is_due_after_its_working_days():
    due = supplement_due(SUPPLEMENT, WINDOW, CALENDAR, at("2022-07-05T03:00:00Z"))

    assert CALENDAR.show_end(due) == "24:00 12/07/2022"


def test_supplement_is_never_due_later_than_the_cap():
    due = supplement_due(SUPPLEMENT, WINDOW, CALENDAR, at("2022-08-19T03:00:00Z"))

    assert CALENDAR.show_end(due) == "24:00 22/08/2022"


def test_nothing_is_returned_once_the_cap_has_passed():
    with pytest.raises(TooLateToReturn, match="24:00 22/08/2022"):
        supplement_due(SUPPLEMENT, WINDOW, CALENDAR, at("2022-08-30T03:00:00Z"))


def test_supplement_at_its_due_instant_is_too_late():
    due = at("2022-07-13T00:00:00+07:00")
    check_due(due, CALENDAR, due - timedelta(microseconds=1))

    with pytest.raises(SupplementOverdue, match="by 24:00 12/07/2022"):
        check_due(due, CALENDAR, due)

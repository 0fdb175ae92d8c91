"""When an entry counts, by which rule, and what is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from services.intake.domain.deadlines import (
    Arrival,
    Basis,
    Counted,
    Extension,
    ExtensionTooShort,
    Transfer,
    check_extension,
    count,
    longest,
)
from services.intake.domain.post import (
    NotArrivedYet,
    NotByPost,
    NotHandedOver,
    PostedAfterArrival,
    check_entered,
)
from services.intake.domain.windows import Calendar, NotOpenYet
from services.intake.rules import check

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
CALENDAR = Calendar.of(RULES)
CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def with_window(**other):
    return structs.replace(RULES, intake=structs.replace(RULES.intake, **other))


EVENING = with_window(closes=datetime(2022, 10, 15, 22, tzinfo=VIETNAM))
GRACE = with_window(grace_minutes=30)

moments = st.datetimes(
    datetime(2022, 6, 30),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2022, 12, 31),  # noqa: DTZ001
    timezones=st.just(VIETNAM),
)
extensions = st.none() | st.builds(Extension, moments, st.just("Mưa lũ"))
transfers = st.lists(st.builds(Transfer, moments, st.none() | moments), max_size=3).map(tuple)
online = st.builds(Arrival, at=moments, transfers=transfers, extension=extensions)


@st.composite
def posted(draw):
    arrival = draw(online)
    days = draw(st.integers(0, 60))
    return replace(
        arrival, by_post=True, posted_on=CALENDAR.day_of(arrival.at) - timedelta(days=days)
    )


any_arrival = online | posted()
any_rules = st.builds(
    with_window,
    closes=moments,
    grace_minutes=st.integers(0, 600),
    post_counts_by=st.sampled_from(["POSTMARK", "ARRIVAL"]),
)


@pytest.mark.parametrize(
    ("rules", "last_second"),
    [(RULES, "2022-08-15T16:59:59Z"), (EVENING, "2022-10-15T14:59:59Z")],
    ids=["midnight", "22:00"],
)
def test_last_second_is_in_time_and_the_closing_instant_is_late(rules, last_second):
    in_time = datetime.fromisoformat(last_second)

    assert count(Arrival(in_time), rules).basis is Basis.WINDOW
    assert count(Arrival(in_time + SECOND), rules).basis is Basis.LATE


def test_rule_is_said_in_words_in_vietnam_time():
    assert count(Arrival(CLOSES - SECOND), RULES).rule == (
        "Nhận trước 24:00 15/08/2022 (Kế hoạch 125/KH-UBND)."
    )
    assert count(Arrival(CLOSES), RULES) == Counted(
        CLOSES,
        CLOSES,
        Basis.LATE,
        "Hạn nộp là 24:00 15/08/2022 (Kế hoạch 125/KH-UBND); hồ sơ đến lúc 00:00:00 16/08/2022.",
    )


def test_before_the_window_nothing_is_taken():
    with pytest.raises(NotOpenYet):
        count(Arrival(datetime(2022, 6, 29, 16, 59, 59, tzinfo=UTC)), RULES)


def test_extension_is_in_time_up_to_its_end_and_is_said():
    extension = Extension(CLOSES + timedelta(hours=2), "Mất điện toàn huyện")

    counted = count(Arrival(extension.until - SECOND, extension=extension), RULES)

    assert counted.basis is Basis.EXTENSION
    assert counted.rule == "Được gia hạn đến 02:00 16/08/2022: Mất điện toàn huyện."
    assert count(Arrival(extension.until, extension=extension), RULES).is_late


def test_upload_under_way_at_the_deadline_may_finish_in_the_grace():
    upload = Transfer(CLOSES - SECOND, CLOSES + timedelta(minutes=4))
    arrival = Arrival(CLOSES + timedelta(minutes=5), transfers=(upload,))

    counted = count(arrival, GRACE)

    assert (counted.basis, counted.at) == (Basis.GRACE, arrival.at)
    assert counted.rule == (
        "Tệp bắt đầu tải lên trước 24:00 15/08/2022 (Kế hoạch 125/KH-UBND);"
        " được hoàn tất trong 30 phút sau đó."
    )
    assert count(arrival, RULES).is_late
    assert count(replace(arrival, at=CLOSES + timedelta(minutes=30)), GRACE).is_late


@pytest.mark.parametrize(
    "uploads",
    [
        (),
        (Transfer(CLOSES - SECOND, CLOSES - SECOND),),
        (Transfer(CLOSES - SECOND),),
        (Transfer(CLOSES - SECOND, CLOSES), Transfer(CLOSES, CLOSES + SECOND)),
    ],
    ids=["no upload", "done before", "never done", "another begun in the grace"],
)
def test_grace_is_for_uploads_that_were_under_way(uploads):
    assert count(Arrival(CLOSES + SECOND, transfers=uploads), GRACE).is_late


def by_post(posted_on: date, arrived_at: datetime = CLOSES + timedelta(days=3)) -> Arrival:
    return Arrival(arrived_at, by_post=True, posted_on=posted_on)


def test_postmark_of_the_last_day_is_in_time_whenever_it_arrives():
    counted = count(by_post(date(2022, 8, 15)), RULES)

    assert counted == Counted(
        CLOSES + timedelta(days=3),
        CLOSES - timedelta(microseconds=1),
        Basis.POSTMARK,
        "Gửi qua bưu chính, tính theo dấu bưu điện ngày 15/08/2022 (Kế hoạch 125/KH-UBND).",
        date(2022, 8, 15),
    )
    assert count(by_post(date(2022, 8, 16)), RULES).is_late


def test_postmark_tells_no_hour_so_its_day_counts_to_its_end():
    arrived = datetime(2022, 10, 18, 9, tzinfo=VIETNAM)

    counted = count(by_post(date(2022, 10, 15), arrived), EVENING)

    assert counted.basis is Basis.POSTMARK
    assert counted.at == EVENING.intake.closes - timedelta(microseconds=1)
    assert count(by_post(date(2022, 10, 16), arrived), EVENING).is_late


def test_post_counts_by_its_arrival_where_the_rules_say_so():
    rules = with_window(post_counts_by="ARRIVAL")

    assert count(by_post(date(2022, 8, 15)), rules).is_late
    assert count(by_post(date(2022, 8, 12), CLOSES - SECOND), rules).rule == (
        "Gửi qua bưu chính, tính theo thời điểm nhận được trước 24:00 15/08/2022"
        " (Kế hoạch 125/KH-UBND)."
    )


def test_post_without_a_legible_postmark_counts_by_its_arrival():
    assert count(Arrival(CLOSES - SECOND, by_post=True), RULES).basis is Basis.WINDOW
    assert count(Arrival(CLOSES, by_post=True), RULES).is_late


def test_extension_holds_for_post_too():
    extension = Extension(CLOSES + timedelta(days=1), "Bão số 2")
    arrival = replace(by_post(date(2022, 8, 16)), extension=extension)

    counted = count(arrival, RULES)

    assert counted.basis is Basis.EXTENSION
    assert counted.rule == (
        "Được gia hạn đến 24:00 16/08/2022: Bão số 2. Tính theo dấu bưu điện ngày 16/08/2022."
    )


def test_postmark_is_not_later_than_the_arrival():
    with pytest.raises(PostedAfterArrival, match="15/08/2022 is later than the arrival at 08:00"):
        count(by_post(date(2022, 8, 15), datetime(2022, 8, 14, 8, tzinfo=VIETNAM)), RULES)


@pytest.mark.parametrize(
    ("channel", "posted_on", "arrived_at", "error"),
    [
        ("ONLINE", None, CLOSES, NotHandedOver),
        ("ONE_STOP", date(2022, 8, 15), None, NotHandedOver),
        ("DESK", date(2022, 8, 15), None, NotByPost),
        ("POST", date(2022, 8, 15), CLOSES + SECOND, NotArrivedYet),
    ],
)
def test_what_a_clerk_says_must_be_possible(channel, posted_on, arrived_at, error):
    with pytest.raises(error):
        check_entered(channel, posted_on, arrived_at, CLOSES)


def test_extension_reaches_beyond_the_deadline():
    check_extension(CLOSES + SECOND, CLOSES, CALENDAR)

    with pytest.raises(ExtensionTooShort, match="24:00 15/08/2022"):
        check_extension(CLOSES, CLOSES, CALENDAR)


@given(st.lists(st.builds(Extension, moments, st.just("Mưa lũ"))))
def test_longest_extension_is_the_one_that_counts(granted):
    found = longest(granted)

    assert (found is None) == (granted == [])
    assert all(found.until >= one.until for one in granted)


@given(any_arrival, any_rules)
def test_every_entry_is_in_time_or_late_and_never_dropped(arrival, rules):
    counted = count(arrival, rules)

    assert counted.is_late != (counted.basis in set(Basis) - {Basis.LATE})
    assert counted.received_at == arrival.at
    assert counted.at <= arrival.at
    assert counted.rule.endswith(".")


@given(any_arrival, any_rules, st.integers(0, 600))
def test_more_grace_never_makes_anybody_late(arrival, rules, more):
    longer = rules.intake.grace_minutes + more
    kinder = structs.replace(rules, intake=structs.replace(rules.intake, grace_minutes=longer))

    assert count(arrival, kinder).is_late <= count(arrival, rules).is_late


@given(any_arrival, any_rules, moments)
def test_an_extension_never_makes_anybody_late(arrival, rules, until):
    longer = max(until, arrival.extension.until) if arrival.extension else until
    extended = replace(arrival, extension=Extension(longer, "Mưa lũ"))

    assert count(extended, rules).is_late <= count(arrival, rules).is_late


@given(any_arrival, any_rules, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_who_comes_earlier_is_never_late_instead(arrival, rules, sooner):
    earlier = replace(arrival, at=max(arrival.at - sooner, RULES.intake.opens))
    if earlier.posted_on is not None:
        posted_on = min(earlier.posted_on, CALENDAR.day_of(earlier.at))
        earlier = replace(earlier, posted_on=posted_on)

    assert count(earlier, rules).is_late <= count(arrival, rules).is_late


@given(posted(), any_rules)
def test_a_postmark_is_never_to_the_entrants_harm(arrival, rules):
    by_arrival = structs.replace(
        rules, intake=structs.replace(rules.intake, post_counts_by="ARRIVAL")
    )
    by_postmark = structs.replace(
        rules, intake=structs.replace(rules.intake, post_counts_by="POSTMARK", grace_minutes=0)
    )
    without_grace = structs.replace(
        by_arrival, intake=structs.replace(by_arrival.intake, grace_minutes=0)
    )

    assert count(arrival, by_postmark).is_late <= count(arrival, without_grace).is_late

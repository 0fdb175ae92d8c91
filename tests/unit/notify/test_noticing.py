"""Who hears by the rules of a contest, once each, when, and that nothing is lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Notice, Notices, QuietHours
from services.notify.domain import Accepted, Around, Telling, Wishes, arrange
from services.notify.domain.due import Limit, steps
from services.notify.domain.hours import after_quiet, is_quiet, next_at, step_due
from services.notify.domain.letters import MilestoneDue
from services.notify.domain.reminders import DraftUnfinished
from tests.unit.notify.builders import CONTEST, ENTRY, NAMED, NOON

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ACCEPTED = Accepted(NAMED)
clocks = st.times().map(lambda one: f"{one:%H:%M}")
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
quiet_hours = st.builds(QuietHours, begins=clocks, ends=clocks).filter(
    lambda one: one.begins != one.ends
)
people = st.sampled_from(["p-1", "p-2", "c-1", "s-1", "x-1"])
PARTIES = ("AUTHOR", "CO_AUTHOR", "FILER", "UNIT", "SECRETARY", "CONCERNED")
ways = st.lists(st.sampled_from(["EMAIL", "ZNS", "SMS", "INBOX"]), min_size=1, unique=True)
notices = st.builds(
    Notice,
    code=st.just("accepted"),
    to=st.lists(st.sampled_from(PARTIES), unique=True).map(tuple),
    by=ways.map(tuple),
    held=st.booleans(),
    urgent=st.booleans(),
    at=st.none() | clocks,
    expires_hours=st.none() | st.integers(1, 100),
)


def under(*kinds, quiet=None):
    return replace(CONTEST, notices=Notices(kinds=kinds, quiet=quiet))


def around(now=NOON, **known):
    roles = {"c-1": frozenset({"coordinator"}), "s-1": frozenset({"secretary"})}
    entry = replace(ENTRY, unit_id="STP")
    given_ = {"entries": {"e-1": entry}, "roles": roles, "contacts": {"STP": ("c-1",)}}
    return Around(now=now, **{**given_, **known})


def letters(*recipients):
    return [Telling(one, "EMAIL", ACCEPTED, ("e-1",)) for one in recipients]


def test_without_rules_all_goes_as_it_always_did():
    told = letters("p-1", "p-2")

    assert arrange(CONTEST, told, around()) == tuple(told)
    assert arrange(None, told, around()) == tuple(told)


def test_reminders_are_sent_only_where_the_rules_list_them():
    reminder = Telling("p-1", "EMAIL", DraftUnfinished(1, NOON))
    listed = under(Notice(code="draft_unfinished", days_before=(3,)))

    assert arrange(CONTEST, [reminder], around()) == ()
    assert arrange(listed, [reminder], around()) == (reminder,)


def test_the_contact_of_a_unit_is_told_where_the_rules_say_so():
    contest = under(Notice(code="accepted", to=("AUTHOR", "UNIT")))

    assert [one.recipient for one in arrange(contest, letters("p-1", "p-2"), around())] == [
        "p-1",
        "c-1",
    ]


def test_a_unit_gets_one_document_of_an_event_whoever_speaks_for_it():
    contest = under(Notice(code="accepted", to=("UNIT",), by=("EDXML", "EMAIL")))
    known = around(
        contacts={"STP": ("c-1", "c-2")},
        roles={one: frozenset({"coordinator"}) for one in ("c-1", "c-2")},
        units={"c-1": "STP", "c-2": "STP"},
    )

    told = arrange(contest, letters("p-1"), known)

    assert [(one.recipient, one.channel) for one in told] == [("c-1", "EDXML")]


def test_somebody_with_several_roles_reads_one_letter_about_all_their_entries():
    second = Telling("c-1", "EMAIL", ACCEPTED, ("e-2",))
    contest = under(Notice(code="accepted", to=("AUTHOR", "CO_AUTHOR", "UNIT")))
    both = {"e-1": replace(ENTRY, unit_id="STP"), "e-2": replace(ENTRY, author_ids=("c-1",))}

    told = arrange(contest, [*letters("p-1"), second], around(entries=both))

    assert {one.recipient: one.entry_ids for one in told} == {
        "p-1": ("e-1",),
        "c-1": ("e-2", "e-1"),
    }


def test_any_of_somebodys_roles_is_enough_to_be_told():
    roles = {"s-1": frozenset({"secretary", "coordinator"})}
    contest = under(Notice(code="accepted", to=("SECRETARY",)))

    told = arrange(contest, letters("p-1", "s-1"), around(roles=roles))

    assert [one.recipient for one in told] == ["s-1"]


def test_a_person_without_an_address_is_told_by_the_next_way():
    contest = under(Notice(code="accepted", by=("EMAIL", "ZNS", "INBOX")))
    wishes = {"p-1": Wishes(reach=frozenset({"INBOX", "ZNS"}), first="INBOX")}

    (told,) = arrange(contest, letters("p-1"), around(wishes=wishes))

    assert (told.channel, told.fallback) == ("INBOX", ("ZNS",))


def test_only_reminders_can_be_done_without():
    off = {"p-1": Wishes(off=frozenset({"accepted", "milestone_due"}))}
    due = MilestoneDue("", "", "", NOON.date(), 0)
    milestone = Telling("p-1", "EMAIL", due, ("e-1",))

    assert arrange(CONTEST, letters("p-1"), around(wishes=off)) == tuple(letters("p-1"))
    assert arrange(CONTEST, [milestone], around(wishes=off)) == ()


@given(notices, st.none() | quiet_hours, st.lists(people), instants)
def test_each_is_told_once_and_nobody_the_rules_name_is_lost(rule, quiet, readers, now):
    contest = under(rule, quiet=quiet)

    told = arrange(contest, letters(*readers), around(now))

    heard = [one.recipient for one in told]
    assert len(heard) == len(set(heard))
    assert {one.channel for one in told} <= set(rule.by)
    assert all(one.held == rule.held for one in told)
    if not rule.to:
        assert set(heard) == set(readers)
    if "AUTHOR" in rule.to and "p-1" in readers:
        assert "p-1" in heard


@given(notices, quiet_hours, instants)
def test_nothing_goes_out_in_quiet_hours_unless_urgent_and_within_a_day_or_two(rule, quiet, now):
    for told in arrange(under(rule, quiet=quiet), letters("p-1"), around(now)):
        goes = told.not_before or now
        assert now <= goes <= now + timedelta(days=2)
        if not rule.urgent and told.channel != "INBOX":
            assert not is_quiet(quiet, goes, VIETNAM)
        if told.expires_at is not None:
            assert told.expires_at > goes


@given(clocks, instants)
def test_a_time_of_day_comes_within_a_day(clock, now):
    found = next_at(clock, now, VIETNAM)

    assert now <= found < now + timedelta(days=1)
    assert f"{found.astimezone(VIETNAM):%H:%M}" == clock


@given(quiet_hours, instants)
def test_after_quiet_hours_it_is_not_quiet(quiet, now):
    assert not is_quiet(quiet, after_quiet(quiet, now, VIETNAM), VIETNAM)


@given(
    st.lists(st.integers(0, 30), min_size=1, unique=True),
    st.lists(st.floats(0, 40), min_size=1).map(sorted),
)
def test_each_reminder_comes_once_and_always_nearer_to_the_limit(days_before, moments):
    until = NOON + timedelta(days=35)
    done = []
    for after in moments:
        days = step_due(until, days_before, done, NOON + timedelta(days=after))
        if days is not None:
            assert days in days_before
            assert not done or days < min(done)
            done.append(days)


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_nobody_is_reminded_of_what_is_over(late):
    rules = {"sheets_due": Notice(code="sheets_due", days_before=(3, 1), at="08:00")}
    limit = Limit("sheets_due", "r-1", NOON)

    assert list(steps(rules, [limit], NOON + late, VIETNAM)) == []


def test_a_reminder_comes_in_the_morning_of_its_day():
    rules = {"draft_unfinished": Notice(code="draft_unfinished", days_before=(3,), at="08:00")}
    closes = datetime(2022, 8, 15, 17, tzinfo=UTC)  # 24:00 of 15 August in Vietnam
    limit = Limit("draft_unfinished", "HG", closes)
    before, at = (datetime(2022, 8, 12, *time, tzinfo=UTC) for time in ((0, 59), (1, 0)))

    assert list(steps(rules, [limit], before, VIETNAM)) == []
    assert [one.days for one in steps(rules, [limit], at, VIETNAM)] == [3]

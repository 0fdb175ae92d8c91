"""Outages before the deadline are measured, proposed to the organiser, and decided on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from contracts import intake
from kernel.tables import Request
from kernel.testing import Rejected, actor
from services.intake.service import IntakeService
from services.intake.store.tables import BeatRow
from tests.service.intake.conftest import AN, CLERK, CONTEST, ORGANISER, SECRETARY, Contest

CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
UNTIL = CLOSES + timedelta(hours=24)
DOOR = actor("service", id="service:gateway")
MINUTE = timedelta(minutes=1)


def beat(contest, *stretches):
    """Let the door beat every minute of these stretches, each told of by the next."""
    for begun, ended in stretches:
        at = begun
        while at <= ended:
            contest.ask(intake.RecordBeat(answered_at=at), DOOR, at + MINUTE)
            at += MINUTE


def show(contest, by=SECRETARY, now=CLOSES + timedelta(hours=1), **more):
    asked = intake.ShowOutage(contest_id=CONTEST)
    return contest.ask(asked, by, now, intake.OutageView, **more)


def decide(contest, *, adopt: bool, reason="Theo thể lệ", by=ORGANISER):
    asked = intake.DecideExtension(contest_id=CONTEST, adopt=adopt, reason=reason)
    return contest.ask(asked, by, CLOSES + timedelta(hours=1))


@pytest.fixture
def closing(contest):
    """Watch the contest for its last five hours only, as an amendment says."""
    source = contest.ask(
        intake.ShowContest(contest_id=CONTEST), reply=intake.OpenedContest
    ).source.replace("within_hours: 24", "within_hours: 5")
    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason="Rút ngắn")
    contest.ask(asked, ORGANISER, datetime(2022, 7, 1, tzinfo=UTC))
    return contest


def outage(contest, minutes: int):
    """Have the path closed for so long, two hours before the end, and open otherwise."""
    end = CLOSES - timedelta(hours=2)
    opened = CLOSES - timedelta(hours=5)
    beat(contest, (opened, end - minutes * MINUTE), (end, CLOSES - MINUTE))
    return intake.Gap(begun_at=end - minutes * MINUTE, ended_at=end)


def test_beats_are_kept_as_stretches(closing):
    outage(closing, 60)

    assert len(closing.bench.rows(select(BeatRow))) == 2


def test_beat_that_was_not_answered_is_none(contest):
    contest.ask(intake.RecordBeat(answered_at=None), DOOR, CLOSES - MINUTE)

    assert contest.bench.rows(select(BeatRow)) == []


def test_only_the_door_beats(contest):
    with pytest.raises(Rejected, match="Forbidden"):
        contest.ask(intake.RecordBeat(answered_at=CLOSES), ORGANISER, CLOSES)


def test_long_outage_proposes_an_extension_once(closing):
    gap = outage(closing, 60)

    closing.bench.tick("watch_for_outages", now=CLOSES - MINUTE)
    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)

    assert closing.said(intake.ExtensionProposed) == [
        intake.ExtensionProposed(
            contest_id=CONTEST, closes=CLOSES, until=UNTIL, missed_minutes=60, gaps=(gap,)
        )
    ]
    assert show(closing) == intake.OutageView(
        contest_id=CONTEST,
        watched_from=CLOSES - timedelta(hours=5),
        missed_minutes=60,
        gaps=(gap,),
        proposed=intake.ProposedExtension(
            closes=CLOSES,
            until=UNTIL,
            missed_minutes=60,
            gaps=(gap,),
            proposed_at=CLOSES - MINUTE,
        ),
    )


def test_short_outage_proposes_nothing_and_is_shown(closing):
    gap = outage(closing, 59)

    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)

    assert closing.said(intake.ExtensionProposed) == []
    assert (show(closing).gaps, show(closing).proposed) == ((gap,), None)


def test_outage_over_the_deadline_is_noticed_when_the_path_is_open_again(closing):
    opened = CLOSES - timedelta(hours=5)
    beat(closing, (opened, CLOSES - 90 * MINUTE))

    closing.bench.tick("watch_for_outages", now=CLOSES + timedelta(hours=3))

    (said,) = closing.said(intake.ExtensionProposed)
    assert said.gaps == (intake.Gap(begun_at=CLOSES - 90 * MINUTE, ended_at=CLOSES),)


def test_where_nothing_was_measured_nothing_is_proposed(contest):
    contest.bench.tick("watch_for_outages", now=CLOSES + MINUTE)

    assert contest.said(intake.ExtensionProposed) == []
    assert show(contest).gaps == ()


def test_adopted_extension_amends_the_rules_and_admits_who_came_late(closing):
    outage(closing, 60)
    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)
    late = closing.draft()
    closing.submit(late, now=CLOSES + MINUTE)

    decide(closing, adopt=True, reason="Hệ thống ngừng 60 phút")

    frozen = closing.ask(intake.ShowContest(contest_id=CONTEST), reply=intake.OpenedContest)
    assert (frozen.number, frozen.rules.intake.closes) == (2, UNTIL)
    assert "  closes: 2022-08-17T00:00:00+07:00\n" in frozen.source
    assert closing.said(intake.ContestAmended)[-1].reason == "Hệ thống ngừng 60 phút"
    assert closing.said(intake.ExtensionDecided) == [
        intake.ExtensionDecided(
            contest_id=CONTEST, adopted=True, until=UNTIL, reason="Hệ thống ngừng 60 phút"
        )
    ]
    assert closing.state(late) == "SUBMITTED"
    assert closing.submit(closing.draft(), now=UNTIL - MINUTE).late is False


def test_declined_extension_changes_nothing_but_is_kept_with_its_reason(closing):
    outage(closing, 60)
    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)

    decide(closing, adopt=False, reason="Hồ sơ đã nhận đủ")

    proposed = show(closing).proposed
    assert (proposed.decision, proposed.reason, proposed.decided_by) == (
        "DECLINED",
        "Hồ sơ đã nhận đủ",
        "o-1",
    )
    assert len(closing.said(intake.ContestAmended)) == 1
    with pytest.raises(Rejected, match="ProposalDecided"):
        decide(closing, adopt=True)


def again(contest, minutes: int):
    """Have the path closed for so long, an hour before the end of the extension."""
    end = UNTIL - timedelta(hours=1)
    beat(contest, (UNTIL - timedelta(hours=5), end - minutes * MINUTE), (end, UNTIL - MINUTE))
    return intake.Gap(begun_at=end - minutes * MINUTE, ended_at=end)


def test_a_second_outage_before_the_extended_deadline_proposes_again(closing):
    outage(closing, 60)
    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)
    decide(closing, adopt=True, reason="Hệ thống ngừng 60 phút")
    gap = again(closing, 61)

    closing.bench.tick("watch_for_outages", now=UNTIL + MINUTE)
    closing.bench.tick("watch_for_outages", now=UNTIL + 2 * MINUTE)

    later = UNTIL + timedelta(hours=24)
    assert closing.said(intake.ExtensionProposed)[1:] == [
        intake.ExtensionProposed(
            contest_id=CONTEST, closes=UNTIL, until=later, missed_minutes=61, gaps=(gap,)
        )
    ]
    decide(closing, adopt=True, reason="Lại ngừng 61 phút")
    assert [one.until for one in closing.said(intake.ExtensionDecided)] == [UNTIL, later]


def test_an_outage_is_answered_once_whatever_is_decided(closing):
    outage(closing, 60)
    closing.bench.tick("watch_for_outages", now=CLOSES + MINUTE)
    decide(closing, adopt=False, reason="Hồ sơ đã nhận đủ")

    closing.bench.tick("watch_for_outages", now=CLOSES + timedelta(hours=2))

    assert len(closing.said(intake.ExtensionProposed)) == 1


def test_nothing_is_decided_that_was_not_proposed(contest):
    with pytest.raises(Rejected, match="NothingProposed"):
        decide(contest, adopt=True)


@pytest.mark.parametrize("by", [AN, CLERK, SECRETARY])
def test_only_the_organiser_decides_on_more_time(contest, by):
    with pytest.raises(Rejected, match="Forbidden"):
        decide(contest, adopt=True, by=by)


def test_decision_has_a_reason(contest):
    with pytest.raises(Rejected, match="NoReason"):
        decide(contest, adopt=True, reason=" ")


def test_outage_of_one_tenant_is_not_shown_to_another(closing):
    outage(closing, 60)

    assert show(closing).missed_minutes == 60
    with pytest.raises(Rejected, match="UnknownContest"):
        show(closing, tenant="soc-trang")


def test_what_a_beat_was_answered_is_forgotten_after_the_days_of_the_setting(service_bench):
    contest = Contest(service_bench(IntakeService, REQUEST_DAYS="30"))
    month = timedelta(days=30)
    now = datetime.now(UTC)  # requests are dated by the machine
    contest.ask(intake.RecordBeat(answered_at=None), DOOR, id="beat-1")
    known = select(Request.id).where(Request.id == "beat-1")

    contest.bench.tick("forget_requests", now=now + month - MINUTE)
    before = contest.bench.rows(known)
    contest.bench.tick("forget_requests", now=now + month + MINUTE)

    assert (before, contest.bench.rows(known)) == (["beat-1"], [])

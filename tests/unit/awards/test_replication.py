"""Who adopts a winner, by which steps, how far it has come, and when somebody is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain import replication
from services.awards.domain.adoption import NotAWinner
from services.awards.domain.prizes import Line, PrizeList
from services.awards.domain.reminding import Reminder, remind
from services.awards.domain.replication import Indicator, Milestone, Plan, Reading, Standing

TODAY = date(2023, 3, 1)
LISTED = PrizeList(
    lines=(Line("e-1", "NHAT", Decimal("91.25"), 1),),
    published_at=datetime(2022, 11, 8, tzinfo=UTC),
)
INDEXES = ("PAR_INDEX", "SIPAS")
SHARE = Indicator("SIPAS", "Tiếp cận dịch vụ", "%", 2023, Decimal(80), Decimal(90))
STEP = Milestone("Tập huấn cán bộ", date(2023, 2, 1))
PLAN = Plan("e-1", "u-1", "", "UNIT", "p-1", (STEP,), (SHARE,))
READING = Reading(
    0, Decimal(85), TODAY, "Báo cáo 12/BC-STP", "p-1", datetime(2023, 3, 1, tzinfo=UTC)
)

numbers = st.decimals(-1000, 1000, places=2)
days = st.dates(date(2023, 1, 1), date(2023, 12, 31))
milestones = st.lists(
    st.builds(Milestone, st.just("Mốc"), days, st.none() | days), min_size=1, max_size=5
)
offsets = st.sets(st.integers(-30, 30), min_size=1, max_size=5)


def test_plan_is_written_down_tidily():
    untidy = replace(PLAN, milestones=(replace(STEP, what=" Tập huấn cán bộ\n"),))

    assert replication.plan(LISTED, untidy, INDEXES, TODAY) == PLAN


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (replace(PLAN, entry_id="e-2"), NotAWinner),
        (replace(PLAN, unit_id=None, body=" "), replication.AdopterUnclear),
        (replace(PLAN, body="Hội Nông dân"), replication.AdopterUnclear),
        (replace(PLAN, milestones=(replace(STEP, what=" "),)), replication.MilestoneUnclear),
        (
            replace(PLAN, milestones=(replace(STEP, done_on=TODAY + timedelta(1)),)),
            replication.MilestoneUnclear,
        ),
        (replace(PLAN, indicators=(replace(SHARE, index="X"),)), replication.UnknownIndex),
        (replace(PLAN, indicators=(replace(SHARE, measure=""),)), replication.IndicatorUnclear),
        (
            replace(PLAN, indicators=(replace(SHARE, target=SHARE.baseline),)),
            replication.IndicatorUnclear,
        ),
    ],
)
def test_unclear_plans_are_refused(asked, refusal):
    with pytest.raises(refusal):
        replication.plan(LISTED, asked, INDEXES, TODAY)


def test_nobody_plans_before_the_results_are_out():
    with pytest.raises(NotAWinner):
        replication.plan(replace(LISTED, published_at=None), PLAN, INDEXES, TODAY)


def test_adopter_begins_once():
    begun = replication.begin(PLAN, TODAY, " Quyết định 5/QĐ-STP ")

    assert (begun.begun_on, begun.basis) == (TODAY, "Quyết định 5/QĐ-STP")
    with pytest.raises(replication.BegunAlready):
        replication.begin(begun, TODAY, "Quyết định 6/QĐ-STP")


def test_milestone_is_put_in_the_place_of_one():
    done = replace(STEP, done_on=TODAY, note="Đã xong")

    assert replication.set_milestone(PLAN, 1, done, TODAY).milestones == (done,)
    assert replication.set_milestone(PLAN, None, done, TODAY).milestones == (STEP, done)
    with pytest.raises(replication.NoSuchMilestone):
        replication.set_milestone(PLAN, 2, done, TODAY)


def test_reading_is_the_next_version():
    assert replication.read(PLAN, 1, 2, READING, TODAY) == replace(READING, version=3)
    with pytest.raises(replication.NoSuchIndicator):
        replication.read(PLAN, 2, 0, READING, TODAY)
    with pytest.raises(replication.ReadingUnclear):
        replication.read(PLAN, 1, 0, replace(READING, evidence=" "), TODAY)
    with pytest.raises(replication.ReadingUnclear):
        replication.read(PLAN, 1, 0, READING, TODAY - timedelta(1))


@given(numbers, numbers, st.none() | numbers)
def test_progress_is_between_none_and_all_of_the_way(baseline, target, actual):
    if baseline == target:
        return
    indicator = replace(SHARE, baseline=baseline, target=target)

    gone = replication.progress(indicator, actual)

    assert 0 <= gone <= 100
    assert replication.progress(indicator, baseline) == 0
    assert replication.progress(indicator, target) == 100


def test_less_can_be_better():
    fewer_days = replace(SHARE, measure="ngày", baseline=Decimal(10), target=Decimal(2))

    assert replication.progress(fewer_days, Decimal(4)) == 75


@given(milestones, days)
def test_every_milestone_stands_somewhere(steps, today):
    counts = replication.standing(steps, today)

    assert counts.planned == len(steps)
    assert min(counts.done, counts.done_late, counts.open, counts.overdue) >= 0


def test_milestones_are_counted_by_how_they_stand():
    steps = (
        STEP,
        replace(STEP, done_on=date(2023, 2, 1)),
        replace(STEP, done_on=date(2023, 2, 2)),
        replace(STEP, due_on=TODAY),
    )

    assert replication.standing(steps, TODAY) == Standing(1, 1, 1, 1)


def test_somebody_is_reminded_before_and_after():
    told = [
        remind((STEP,), STEP.due_on + timedelta(days), (-7, 1), over)
        for days, over in ((-8, ()), (-7, ()), (0, (Reminder(1, STEP.due_on, -7),)), (3, ()))
    ]

    before, after = Reminder(1, STEP.due_on, -7), Reminder(1, STEP.due_on, 1)
    assert [each.tell for each in told] == [(), (before,), (), (after,)]
    assert told[-1].over == (before, after)


def test_nobody_is_reminded_of_what_is_done():
    assert remind((replace(STEP, done_on=TODAY),), TODAY, (-7, 1), ()).over == ()


@given(milestones, offsets, st.lists(days, max_size=12))
def test_reminders_are_told_once_each_whenever_the_clock_looks(steps, asked, looks):
    over: list[Reminder] = []
    told: list[Reminder] = []

    for day in looks:
        found = remind(steps, day, asked, over)
        over += found.over
        told += found.tell

    assert len(told) == len(set(told))
    assert len(over) == len(set(over))
    assert set(told) <= set(over)

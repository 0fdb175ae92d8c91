"""Adopters of a winner: planned, begun, followed by milestones and readings, reminded, shown."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from contracts import awards, intake
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import (
    CHAIRMAN,
    CONTEST,
    DIRECTOR,
    NOVEMBER,
    SECRETARY,
    print_later,
)
from tests.unit.awards.builders import some_rules

OFFICER = actor("coordinator", id="p3")
STRANGER = actor("coordinator", id="p1")
STEP = awards.Milestone(what="Tập huấn cán bộ một cửa", due_on=date(2022, 12, 1))
SHARE = awards.Indicator(
    index="SIPAS",
    component="Tiếp cận dịch vụ",
    measure="%",
    year=2023,
    baseline=Decimal("80.5"),
    target=Decimal(90),
)


def planned(bench, by=SECRETARY, **changed):
    known = {
        "contest_id": CONTEST,
        "entry_id": "e-1",
        "responsible_id": "p3",
        "unit_id": "u-1",
        "milestones": (STEP,),
        "indicators": (SHARE,),
    }
    return bench.ask(awards.PlanAdoption(**known | changed), actor=by, now=NOVEMBER)


def shown(bench, by=SECRETARY):
    asked = awards.ListAdoptions(contest_id=CONTEST)
    return bench.ask(asked, actor=by, now=NOVEMBER, reply=awards.Adoptions)


def in_public(bench, now=NOVEMBER):
    asked = awards.ShowAdopted(contest_id=CONTEST)
    return bench.ask(asked, now=now, reply=tuple[awards.AdoptedLine, ...])


def said(bench, kind):
    return [each for each in bench.announced if isinstance(each, kind)]


@pytest.fixture
def bench(marked):
    """Awards with published results of a contest that names an index; nothing is printed."""
    amended = intake.ContestAmended(
        contest_id=CONTEST,
        rules=structs.replace(some_rules(CONTEST), indexes=("SIPAS",)),
        sha256="1" * 64,
        number=1,
        reason="Bổ sung chỉ số",
    )
    marked.bench.hear(amended)
    marked.proposes()
    marked.approves("CT_UBND", CHAIRMAN)
    marked.approves("GD_SNV", DIRECTOR)
    print_later(marked.bench)
    marked.publishes()
    return marked.bench


def test_first_adopter_makes_the_winner_known_and_the_second_does_not(bench):
    first, second = planned(bench), planned(bench, unit_id=None, body="Hội Nông dân tỉnh")

    for plan_id in (second, first):
        begun = awards.BeginAdoption(
            plan_id=plan_id, begun_on=date(2022, 11, 8), basis="Kế hoạch 9/KH-HND"
        )
        bench.ask(begun, actor=OFFICER, now=NOVEMBER)

    assert [
        (one.entry_id, one.adopted_at, one.adopted_on)
        for one in said(bench, awards.InitiativeAdopted)
    ] == [("e-1", "Hội Nông dân tỉnh", date(2022, 11, 8))]
    assert [one.adopter for one in said(bench, awards.AdoptionBegun)] == [
        "Hội Nông dân tỉnh",
        "Sở Tư pháp",
    ]
    assert {line.adopter for line in in_public(bench)} == {"Hội Nông dân tỉnh", "Sở Tư pháp"}


def test_what_has_not_begun_is_no_public_matter(bench):
    planned(bench)
    asked = awards.DrawAdoptions(contest_id=CONTEST)

    drawn = {by: bench.ask(asked, actor=by, now=NOVEMBER) for by in (STRANGER, SECRETARY)}

    assert in_public(bench) == ()
    assert {by: "Sở Tư pháp" in chart for by, chart in drawn.items()} == {
        STRANGER: False,
        SECRETARY: True,
    }


def begun(bench, **changed):
    plan_id = planned(bench, **changed)
    asked = awards.BeginAdoption(plan_id=plan_id, begun_on=date(2022, 11, 8), basis="12/KH-STP")
    bench.ask(asked, actor=SECRETARY, now=NOVEMBER)


def test_who_adopts_a_prize_taken_back_is_no_public_matter_and_not_reminded(bench):
    begun(bench)
    begun(bench, entry_id="e-2")
    before = in_public(bench)
    asked = awards.RevokeAward(
        contest_id=CONTEST, entry_id="e-1", ground="COPY", reason="Sao chép"
    )

    bench.ask(asked, actor=CHAIRMAN, now=NOVEMBER)
    bench.tick("remind_of_milestones", now=datetime(2022, 12, 2, 3, tzinfo=UTC))

    assert {line.title for line in before} == {"Sáng kiến e-1", "Sáng kiến e-2"}
    assert [line.title for line in in_public(bench)] == ["Sáng kiến e-2"]
    assert [one.entry_id for one in said(bench, awards.MilestoneReminded)] == ["e-2"]
    chart = bench.ask(awards.DrawAdoptions(contest_id=CONTEST), now=NOVEMBER)
    assert "Sáng kiến e-1" not in chart


def test_readings_are_versions_and_the_newest_is_drawn(bench):
    plan_id = planned(bench)

    for actual in ("82", "85.25"):
        reading = awards.RecordReading(
            plan_id=plan_id,
            number=1,
            actual=Decimal(actual),
            read_on=date(2022, 11, 8),
            evidence="Báo cáo 12/BC-STP",
        )
        bench.ask(reading, actor=OFFICER, now=NOVEMBER)

    (plan,) = shown(bench).plans
    (view,) = plan.indicators
    assert [(one.version, one.actual, one.by) for one in view.readings] == [
        (1, Decimal(82), "p3"),
        (2, Decimal("85.25"), "p3"),
    ]
    assert view.progress == 50
    chart = bench.ask(
        awards.DrawAdoptions(contest_id=CONTEST, index="SIPAS"), actor=SECRETARY, now=NOVEMBER
    )
    assert "Hiện nay: 85,25 (50%)" in chart
    assert [one.reading.version for one in said(bench, awards.IndicatorRead)] == [1, 2]


def test_only_the_office_and_who_answers_for_it_change_a_plan(bench):
    plan_id = planned(bench)
    done = awards.SetMilestone(
        plan_id=plan_id,
        number=1,
        milestone=awards.Milestone(
            what=STEP.what, due_on=STEP.due_on, done_on=date(2022, 11, 8), note="Đã xong"
        ),
    )

    with pytest.raises(Rejected) as refused:
        bench.ask(done, actor=STRANGER, now=NOVEMBER)
    with pytest.raises(Rejected) as hidden:
        shown(bench, by=STRANGER)
    with pytest.raises(Rejected) as kept:
        planned(bench, by=OFFICER)
    bench.ask(done, actor=OFFICER, now=NOVEMBER)
    added = awards.AddIndicator(plan_id=plan_id, indicator=SHARE)
    bench.ask(added, actor=OFFICER, now=NOVEMBER)

    assert (refused.value.code, hidden.value.code, kept.value.code) == ("Forbidden",) * 3
    (plan,) = shown(bench, by=OFFICER).plans
    assert plan.milestones == (done.milestone,)
    assert plan.standing == awards.MilestoneCount(done=1)
    assert len(plan.indicators) == 2


def test_unknown_people_units_and_indexes_are_refused(bench):
    codes = []
    for changed in (
        {"responsible_id": "nobody"},
        {"unit_id": "nowhere"},
        {"indicators": (awards.Indicator(**{**fields(SHARE), "index": "X"}),)},
    ):
        with pytest.raises(Rejected) as refused:
            planned(bench, **changed)
        codes.append(refused.value.code)

    assert codes == ["EntryNotHeardOf", "EntryNotHeardOf", "UnknownIndex"]


def test_reminders_are_told_once_before_and_after(bench):
    planned(bench)

    for day in (1, 24, 24, 25, 31, 32, 33, 60, 61):
        now = datetime(2022, 11, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
        bench.tick("remind_of_milestones", now=now)

    told = said(bench, awards.MilestoneReminded)
    assert [one.days for one in told] == [-7, 0, 1, 29]
    assert {(one.responsible_id, one.adopter, one.what) for one in told} == {
        ("p3", "Sở Tư pháp", STEP.what)
    }


def fields(struct):
    return {name: getattr(struct, name) for name in struct.__struct_fields__}

"""The year-end report: its form is filled from what is recorded, with a table and a chart each."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import json, structs

from contracts import awards
from services.awards.domain.forms import TableUneven
from services.awards.profile import load_profile
from services.awards.report import Recorded, exhibits_of, facts_of
from tests.unit.awards.builders import some_rules

RULES = structs.replace(some_rules(), indexes=("SIPAS", "PAPI"))
COUNT = awards.EntryCount(received=3, accepted=2, refused=1, prizes={"NHAT": 1})
PLAN = awards.AdoptionPlan(
    plan_id="p",
    entry_id="e-1",
    title="Một cửa số",
    adopter="Sở Tư pháp",
    reach="UNIT",
    responsible_id="p-1",
    milestones=(awards.Milestone(what="Tập huấn", due_on=date(2022, 12, 1)),),
    indicators=(
        awards.IndicatorView(
            indicator=awards.Indicator(
                index="SIPAS",
                component="Tiếp cận dịch vụ",
                measure="%",
                year=2023,
                baseline=Decimal("80.5"),
                target=Decimal(90),
            ),
            readings=(
                awards.Reading(
                    version=1,
                    actual=Decimal("85.25"),
                    read_on=date(2023, 1, 5),
                    evidence="Báo cáo",
                    by="p-1",
                    at=datetime(2023, 1, 5, tzinfo=UTC),
                ),
            ),
            progress=Decimal(50),
        ),
    ),
    standing=awards.MilestoneCount(overdue=1),
    begun_on=date(2022, 11, 8),
)


def statistics(*years):
    contests = tuple(
        awards.CountedContest(
            contest_id=f"HG-{year}", title=f"Cuộc thi {year}", year=year, total=COUNT
        )
        for year in years
    )
    lines = (
        awards.StatisticsLine(
            code="TTHC", name="Thủ tục hành chính", counts=(COUNT,) * len(years)
        ),
    )
    dimensions = ("AREA", "UNIT", "KIND", "GROUP", "CHANNEL", "YEAR")
    tables = tuple(awards.StatisticsTable(by=by, lines=lines) for by in dimensions)
    return awards.Statistics(contests=contests, tables=tables)


RECORDED = Recorded(RULES, statistics(2022), statistics(2020, 2022), (PLAN,))
FORM = load_profile("2022").documents["YEAR_REPORT"]


def shown(recorded, form=FORM):
    return {each.title: each for each in exhibits_of(form, recorded, {})}


def test_every_table_of_the_form_has_rows_and_a_chart():
    exhibits = shown(RECORDED)

    assert [title.partition(".")[0] for title in exhibits] == [f"Biểu {n}" for n in range(1, 10)]
    assert all(each.chart.startswith("<svg") and each.told for each in exhibits.values())
    assert exhibits["Biểu 2. Hồ sơ theo lĩnh vực"].rows == (
        ("1", "Thủ tục hành chính", "3", "2", "1", "1"),
    )
    assert exhibits["Biểu 8. Nhân rộng sáng kiến, giải pháp"].rows == (
        ("1", "Một cửa số", "Sở Tư pháp", "08/11/2022", "0/1", "1"),
    )
    assert exhibits["Biểu 9. Cải thiện chỉ số SIPAS"].rows == (
        (
            "1",
            "Sở Tư pháp: Một cửa số – Tiếp cận dịch vụ",
            "80,5 %",
            "90 % (2023)",
            "85,25",
            "50%",
        ),
    )


def test_what_there_is_nothing_of_is_left_out():
    alone = Recorded(RULES, statistics(2022), statistics(2022), ())

    assert [title.partition(".")[0] for title in shown(alone)] == [
        f"Biểu {n}" for n in range(1, 7)
    ]


def test_facts_say_the_numbers():
    facts = facts_of(RECORDED, ("Tốt.",), ())

    said = {"received": "3", "awarded": "1", "adopters": "1", "begun": "1", "milestones": "1"}
    assert said.items() <= facts.texts.items()
    assert facts.lists["adopted"] == (
        "Một cửa số: Sở Tư pháp, áp dụng từ ngày 08 tháng 11 năm 2022",
    )
    assert (facts.lists["assessment"], facts.lists["proposals"]) == (("Tốt.",), ("…",))


def test_words_of_the_report_are_data():
    changes = {
        "documents": {"YEAR_REPORT": {"exhibits": {"AREA": {"columns": ["TT", "Lĩnh vực"]}}}}
    }
    form = load_profile("2022", json.encode(changes)).documents["YEAR_REPORT"]

    with pytest.raises(TableUneven):
        shown(RECORDED, form)

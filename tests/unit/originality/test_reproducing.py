"""What parts a report from the same one made again."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts import originality
from contracts.originality import ComparedWith, Difference
from services.gateway.portal import reproducing as page
from services.originality.domain import reproducing
from services.originality.operating import reproduce
from tests.unit.originality.reports import full_report

REPORT = full_report()
KNOWN, EARLIER = REPORT.matches
IDEA = originality.Idea(
    source_kind="ENTRY", source_id="e-5", title="Hẹn giờ", rank=1, score=Decimal("7.5")
)
MADE = originality.Reproduction(
    report_id="r-1",
    entry_id="e-2",
    contest_id="HG-2022",
    version=1,
    made_at=REPORT.made_at,
    outcome="DIFFERENT",
)


def parts(now: originality.Report, before: originality.Report = REPORT) -> list[Difference]:
    return list(reproducing.differences(before, now))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"level": "CLEAR"}, [("LEVEL", "REVIEW", "CLEAR")]),
        ({"share": Decimal("0.1234")}, [("SHARE", str(REPORT.share), "0.1234")]),
        ({"flags": ()}, [("FLAGS", " ".join(REPORT.flags), "")]),
        ({"words": 7}, [("WORDS", str(REPORT.words), "7")]),
        ({"matches": (KNOWN,)}, [("MATCH_LOST", "0.4100", "")]),
        (
            {"matches": (KNOWN, replace(EARLIER, passages=EARLIER.passages[:1]))},
            [("MATCH_OTHERWISE", "0.4100", "0.4100")],
        ),
        ({"made_at": date(2030, 1, 1), "report_id": "r-x", "ruling": None, "manifest": 99}, []),
        ({"matches": (replace(KNOWN, place="Sở Nội vụ", title="Tên khác"), EARLIER)}, []),
    ],
)
def test_what_a_report_says_is_compared_and_not_how_things_are_called(changed, said):
    found = parts(replace(REPORT, **changed))

    assert [(one.what, one.before, one.now) for one in found] == said


def test_idea_that_moved_or_came_or_went_is_named():
    one = replace(REPORT, ideas=(IDEA,))

    assert [each.what for each in parts(replace(one, ideas=(replace(IDEA, rank=2),)), one)] == [
        "IDEA_OTHERWISE"
    ]
    assert [each.what for each in parts(replace(one, ideas=()), one)] == ["IDEA_LOST"]
    found = parts(one, replace(one, ideas=()))
    assert found == [
        Difference(what="IDEA_FOUND", source_kind="ENTRY", source_id="e-5", title="Hẹn giờ")
    ]


@given(
    st.lists(st.sampled_from(REPORT.matches), unique=True).map(tuple),
    st.lists(st.sampled_from(REPORT.matches), unique=True).map(tuple),
    st.sampled_from([REPORT.flags, ()]),
)
def test_nothing_is_otherwise_just_where_all_is_the_same(before, now, flags):
    was = replace(REPORT, matches=before)
    comes = replace(REPORT, matches=now, flags=flags)

    found, back = parts(comes, was), parts(was, comes)

    same = {one.source_id for one in before} == {one.source_id for one in now}
    assert (found == []) == (same and flags == REPORT.flags)
    turned = {"MATCH_LOST": "MATCH_FOUND", "MATCH_FOUND": "MATCH_LOST"}
    assert {(turned.get(one.what, one.what), one.now, one.before) for one in found} == {
        (one.what, one.before, one.now) for one in back
    }


def test_sources_that_went_or_came_back_with_another_text_are_told_apart():
    report = replace(REPORT, ideas=(IDEA,))
    there = {
        ("KNOWN_INITIATIVE", "TINH", KNOWN.source_id): 4,
        ("ENTRY", "", "e-1"): 5,
        ("ENTRY", "", "e-5"): 3,
    }
    moved = there | {("ENTRY", "", "e-1"): 12, ("ENTRY", "", "e-5"): 11}

    assert list(reproducing.moved(report, there, newest=10)) == []
    found = reproducing.moved(report, moved, newest=10)
    assert [(one.what, one.source_id) for one in found] == [
        ("SOURCE_CHANGED", "e-1"),
        ("SOURCE_CHANGED", "e-5"),
    ]
    gone = reproducing.moved(report, {}, newest=10)
    assert [(one.what, one.source_id) for one in gone] == [
        ("SOURCE_GONE", KNOWN.source_id),
        ("SOURCE_GONE", "e-1"),
        ("SOURCE_GONE", "e-5"),
    ]


def test_fewer_texts_to_compare_with_are_counted():
    then = ComparedWith(entries=7, known=40, cutoff=date(2022, 6, 30))
    left = replace(then, known=39)

    before, now = replace(REPORT, compared=then), replace(REPORT, compared=left)

    assert list(reproducing.counted(before, now)) == [
        Difference(what="SOURCES", before="7 40", now="7 39")
    ]
    assert list(reproducing.counted(before, before)) == []


def test_everything_that_can_be_otherwise_has_its_words_on_the_page_and_the_command_line():
    every = {*get_args(originality.Change), *get_args(originality.Part)}

    assert page.NAMES.keys() == reproduce.NAMES.keys() == every
    assert page.OBSTACLES.keys() == reproduce.OBSTACLES.keys()
    assert page.OBSTACLES.keys() == set(get_args(originality.Obstacle))
    assert page.OUTCOMES.keys() == set(get_args(originality.Outcome))
    assert page.told("SHARE", "0.4100") == "41,0%"
    assert page.told("SOURCES", "7 39") == "7 hồ sơ, 39 sáng kiến đã biết"


def test_page_tells_what_is_otherwise_and_what_has_changed_in_vietnamese():
    lost = tuple(parts(replace(REPORT, matches=(KNOWN,), level="CLEAR")))
    gone = Difference(what="SOURCE_GONE", source_kind="ENTRY", source_id="e-1", title="Hẹn <giờ>")

    shown = page.shown(None, replace(MADE, differences=lost, changes=(gone,))).content

    for words in (
        "Kết quả lập lại khác báo cáo đã lập",
        "Những điểm khác nhau",
        "Nguồn có trong báo cáo, lập lại không thấy",
        "41,0%",
        page.LEVELS["CLEAR"],
        "Những thay đổi từ khi lập báo cáo",
        "Nguồn đã bị xóa hoặc đã rút",
        "Hẹn &lt;giờ&gt; – Hồ sơ dự thi e-1",
    ):
        assert words in shown
    assert "Made again" not in shown
    impossible = replace(MADE, outcome="IMPOSSIBLE", obstacle="NOT_KEPT")
    assert page.OBSTACLES["NOT_KEPT"] in page.shown(None, impossible).content


def test_command_tells_each_difference_on_a_line_of_its_own():
    made = replace(
        MADE,
        changes=(Difference(what="RULES"),),
        differences=tuple(parts(replace(REPORT, matches=(KNOWN,)))),
    )

    lines = list(reproduce.told(made))

    assert lines[1:] == [
        "DIFFERENT: 1 differences",
        "  since then: the rules were amended; made again by those of then",
        f"  in the report: ENTRY e-1 “{EARLIER.title}”: source not found again: 0.4100 -> -",
    ]
    impossible = replace(made, outcome="IMPOSSIBLE", obstacle="TEXT_GONE")
    assert list(reproduce.told(impossible))[1] == "IMPOSSIBLE: the entry has no text any more"

"""What a sheet must hold: two-level rubrics, steps, words where the rules ask for them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Criterion, SubCriterion
from services.review.domain.panel import Mean, Panel
from services.review.domain.sheets import (
    CommentNeeded,
    MarkOffStep,
    MarkOutOfScale,
    SheetIncomplete,
    UnknownCriterion,
    check_sheet,
    lines,
    points,
)
from tests.unit.review.builders import FIRST

PARTS = Criterion(
    code="HIEU_QUA",
    name="Hiệu quả",
    max=Decimal(30),
    marked="parts",
    sub=(
        SubCriterion(code="NOI_BO", name="Nội bộ", max=Decimal(10)),
        SubCriterion(code="NGUOI_DAN", name="Người dân", max=Decimal(20)),
    ),
)
WHOLE = Criterion(
    code="TINH_MOI",
    name="Tính mới",
    max=Decimal(70),
    step=Decimal(1),
    comment_below=Decimal(20),
    comment_above=Decimal(60),
)
WORDS = Criterion(code="GOP_Y", name="Góp ý", max=Decimal(0), comment_only=True)
ROUND = replace(FIRST, rubric=(WHOLE, PARTS, WORDS), comment_below=Decimal(30))
MARKS = {
    "TINH_MOI": Decimal(40),
    "HIEU_QUA.NOI_BO": Decimal("7.5"),
    "HIEU_QUA.NGUOI_DAN": Decimal("12.5"),
}
WORDED = {"GOP_Y": "Nên thử ở một xã trước."}

totals = st.integers(0, 70).map(Decimal)
halves = st.integers(0, 20).map(lambda n: Decimal(n) / 2)


def test_every_line_that_takes_a_mark_is_named():
    assert [line.code for line in lines(ROUND)] == list(MARKS)


def test_sheet_with_marks_on_parts_and_words_where_asked_is_taken():
    check_sheet(ROUND, MARKS, WORDED, "")

    assert points(PARTS, MARKS) == Decimal(20)
    assert points(WORDS, MARKS) == 0


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"HIEU_QUA": Decimal(20)}, UnknownCriterion),
        ({"GOP_Y": Decimal(0)}, UnknownCriterion),
        ({"HIEU_QUA.NOI_BO": None}, SheetIncomplete),
        ({"HIEU_QUA.NOI_BO": Decimal("10.5")}, MarkOutOfScale),
        ({"HIEU_QUA.NOI_BO": Decimal("7.25")}, MarkOffStep),
        ({"TINH_MOI": Decimal("40.5")}, MarkOffStep),
    ],
)
def test_sheet_with_a_fault_is_refused_and_no_mark_is_repeated(changed, refusal):
    marks = {code: mark for code, mark in (MARKS | changed).items() if mark is not None}

    with pytest.raises(refusal) as refused:
        check_sheet(ROUND, marks, WORDED, "")

    assert not any(str(mark) in str(refused.value) for mark in changed.values() if mark)


@pytest.mark.parametrize("comments", [{}, {"GOP_Y": " "}])
def test_criterion_of_words_alone_asks_for_them(comments):
    with pytest.raises(CommentNeeded, match="Góp ý"):
        check_sheet(ROUND, MARKS, comments, "")


def test_comment_on_no_criterion_is_refused():
    with pytest.raises(UnknownCriterion, match="DEP"):
        check_sheet(ROUND, MARKS, {**WORDED, "DEP": "Đẹp"}, "")


@given(totals, halves, halves)
def test_words_are_asked_for_exactly_where_points_are_outside_the_bars(whole, part, other):
    marks = {"TINH_MOI": whole, "HIEU_QUA.NOI_BO": part, "HIEU_QUA.NGUOI_DAN": other}
    needs_line = whole < 20 or whole > 60
    needs_whole = sum(marks.values()) < 30

    for comments in (WORDED, {**WORDED, "TINH_MOI": "Vì…"}):
        for comment in ("", "Nói chung…"):
            silent = (needs_line and "TINH_MOI" not in comments) or (needs_whole and not comment)
            if silent:
                with pytest.raises(CommentNeeded):
                    check_sheet(ROUND, marks, comments, comment)
            else:
                check_sheet(ROUND, marks, comments, comment)


def test_means_of_criteria_marked_by_parts_are_of_the_whole():
    panel = Panel(replace(ROUND, divergence=None), frozenset({"an"}), {})

    panel, _, verdict = panel.take("an", MARKS, WORDED)

    assert panel.totals() == {"an": Decimal(60)}
    assert verdict.criteria["HIEU_QUA"] == Mean(Decimal(20), 1)

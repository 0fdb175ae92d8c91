"""An entry judged again: who may, what is marked, what becomes of its line."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.review import Average, RoundLine
from contracts.rules import Aggregate, Divergence
from services.review.domain.rejudging import (
    DecisionMissing,
    InConflict,
    JudgedBefore,
    NewSheet,
    NotYourRejudging,
    Rejudging,
    RejudgingOver,
    WordsMissing,
    WrongNumber,
)
from services.review.domain.sheets import SheetIncomplete, UnknownCriterion
from tests.unit.review.builders import FIRST

NOW = datetime(2022, 11, 20, 2, tzinfo=UTC)


def average(total, count):
    return Average(total=Decimal(total), count=count)


BEFORE = RoundLine(
    entry_id="e-1",
    code="HG-01",
    average=average(210, 3),
    criteria={"TINH_MOI": average(120, 3), "HIEU_QUA": average(90, 3)},
    score=Decimal("70.00"),
    rank=4,
    advances=True,
    highest=Decimal(75),
    firsts=0,
)


def ordered(*criteria):
    return Rejudging("q-1", "HG-2022", "SO_KHAO", "e-1", criteria, "21/BB")


def seated(*criteria, judges=("j-8", "j-9")):
    return ordered(*criteria).seat(judges, "07/QĐ-BTC", len(judges), {"j-1"}, ())


def a_sheet(judge, **marks):
    given = {code: Decimal(points) for code, points in marks.items()}
    return NewSheet(judge, given, "Đúng tiêu chí.", NOW)


def test_another_petition_on_the_same_marks_stands_beside_it():
    first = seated("HIEU_QUA")
    second = Rejudging("q-2", "HG-2022", "SO_KHAO", "e-1", (), "25/BB")

    assert first.is_beside(second)
    assert second.is_beside(first)
    assert not first.is_beside(first)
    assert not first.is_beside(Rejudging("q-3", "HG-2022", "BAO_VE", "e-1", (), "25/BB"))
    assert not first.is_beside(Rejudging("q-4", "HG-2022", "SO_KHAO", "e-2", (), "25/BB"))


def test_one_criterion_is_marked_again_and_the_other_keeps_its_mean():
    one = seated("HIEU_QUA")
    for judge, points in (("j-8", 38), ("j-9", 37)):
        one = one.take(a_sheet(judge, HIEU_QUA=points), FIRST)

    line = one.line(BEFORE, FIRST)

    assert one.state == "CLOSED"
    assert line.criteria == {"TINH_MOI": average(120, 3), "HIEU_QUA": average(75, 2)}
    assert Fraction(line.average.total) / line.average.count == Fraction(120, 3) + Fraction(75, 2)
    assert (line.score, line.rank, line.highest) == (Decimal("77.50"), 4, Decimal(75))


def test_the_whole_sheet_is_marked_again_by_the_rounds_own_mean():
    trimmed = replace(FIRST, aggregate=Aggregate(method="trimmed_mean", drop=1, from_sheets=3))
    one = seated(judges=("j-7", "j-8", "j-9"))
    for judge, points in (("j-7", 10), ("j-8", 40), ("j-9", 60)):
        one = one.take(a_sheet(judge, TINH_MOI=points, HIEU_QUA=30), trimmed)

    line = one.line(BEFORE, trimmed)

    assert (line.average, line.score) == (average(70, 1), Decimal("70.00"))
    assert line.highest == 90


points = st.integers(0, 80).map(lambda halves: Decimal(halves) / 2)


def rule(then):
    return replace(FIRST, divergence=Divergence(threshold=Decimal(15), then=then))


def test_new_judges_who_stand_too_far_apart_look_again_once_and_the_second_sheet_is_final():
    rules = rule("look_again")
    apart = seated("TINH_MOI").take(a_sheet("j-8", TINH_MOI=50), rules)
    apart = apart.take(a_sheet("j-9", TINH_MOI=30), rules)

    assert (apart.state, apart.awaited) == ("SEATED", {"j-8", "j-9"})
    again = apart.take(a_sheet("j-8", TINH_MOI=52), rules)
    with pytest.raises(NotYourRejudging):
        again.take(a_sheet("j-8", TINH_MOI=40), rules)
    closed = again.take(a_sheet("j-9", TINH_MOI=31), rules)

    assert closed.state == "CLOSED"
    assert len(closed.sheets) == 4
    assert closed.line(BEFORE, rules).criteria["TINH_MOI"] == average(83, 2)


def test_new_judges_near_enough_are_not_sent_back():
    rules = rule("look_again")
    near = seated("TINH_MOI").take(a_sheet("j-8", TINH_MOI=45), rules)

    assert near.take(a_sheet("j-9", TINH_MOI=30), rules).state == "CLOSED"


def test_where_the_rules_call_a_third_judge_one_more_judges_again():
    rules = rule("third_judge")
    apart = seated("TINH_MOI").take(a_sheet("j-8", TINH_MOI=50), rules)
    apart = apart.take(a_sheet("j-9", TINH_MOI=30), rules)

    assert (apart.state, apart.short) == ("SEATED", True)
    with pytest.raises(JudgedBefore):
        apart.seat(("j-8",), "08/QĐ-BTC", 2, {"j-1"}, ())
    three = apart.seat(("j-7",), "08/QĐ-BTC", 2, {"j-1"}, ())
    closed = three.take(a_sheet("j-7", TINH_MOI=40), rules)

    assert (three.judge_ids, three.decision) == (("j-8", "j-9", "j-7"), "07/QĐ-BTC; 08/QĐ-BTC")
    assert closed.line(BEFORE, rules).criteria["TINH_MOI"] == average(120, 3)


def test_a_discussion_lets_all_of_them_give_another_sheet():
    rules = rule("discuss")
    apart = seated("TINH_MOI", judges=("j-7", "j-8", "j-9"))
    for judge, points in (("j-7", 40), ("j-8", 50), ("j-9", 30)):
        apart = apart.take(a_sheet(judge, TINH_MOI=points), rules)

    assert apart.awaited == {"j-7", "j-8", "j-9"}


@given(st.lists(points, min_size=1, max_size=5), st.integers(1, 7), st.integers(0, 400))
def test_a_partly_new_mean_is_the_exact_sum_of_its_criteria(given_points, count, halves):
    judges = tuple(f"j-{n}" for n in range(len(given_points)))
    kept = average(Decimal(halves) / 2, count)
    before = replace(BEFORE, criteria=BEFORE.criteria | {"TINH_MOI": kept})
    one = ordered("HIEU_QUA").seat(judges, "07/QĐ-BTC", len(judges), (), ())
    for judge, given_one in zip(judges, given_points, strict=True):
        one = one.take(a_sheet(judge, HIEU_QUA=given_one), FIRST)

    line = one.line(before, FIRST)

    fresh = Fraction(sum(given_points)) / len(given_points)
    exact = Fraction(line.average.total) / line.average.count
    assert exact == fresh + Fraction(kept.total) / kept.count


@pytest.mark.parametrize(
    ("judges", "decision", "error"),
    [
        (("j-8",), "07/QĐ", WrongNumber),
        (("j-8", "j-8"), "07/QĐ", WrongNumber),
        (("j-8", "j-1"), "07/QĐ", JudgedBefore),
        (("j-8", "j-5"), "07/QĐ", InConflict),
        (("j-8", "j-9"), " ", DecisionMissing),
    ],
)
def test_who_judged_before_or_is_near_does_not_judge_again(judges, decision, error):
    with pytest.raises(error):
        ordered().seat(judges, decision, 2, {"j-1"}, {"j-5"})


def test_a_sheet_is_given_once_by_who_was_named_for_what_is_in_question():
    one = seated("HIEU_QUA")

    for sheet, error in (
        (a_sheet("j-1", HIEU_QUA=30), NotYourRejudging),
        (a_sheet("j-8", TINH_MOI=30), UnknownCriterion),
        (a_sheet("j-8"), SheetIncomplete),
        (NewSheet("j-8", {"HIEU_QUA": Decimal(30)}, " ", NOW), WordsMissing),
    ):
        with pytest.raises(error):
            one.take(sheet, FIRST)
    given_one = one.take(a_sheet("j-8", HIEU_QUA=30), FIRST)
    with pytest.raises(NotYourRejudging):
        given_one.take(a_sheet("j-8", HIEU_QUA=31), FIRST)
    with pytest.raises(RejudgingOver):
        given_one.seat(("j-3", "j-4"), "08/QĐ", 2, (), ())

"""Past rounds under other rules, from the marks that were really given."""

from dataclasses import replace as changed
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Advance, Criterion
from services.review.domain.concluding import ties_of
from services.review.domain.cutoff import CutOff
from services.review.domain.panel import Panel, Sheet
from services.review.domain.ranking import rank
from services.review.domain.replay import (
    CriterionNotMarked,
    MarksBeyondScale,
    RoundNotPlayed,
    replay,
)
from tests.unit.review.builders import FIRST, LAST, a_contest, marks

totals = st.dictionaries(
    st.sampled_from([f"e-{n}" for n in range(8)]),
    st.tuples(*[st.integers(40, 100)] * 2),
    min_size=1,
)


def panel(rules, *given):
    sheets = {f"j-{n}": Sheet(f"j-{n}", 1, marks(total)) for n, total in enumerate(given)}
    return Panel(rules, frozenset(sheets), sheets)


def played(first, last=()):
    """Say who got which totals in the first round and, of those who went on, in the last."""
    return {
        "SO_KHAO": {entry: panel(FIRST, *given) for entry, given in first.items()},
        "BAO_VE": {entry: panel(LAST, *given) for entry, given in dict(last).items()},
    }


def test_a_higher_bar_keeps_more_out():
    rules = a_contest(replace(FIRST, advance=Advance(min_score=Decimal(90), max_count=5)), LAST)
    then = played({"a": (95, 95), "b": (80, 80)}, {"a": (70, 70), "b": (99, 99)})

    first, last = replay(rules, ("a", "b"), then)

    assert [(line.entry_id, line.advances) for line in first.table] == [("a", True), ("b", False)]
    assert [line.entry_id for line in last.table] == ["a"]


def test_who_would_have_gone_on_and_was_never_judged_there_is_named():
    rules = a_contest(replace(FIRST, advance=Advance(min_score=Decimal(60), max_count=5)), LAST)
    then = played({"a": (95, 95), "b": (65, 65)}, {"a": (70, 70)})

    _, last = replay(rules, ("a", "b"), then)

    assert last.unjudged == ("b",)


def test_a_dropped_criterion_no_longer_counts():
    one = replace(FIRST, rubric=FIRST.rubric[:1], scale=Decimal(60))
    rules = a_contest(one)

    (first,) = replay(rules, ("a",), played({"a": (100, 80)}))

    assert [line.score for line in first.table] == [Decimal("60.00")]


def test_a_criterion_nobody_marked_is_refused_by_name():
    new = Criterion(code="NHAN_RONG", name="Khả năng nhân rộng", max=Decimal(10))
    rules = a_contest(replace(FIRST, rubric=(*FIRST.rubric, new)))

    with pytest.raises(CriterionNotMarked, match="“Khả năng nhân rộng” of the round SO_KHAO"):
        list(replay(rules, ("a",), played({"a": (90,)})))


def test_marks_are_not_scaled_to_a_smaller_worth():
    smaller = replace(FIRST.rubric[0], max=Decimal(50))
    rules = a_contest(replace(FIRST, rubric=(smaller, FIRST.rubric[1])))

    with pytest.raises(MarksBeyondScale, match="worth 50 under the new rules; 60 was given"):
        list(replay(rules, ("a",), played({"a": (90,)})))


def test_a_round_that_was_not_held_is_refused_by_name():
    with pytest.raises(RoundNotPlayed, match="BAO_VE"):
        list(replay(a_contest(), (), {"SO_KHAO": {}}))


@given(totals)
def test_the_same_rules_give_the_same_table(first):
    then = played(first)

    replayed, *_ = replay(a_contest(), tuple(first), then)

    results = {entry: then["SO_KHAO"][entry].settled() for entry in first}
    ties = ties_of(FIRST, then["SO_KHAO"])
    assert replayed.table == CutOff(FIRST.advance).advance(rank(results, FIRST.rounding, ties))


@given(first=totals, data=st.data())
def test_every_entry_of_the_field_is_ranked_or_named(first, data):
    judged = data.draw(st.sets(st.sampled_from(sorted(first))))
    then = played({entry: given for entry, given in first.items() if entry in judged})

    replayed, *_ = replay(a_contest(), tuple(first), then)

    ranked = [line.entry_id for line in replayed.table]
    assert sorted([*ranked, *replayed.unjudged]) == sorted(first)


def test_a_judge_who_stood_down_does_not_count():
    whole = panel(FIRST, 90, 50)
    stood_down = changed(whole, sheets={"j-0": whole.sheets["j-0"]}, judge_ids=frozenset({"j-0"}))

    (first,) = replay(a_contest(FIRST), ("a",), {"SO_KHAO": {"a": stood_down}})

    assert [line.score for line in first.table] == [Decimal("90.00")]

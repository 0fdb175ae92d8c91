"""Candidates by words and by meaning stand in one list, with both scores apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.originality.ideas.alike import (
    Alike,
    ByMeaning,
    ByWords,
    Curves,
    Near,
    alike,
    in_turns,
)
from services.originality.ideas.bm25 import Scored
from services.originality.ideas.table import NINES, cosines, percentile, quantised

LINE = np.linspace(0, 1, len(NINES), dtype=np.float32)  # 6 nines at 1.0, 3 at 0.5
CURVES = Curves(shares=LINE, cosines=LINE)

ids = st.lists(st.integers(0, 20), unique=True, max_size=10)
reals = st.floats(-1, 1, allow_subnormal=False)


def test_both_lists_are_taken_in_turns_with_the_words_first():
    assert in_turns([1, 2, 3], [9, 2]) == [1, 9, 2, 3]


@given(ids, ids)
def test_in_turns_loses_and_repeats_nothing(first, second):
    found = in_turns(first, second)

    assert sorted(found) == sorted({*first, *second})


@given(ids, ids, st.integers(0, 5))
def test_the_best_of_each_list_are_among_the_first_of_both(first, second, most):
    found = in_turns(first, second)

    assert {*first[:most], *second[:most]} <= {*found[: 2 * most]}


def test_a_text_found_twice_keeps_both_scores_apart():
    found = alike([Scored(7, 12.5, 0.5)], [Near(8, 0.25), Near(7, 1.0)], CURVES, 10)

    assert found == (
        Alike(7, ByWords(12.5, 1, percentile(0.5, LINE)), ByMeaning(1.0, 2, 1.0)),
        Alike(8, None, ByMeaning(0.25, 1, percentile(0.25, LINE))),
    )


def test_what_one_random_pair_in_ten_thousand_reaches_is_significant():
    four_nines = float(np.interp(4, NINES, LINE)) + 0.001
    by_words = [Scored(1, 1.0, four_nines), Scored(2, 1.0, 0.5)]

    assert [a.is_significant for a in alike(by_words, [], CURVES, 10)] == [True, False]
    assert [a.is_significant for a in alike([], [Near(1, four_nines)], CURVES, 10)] == [True]


def test_a_model_without_a_curve_is_never_significant_by_meaning():
    found = alike([], [Near(1, 1.0)], Curves(LINE, None), 10)

    assert found == (Alike(1, None, ByMeaning(1.0, 1, None)),)
    assert not found[0].is_significant


def test_no_more_than_asked_for():
    assert len(alike([Scored(n, 1.0, 0.1) for n in range(9)], [], CURVES, 4)) == 4


@given(st.lists(reals, min_size=len(NINES), max_size=len(NINES)).map(sorted), reals, reals)
def test_the_more_alike_the_rarer_by_chance(curve, one, other):
    points = np.array(curve, np.float32)
    lower, higher = sorted((percentile(one, points), percentile(other, points)))

    assert 0 <= lower <= higher <= 1
    assert (one <= other) <= (percentile(one, points) <= percentile(other, points))


@given(st.lists(reals, min_size=2, max_size=16).filter(lambda v: max(map(abs, v)) > 1e-3))
def test_whole_numbers_keep_the_direction(values):
    exact = np.array(values)

    whole = quantised(exact)

    near = whole @ exact / (np.linalg.norm(whole.astype(float)) * np.linalg.norm(exact))
    assert near > 0.999
    assert np.isclose(cosines(whole[None, :], whole)[0], 1.0)


def test_nothing_has_no_direction():
    assert quantised(np.zeros(4)) is None
    assert quantised(np.array([np.nan, 1.0])) is None

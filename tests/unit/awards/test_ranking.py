"""How marks become places: exactly, rounded once, and never parted by an id."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Rounding
from contracts.rules.reckoning import Place, Vote, rounded
from services.awards.domain.ranking import (
    Candidate,
    MarksMissing,
    RoundsStillOpen,
    final_score,
    finalists,
    rank,
)
from tests.unit.awards.builders import a_candidate, a_result, some_rules

RULES = some_rules()
VOTELESS = some_rules(chain=("SO_KHAO.TINH_MOI",))

# Few distinct marks, so that ties of every kind are common.
few_marks = st.sampled_from(["80", "80.004", "81", "82.5"])
few_points = st.sampled_from([18, 20])
candidates = st.lists(st.tuples(few_marks, few_marks, few_points, few_points), max_size=7).map(
    lambda drawn: tuple(
        a_candidate(f"e-{n}", first, last, new, useful)
        for n, (first, last, new, useful) in enumerate(drawn)
    )
)


def test_final_score_weighs_exact_means_and_rounds_once():
    # Each mean rounded first would give 0.4 x 66.67 + 0.6 x 83.33 = 76.666 = 76.67.
    candidate = a_candidate("e-1", Fraction(200, 3), Fraction(250, 3) - Fraction(1, 400))

    assert final_score(candidate, RULES) == Decimal("76.67")
    assert final_score(a_candidate("e-1", "77.775", "77.775"), RULES) == Decimal("77.78")


def test_half_even_goes_to_the_even_neighbour():
    assert rounded(Fraction("0.125"), Rounding(places=2, mode="half_even")) == Decimal("0.12")
    assert rounded(Fraction("0.125"), Rounding(places=2, mode="half_up")) == Decimal("0.13")


@given(st.fractions(0, 100), st.integers(0, 4), st.sampled_from(["half_up", "half_even"]))
def test_rounding_is_never_further_than_half_a_unit(value, places, mode):
    written = rounded(value, Rounding(places=places, mode=mode))

    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**places)
    assert -written.as_tuple().exponent == places


def test_places_go_by_the_rounded_score_then_by_the_chain():
    places = rank(
        [
            a_candidate("e-1", "80.001", 80, new=18),  # ahead only before rounding
            a_candidate("e-2", 80, 80, new=20),
            a_candidate("e-3", 90, 90),
        ],
        RULES,
    )

    assert places == (
        Place("e-3", Decimal("90.00"), 1),
        Place("e-2", Decimal("80.00"), 2),
        Place("e-1", Decimal("80.00"), 3),
    )


def test_total_of_a_round_can_part_equals():
    equal_sum = [a_candidate("e-1", 90, 80), a_candidate("e-2", "85.5", 83)]

    places = rank(equal_sum, some_rules(chain=("BAO_VE.total",)))

    assert [(place.entry_id, place.rank) for place in places] == [("e-2", 1), ("e-1", 2)]


def test_equals_share_a_rank_and_the_next_is_skipped():
    places = rank(
        [a_candidate("e-1", 80, 80), a_candidate("e-2", 80, 80), a_candidate("e-3", 70, 70)],
        RULES,
    )

    assert [(place.entry_id, place.rank) for place in places] == [
        ("e-1", 1),
        ("e-2", 1),
        ("e-3", 3),
    ]


def test_council_vote_parts_what_the_chain_cannot():
    equals = [a_candidate("e-1", 80, 80), a_candidate("e-2", 80, 80)]

    places = rank(equals, RULES, (Vote(("e-2", "e-1"), "07/BB-BGK"),))

    assert [(place.entry_id, place.rank) for place in places] == [("e-2", 1), ("e-1", 2)]


def test_latest_vote_counts_and_still_counts_when_one_has_left():
    equals = [a_candidate("e-1", 80, 80), a_candidate("e-2", 80, 80)]
    votes = (Vote(("e-1", "e-2", "e-9"), "07/BB-BGK"), Vote(("e-9", "e-2", "e-1"), "08/BB-BGK"))

    assert [place.entry_id for place in rank(equals, RULES, votes)] == ["e-2", "e-1"]


def test_vote_on_others_changes_nothing():
    equals = [a_candidate("e-1", 80, 80), a_candidate("e-2", 80, 80)]

    places = rank(equals, RULES, (Vote(("e-2", "e-3"), "07/BB-BGK"),))

    assert [place.rank for place in places] == [1, 1]


def test_only_those_of_the_last_round_still_in_the_contest_are_ranked():
    result = a_result(80)
    results = {
        "SO_KHAO": {"e-1": result, "e-2": result, "e-3": result},
        "BAO_VE": {"e-1": result, "e-2": result},
    }

    found = finalists(results, {"e-2"}, RULES)

    assert found == (Candidate("e-1", {"SO_KHAO": result, "BAO_VE": result}),)


def test_prizes_wait_for_every_round():
    with pytest.raises(RoundsStillOpen, match="Not closed yet: BAO_VE"):
        finalists({"SO_KHAO": {}}, set(), RULES)


def test_entry_without_marks_in_a_round_that_counts_is_named():
    candidate = replace(a_candidate("e-7", 80, 80), results={"BAO_VE": a_result(80)})

    with pytest.raises(MarksMissing, match=r"Entry e-7 has no marks for .* in round SO_KHAO"):
        rank([candidate], RULES)


@given(candidates, st.randoms())
def test_order_of_input_does_not_matter(drawn, random):
    shuffled = random.sample(drawn, k=len(drawn))

    assert rank(shuffled, RULES) == rank(drawn, RULES)


@given(candidates)
def test_rank_is_one_more_than_the_number_of_better_ones(drawn):
    scores = {each.entry_id: final_score(each, VOTELESS) for each in drawn}
    novelty = {each.entry_id: each.results["SO_KHAO"].criteria["TINH_MOI"] for each in drawn}
    worth = {entry: (scores[entry], novelty[entry]) for entry in scores}

    for place in rank(drawn, VOTELESS):
        better = [entry for entry in worth if worth[entry] > worth[place.entry_id]]
        assert place.rank == len(better) + 1

"""The table of a round: one rounding, shared ranks, and who goes on."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Advance, Rounding
from services.review.domain.aggregation import Mean
from services.review.domain.cutoff import CutOff
from services.review.domain.panel import Settled
from services.review.domain.ranking import rank, rounded

TWO_PLACES = Rounding(places=2)
any_mean = st.builds(Mean, st.integers(0, 2000).map(lambda n: Decimal(n) / 2), st.integers(1, 21))
any_results = st.lists(any_mean, max_size=30).map(
    lambda means: {f"e-{number}": Settled(mean, {}) for number, mean in enumerate(means)}
)
any_rule = st.builds(
    Advance,
    min_score=st.integers(0, 100).map(Decimal),
    max_count=st.integers(0, 10),
)


def results(**totals) -> dict[str, Settled]:
    """Settle entries on totals over three judges."""
    return {entry: Settled(Mean(Decimal(str(t)), 3), {}) for entry, t in totals.items()}


def outcome(table):
    return [
        (one.entry_id, str(one.score), one.rank, one.advances, one.tied_at_cutoff) for one in table
    ]


def test_equals_share_a_rank_and_the_next_stays_empty():
    table = rank(results(a=240, b=234, c=234, d=210), TWO_PLACES)

    assert [(one.entry_id, one.rank) for one in table] == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]


def test_equals_after_rounding_share_a_rank():
    table = rank(results(a="233.5", b="233.4"), Rounding(places=1))

    assert [(str(one.score), one.rank) for one in table] == [("77.8", 1), ("77.8", 1)]


def test_both_with_77_8_at_the_cutoff_go_on_and_the_tie_is_marked():
    table = rank(results(a=249, b="233.4", c="233.4", d=228), Rounding(places=1))

    advanced = CutOff(Advance(min_score=Decimal(75), max_count=2)).advance(table)

    assert outcome(advanced) == [
        ("a", "83.0", 1, True, False),
        ("b", "77.8", 2, True, True),
        ("c", "77.8", 2, True, True),
        ("d", "76.0", 4, False, False),
    ]


def test_tie_with_room_for_all_is_no_tie_at_the_cutoff():
    table = rank(results(a=234, b=234), TWO_PLACES)

    advanced = CutOff(Advance(min_score=Decimal(70), max_count=2)).advance(table)

    assert outcome(advanced) == [("a", "78.00", 1, True, False), ("b", "78.00", 1, True, False)]


def test_nobody_below_the_bar_goes_on_however_much_room_there_is():
    table = rank(results(a=210, b="209.5"), TWO_PLACES)

    advanced = CutOff(Advance(min_score=Decimal(70), max_count=16)).advance(table)

    assert outcome(advanced) == [("a", "70.00", 1, True, False), ("b", "69.83", 2, False, False)]


def test_without_a_rule_everybody_goes_on():
    table = rank(results(a=30, b=60), TWO_PLACES)

    assert [one.advances for one in CutOff(None).advance(table)] == [True, True]


@pytest.mark.parametrize(("mode", "score"), [("half_up", "70.13"), ("half_even", "70.12")])
def test_half_is_rounded_as_the_rules_say(mode, score):
    assert rounded(Mean(Decimal(561), 8).exact, Rounding(places=2, mode=mode)) == Decimal(score)


@given(any_mean, st.integers(0, 4), st.sampled_from(["half_up", "half_even"]))
def test_rounding_equals_that_of_decimal_on_the_exact_mean(mean, places, mode):
    # A 200-digit quotient of numbers this small is either exact or not near a half.
    exact = Context(prec=200).divide(mean.total, Decimal(mean.count))
    modes = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}

    score = rounded(mean.exact, Rounding(places=places, mode=mode))

    assert score == exact.quantize(Decimal(1).scaleb(-places), rounding=modes[mode])


@given(any_results, any_rule)
def test_all_equals_of_the_last_go_on_and_nobody_worse(results, rule):
    table = CutOff(rule).advance(rank(results, TWO_PLACES))

    on = {line.score for line in table if line.advances}
    stay = {line.score for line in table if not line.advances}
    better_than_last = [line for line in table if on and line.score > min(on)]
    assert not on & stay
    assert not on or not stay or min(on) > max(stay)
    assert all(score >= rule.min_score for score in on)
    assert len(better_than_last) < max(rule.max_count, 1)


@given(any_results, any_rule)
def test_room_is_left_only_for_want_of_entries_good_enough(results, rule):
    table = CutOff(rule).advance(rank(results, TWO_PLACES))

    good_enough = sum(line.score >= rule.min_score for line in table)
    assert sum(line.advances for line in table) >= min(rule.max_count, good_enough)


@given(any_results, st.randoms())
def test_order_in_which_entries_settle_does_not_matter(results, random):
    shuffled = dict(random.sample(list(results.items()), k=len(results)))

    def places(some):
        return {line.entry_id: (line.score, line.rank) for line in rank(some, TWO_PLACES)}

    assert places(results) == places(shuffled)


@given(any_results)
def test_rank_counts_those_with_a_higher_score(results):
    table = rank(results, TWO_PLACES)

    for line in table:
        assert line.rank == 1 + sum(other.score > line.score for other in table)

"""When a counterparty is left alone, and when one looks whether it is back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain import Breaker, Down, Reached, TurnedAway, counterparty_pause
from services.notify.domain.breaking import LONGEST_PAUSE, STRIKES
from services.notify.domain.trying import BROKEN_OFF, BUSY, UNREACHABLE
from tests.unit.notify.builders import NOON

answers = st.sampled_from([Reached(), TurnedAway("no"), TurnedAway("no", for_good=True)])
silences = st.builds(Down, st.text(), st.sampled_from([BUSY, BROKEN_OFF, UNREACHABLE]))


def after(breaker, outcomes, now=NOON):
    for outcome in outcomes:
        breaker = breaker.after(outcome, now)
    return breaker


def test_one_that_cannot_be_reached_is_left_alone_at_once():
    breaker = Breaker().after(Down("refused", UNREACHABLE), NOON)

    assert breaker.state(NOON) == "OPEN"
    assert breaker.state(NOON + timedelta(seconds=1)) == "HALF_OPEN"


@given(st.lists(answers))
def test_one_that_answers_is_never_left_alone(outcomes):
    assert after(Breaker(), outcomes).state(NOON) == "CLOSED"


@given(st.lists(st.sampled_from([[Down("busy"), Reached()], [Reached()]])))
def test_one_that_is_busy_no_more_often_than_it_answers_is_never_left_alone(pairs):
    outcomes = [outcome for pair in pairs for outcome in pair]

    assert after(Breaker(), outcomes).state(NOON) == "CLOSED"


@given(st.lists(silences, min_size=STRIKES))
def test_one_that_is_silent_long_enough_is_left_alone(outcomes):
    breaker = after(Breaker(), outcomes)

    # What was under way when it opened adds nothing.
    assert (breaker.state(NOON), breaker.openings) == ("OPEN", 1)


@given(st.integers(1, 40))
def test_each_failed_probe_opens_it_for_longer_and_an_answer_closes_it(times):
    breaker, now = Breaker(STRIKES, 1, NOON), NOON
    for _ in range(times):
        now = breaker.paused_until
        assert breaker.state(now) == "HALF_OPEN"
        probed = breaker.probe(now)
        assert probed.state(now) == "OPEN"  # for everybody else
        breaker = probed.after(Down("still"), now, probing=True)
        assert breaker.paused_until - now == counterparty_pause(breaker.openings)

    assert breaker.openings == times + 1
    assert breaker.paused_until - now <= LONGEST_PAUSE
    assert breaker.probe(now).after(TurnedAway("no"), now, probing=True) == Breaker()


@pytest.mark.parametrize(
    ("times", "seconds"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (10_000, 300)]
)
def test_a_counterparty_that_stays_down_is_left_alone_ever_longer(times, seconds):
    assert counterparty_pause(times) == timedelta(seconds=seconds)

"""What a counterparty is told of an entry: allowed steps only, and nothing twice in a row."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import mirror
from services.intake.domain.entries import NEXT, State
from services.intake.domain.mirror import Step
from services.intake.domain.pushing import (
    LONGEST_REST,
    Again,
    Dead,
    Patience,
    Silent,
    Told,
    TurnedAway,
    jitter,
)
from services.intake.onegate.strictness import follows

NOW = datetime(2022, 7, 1, tzinfo=UTC)
OUTCOMES = st.sampled_from([Told(), TurnedAway("3"), Silent("HTTP 503")])
PAUSES = st.lists(st.floats(0, 86400), max_size=10).map(tuple)


@st.composite
def lives(draw):
    """Make the states of an entry, each allowed after the one before, some of them twice."""
    states = [State.DRAFT]
    for _ in range(draw(st.integers(0, 12))):
        choices = sorted(NEXT[states[-1]] | {states[-1]})
        states.append(draw(st.sampled_from(choices)))
    return states


def told(states):
    steps = []
    for state in states:
        last = steps[-1] if steps else None
        if step := mirror.following(last, mirror.step_of(state, last)):
            steps.append(step)
    return steps


@given(lives())
def test_a_strict_counterparty_takes_every_step_of_every_life(states):
    codes = [mirror.status(step, {}) for step in told(states)]

    before = [None, *codes][:-1] if codes else []
    assert all(follows(*pair) for pair in zip(before, codes, strict=True))


@given(lives())
def test_nothing_is_told_twice_in_a_row_and_nothing_after_the_end(states):
    steps = told(states)

    assert all(one != other for one, other in pairwise(steps))
    assert not any(step in mirror.FINAL for step in steps[:-1])


@given(st.sampled_from(Step))
def test_delivered_follows_decided_and_nothing_else(step):
    allowed = mirror.following(step, Step.DELIVERED)

    assert (allowed is Step.DELIVERED) == (step is Step.DECIDED)


def test_a_draft_is_nobodys_business():
    assert told([State.DRAFT, State.WITHDRAWN]) == []


def test_a_code_of_their_own_goes_before_the_national_one():
    own = {"SUPPLEMENT": "1"}

    codes = [mirror.status(step, own) for step in (Step.SUPPLEMENT, Step.RECEIVED)]

    assert codes == ["1", "2"]


def test_every_step_has_a_national_code_of_its_own():
    codes = [mirror.NATIONAL[step] for step in Step]

    assert codes == ["1", "2", "3", "4", "5", "7", "8", "9", "10"]


@given(PAUSES, st.integers(1, 20), OUTCOMES)
def test_a_push_is_told_or_tried_later_or_dead(pauses, attempts, outcome):
    verdict = Patience(pauses).judge("7", attempts, outcome, NOW)

    match verdict:
        case Told():
            assert outcome == Told()
        case Again(at, reason):
            pause = timedelta(seconds=pauses[attempts - 1])
            assert NOW + pause <= at <= NOW + pause * 1.25 + timedelta(microseconds=1)
            assert reason == outcome.reason
        case Dead(reason):
            assert attempts > len(pauses)
            assert reason == outcome.reason


@given(PAUSES, st.integers(1, 1000))
def test_a_silent_counterparty_rests_longer_each_time_but_never_for_long(pauses, failures):
    patience = Patience(pauses)

    rests = [patience.rest(failures), patience.rest(failures + 1)]

    assert timedelta(0) <= rests[0] <= rests[1] <= LONGEST_REST


@given(st.text(), st.integers(1, 100))
def test_what_failed_together_is_spread_over_a_quarter(name, attempts):
    assert 0 <= jitter(name, attempts) < 0.25

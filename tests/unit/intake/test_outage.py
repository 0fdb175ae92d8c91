"""Measured outages before the deadline, and what they propose."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Outage, Window
from services.intake.domain.outage import (
    QUIET,
    Proposal,
    Span,
    gaps,
    joined,
    missed,
    propose,
    unanswered,
    watch_from,
)

CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
START = CLOSES - timedelta(hours=6)
RULE = Outage(within_hours=6, at_least_minutes=30, extend_hours=24)
WINDOW = Window(opens=CLOSES - timedelta(days=45), closes=CLOSES, outage=RULE)
BEAT = timedelta(seconds=30)


def before(minutes: float) -> datetime:
    return CLOSES - timedelta(minutes=minutes)


instants = st.integers(-3600, 8 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
spans = st.builds(
    lambda begun, length: Span(begun, begun + timedelta(seconds=length)),
    instants,
    st.integers(0, 7200),
)


def test_beats_half_a_minute_apart_are_one_stretch():
    stretch = None
    for number in range(120):
        stretch = joined(stretch, START + number * BEAT)

    assert stretch == Span(START, START + 119 * BEAT)
    assert gaps([stretch], START, START + 120 * BEAT) == ()


def test_a_silence_is_a_gap_and_ends_with_the_next_beat():
    beats = [Span(START, before(100)), Span(before(60), CLOSES)]

    silences = gaps(beats, START, CLOSES)

    assert silences == (Span(before(100), before(60)),)
    assert missed(silences) == timedelta(minutes=40)


def test_a_gap_after_a_proposal_is_not_answered_by_it():
    beats = [Span(START, before(200)), Span(before(140), before(100)), Span(before(60), CLOSES)]

    found = unanswered(beats, Span(START, CLOSES), before(139))

    assert found == (Span(before(100), before(60)),)


def test_a_gap_that_begins_with_the_next_beat_is_not_answered():
    beats = [Span(START, before(100)), Span(before(60), CLOSES)]

    found = unanswered(beats, Span(START, CLOSES), before(99.5))

    assert found == (Span(before(100), before(60)),)


def test_an_outage_under_way_when_more_time_was_proposed_is_one_outage():
    beats = [Span(START, before(100)), Span(before(20), CLOSES)]

    assert unanswered(beats, Span(START, CLOSES), before(60)) == ()
    assert unanswered(beats, Span(before(60), CLOSES), before(60)) == ()


@given(st.lists(spans, max_size=6), instants)
def test_what_is_unanswered_is_part_of_what_was_missed_and_came_after(beats, answered_at):
    found = unanswered(beats, Span(START, CLOSES), answered_at)

    every = gaps(beats, START, CLOSES)
    assert all(one in every for one in found if one.begun_at > START)
    assert all(one.begun_at > answered_at - QUIET for one in found)
    assert missed(found) <= missed(every)


def test_silence_up_to_three_beats_is_none():
    assert gaps([Span(START, before(10)), Span(before(10) + QUIET, CLOSES)], START, CLOSES) == ()


def test_outage_that_lasts_over_the_deadline_counts_up_to_it():
    beats = [
        Span(START, before(20)),
        Span(CLOSES + timedelta(hours=2), CLOSES + timedelta(hours=3)),
    ]

    assert gaps(beats, START, CLOSES) == (Span(before(20), CLOSES),)


def test_enough_in_all_proposes_more_time_and_less_does_not():
    enough = (Span(before(100), before(85)), Span(before(50), before(35)))

    assert propose(RULE, CLOSES, enough) == Proposal(
        CLOSES, CLOSES + timedelta(hours=24), timedelta(minutes=30), enough
    )
    assert propose(RULE, CLOSES, enough[:1]) is None
    assert propose(RULE, CLOSES, ()) is None


def test_a_contest_is_watched_in_its_last_hours_and_not_before_it_was():
    long_ago, lately = START - timedelta(days=30), START + timedelta(hours=1)

    assert watch_from(WINDOW, None, long_ago) == START
    assert watch_from(WINDOW, None, lately) == lately
    assert watch_from(WINDOW, START, lately) == START
    assert watch_from(Window(opens=WINDOW.opens, closes=CLOSES), START, lately) is None


@given(st.lists(spans, max_size=12))
def test_gaps_lie_in_the_window_apart_and_hold_no_beat(beats):
    silences = gaps(beats, START, CLOSES)

    edges = [edge for one in silences for edge in (one.begun_at, one.ended_at)]
    assert edges == sorted(edges)
    assert all(START <= edge <= CLOSES for edge in edges)
    assert all(one.length > QUIET for one in silences)
    assert not any(
        beat.begun_at < one.ended_at and one.begun_at < beat.ended_at
        for beat in beats
        for one in silences
    )


@given(st.lists(spans, max_size=12))
def test_every_long_silence_is_found(beats):
    silences = gaps(beats, START, CLOSES)

    lit = [*beats, *silences]
    assert gaps(lit, START, CLOSES) == ()


@given(st.lists(spans, max_size=12), spans)
def test_one_more_beat_never_makes_an_outage_longer(beats, more):
    fewer = missed(gaps(beats, START, CLOSES))

    assert missed(gaps([*beats, more], START, CLOSES)) <= fewer


@given(st.lists(instants, max_size=60))
def test_beats_joined_as_they_come_leave_the_same_gaps(beats):
    stretches: list[Span] = []
    for beat in sorted(beats):
        stretch = joined(stretches[-1] if stretches else None, beat)
        if stretches and stretch.begun_at == stretches[-1].begun_at:
            stretches.pop()
        stretches.append(stretch)

    assert gaps(stretches, START, CLOSES) == gaps([Span(one, one) for one in beats], START, CLOSES)

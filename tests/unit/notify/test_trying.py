"""How often one tries, and when one stops."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain import (
    Again,
    Done,
    Down,
    GivenUp,
    Pointless,
    Reached,
    TurnedAway,
    settle,
)
from services.notify.domain.trying import PAUSES, SHORTEST_PAUSE
from tests.unit.notify.builders import NOON

LAST = len(PAUSES) + 1
failures = st.builds(Down, st.text()) | st.builds(TurnedAway, st.text())
ids = st.uuids().map(lambda one: one.hex)


def test_what_was_taken_is_done():
    assert settle("d-1", 3, Reached(), NOON) == Done()


def test_an_address_that_does_not_exist_is_not_tried_again():
    outcome = TurnedAway("The mail relay refused with 550.", for_good=True)

    assert settle("d-1", 1, outcome, NOON) == GivenUp("The mail relay refused with 550.")


@given(ids, st.integers(1, LAST - 1), failures)
def test_a_failed_try_is_followed_by_another_within_its_pause(delivery_id, attempts, outcome):
    verdict = settle(delivery_id, attempts, outcome, NOON)

    assert isinstance(verdict, Again)
    assert verdict.reason == outcome.reason
    assert SHORTEST_PAUSE <= verdict.at - NOON <= PAUSES[attempts - 1]


@given(ids, st.integers(min_value=LAST), failures)
def test_after_the_last_try_the_delivery_is_given_up(delivery_id, attempts, outcome):
    assert settle(delivery_id, attempts, outcome, NOON) == GivenUp(outcome.reason)


@given(ids, st.integers(1, LAST - 1))
def test_the_same_try_of_the_same_delivery_is_planned_alike(delivery_id, attempts):
    first = settle(delivery_id, attempts, Down("down"), NOON)

    assert settle(delivery_id, attempts, Down("down"), NOON) == first


def test_deliveries_that_failed_together_are_not_tried_together():
    planned = {settle(f"d-{number}", 4, Down("down"), NOON) for number in range(100)}

    assert len(planned) > 50


@given(ids, st.integers(1, LAST + 1), failures, st.integers(-100, 10**6))
def test_nothing_is_planned_for_when_it_is_pointless(delivery_id, attempts, outcome, seconds):
    expires_at = NOON + timedelta(seconds=seconds)

    verdict = settle(delivery_id, attempts, outcome, NOON, expires_at)

    if isinstance(verdict, Again):
        assert verdict.at < expires_at
    elif isinstance(verdict, Pointless):
        assert isinstance(settle(delivery_id, attempts, outcome, NOON), Again)

"""How long somebody waits after wrong secrets, and whom that never keeps out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway import tries
from services.gateway.tries import Told, TooManyTries, Tries

NOW = datetime(2022, 7, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
counted = st.builds(Tries, st.integers(0, 100), st.just(NOW))


@given(st.integers(tries.FREE_TRIES, 1000))
def test_after_some_wrong_secrets_the_next_has_to_wait(failures):
    with pytest.raises(TooManyTries):
        tries.check(Told(login=Tries(failures, NOW)), NOW)


@given(counted, counted, counted)
def test_nobody_waits_longer_than_the_longest_pause(login, here, address):
    tries.check(Told(login, here, address), NOW + tries.LONGEST_PAUSE)


@given(st.integers(0, 1000))
def test_guesses_elsewhere_keep_nobody_out_who_is_known_here(failures):
    here = Tries(good_at=NOW - timedelta(days=1))

    tries.check(Told(login=Tries(failures, NOW), here=here), NOW)


@given(st.integers(tries.FREE_TRIES, 1000))
def test_ones_own_mistakes_at_a_known_place_count(failures):
    here = Tries(failures, NOW, good_at=NOW - timedelta(days=1))

    with pytest.raises(TooManyTries):
        tries.check(Told(here=here), NOW)


@given(st.integers(0, 200))
def test_an_address_rests_after_many_guesses_at_many_logins(failures):
    told = Told(address=Tries(failures, NOW))

    if failures < tries.FREE_OF_ADDRESS:
        tries.check(told, NOW)
    else:
        with pytest.raises(TooManyTries):
            tries.check(told, NOW)
    tries.check(told, NOW + tries.ADDRESS_RESTS + SECOND)


@given(st.integers(0, 40))
def test_the_pause_grows_with_every_wrong_secret(failures):
    def waits(count):
        moment = NOW
        while True:
            try:
                Tries(count, NOW).check(moment)
            except TooManyTries as refusal:
                moment += refusal.params["seconds"] * SECOND
            else:
                return moment - NOW

    assert waits(failures) <= waits(failures + 1) <= tries.LONGEST_PAUSE + SECOND

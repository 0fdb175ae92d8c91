"""How often a failed event is tried, and what is written about it."""

import psycopg2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError

from contracts import review
from contracts.message import Envelope
from kernel import execute
from kernel.database import is_passing
from kernel.envelope import Undecodable
from kernel.errors import NotFound, NotYet
from kernel.execute import Handler
from kernel.messaging import handler_of, speakers_of


class Coded(psycopg2.Error):
    """An error the server gave this code."""

    pgcode = ""


def coded(code: str) -> Coded:
    return type("Given", (Coded,), {"pgcode": code})()


@pytest.mark.parametrize("code", ["40001", "40P01", "08006", "53300", "57P01", "57P03"])
def test_an_outage_and_a_lost_race_pass(code):
    assert is_passing(DBAPIError("SELECT", {}, coded(code)))


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_connection_that_fails_before_the_server_speaks_passes(kind):
    assert is_passing(kind("SELECT", {}, psycopg2.OperationalError("gone")))


def test_a_connection_lost_in_use_passes():
    assert is_passing(DBAPIError("SELECT", {}, psycopg2.Error(), connection_invalidated=True))


@pytest.mark.parametrize("code", ["23505", "22P02", "42501", "25006", "P0001"])
def test_a_mistake_of_ours_does_not_pass(code):
    assert not is_passing(IntegrityError("INSERT", {}, coded(code)))


def test_a_value_the_driver_refuses_does_not_pass():
    assert not is_passing(DataError("INSERT", {}, psycopg2.DataError()))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotFound("There is no {what}.", what="Nguyễn Văn An"), "NotFound: There is no {what}."),
        (NotYet("Entry e-1 has not arrived."), "NotYet: Entry e-1 has not arrived."),
        (Undecodable("no body"), "Undecodable: no body"),
        (ValueError("Nguyễn Văn An"), "builtins.ValueError"),
    ],
)
def test_an_operator_reads_what_went_wrong_and_no_personal_value(error, said):
    assert execute.describe(error) == said


@given(pauses=st.lists(st.floats(0, 1000), max_size=6).map(tuple), attempts=st.integers(1, 10))
def test_there_is_one_try_more_than_there_are_pauses(pauses, attempts):
    pause = execute.following_pause(attempts, pauses)

    assert pause == (pauses[attempts - 1] if attempts <= len(pauses) else None)


class Listening:
    """Methods as services write them."""

    def hear_one(self, heard: review.RoundOpened, work: object) -> None:
        """Hear one kind of event."""

    def hear_all(self, heard: Envelope, work: object) -> None:
        """Hear everything."""


def test_a_handler_takes_what_its_type_hint_names():
    assert handler_of(Listening.hear_one) == Handler(
        "hear_one", review.RoundOpened, Listening.hear_one
    )


def test_one_event_is_bound_at_its_speaker_alone():
    assert speakers_of(handler_of(Listening.hear_one)) == {"review": "event.RoundOpened"}


def test_who_takes_envelopes_is_bound_everywhere():
    bound = speakers_of(handler_of(Listening.hear_all))

    assert bound["intake"] == "event.#"
    assert set(bound) > {"awards", "intake", "review"}
    assert set(bound.values()) == {"event.#"}

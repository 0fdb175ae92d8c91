"""Broker and database restarted twice each, every service once, while the contest is played."""

import re
from decimal import Decimal

import pytest

from deploy.local.instance import SERVICES
from deploy.local.stack import Stack
from tests.bookkeeping import letters_delivered, mails_by_id, recorded
from tests.reliability.callers import granted_without_effect
from tests.reliability.upheaval import Upheaval, restarts

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1200)]

SERVERS = ("rabbitmq", "postgres")


@pytest.fixture(scope="module")
def stack():
    with Stack("restarts") as running:
        yield running


@pytest.fixture(scope="module")
def played(stack, play_during):
    """Play the contest while servers and services are restarted."""
    plan = restarts(*SERVERS, *SERVICES, *SERVERS)
    return play_during(stack, Upheaval(stack, plan, pause=(0.5, 1.5)), [])


def test_everything_was_restarted(played):
    assert played.upheaval.struck == {**dict.fromkeys(SERVICES, 1), **dict.fromkeys(SERVERS, 2)}


def test_every_service_that_was_told_to_stop_ended_well_within_ten_seconds(stack, played):
    del played
    # Supervisor kills what has not ended ten seconds after it was told to.
    log = (stack.logs_dir / "supervisord.log").read_text()

    ends = dict(re.findall(r" stopped: (\w+)-0 \((.*)\)", log))

    assert ends == dict.fromkeys(SERVICES, "exit status 0")


def test_the_prizes_are_those_the_marks_lead_to(played):
    stage = played.stage

    given = [
        (stage.number_of[x["entry_id"]], x["prize"], Decimal(x["score"])) for x in stage.prizes
    ]

    assert sorted(given) == sorted((w.entry, w.prize, w.final) for w in stage.cast.expected.prizes)


def test_what_was_granted_was_done_once(played):
    assert len(played.granted) > 300
    assert list(granted_without_effect(played.granted, played.books)) == []


def test_every_event_is_sent_and_heard_once_by_each_who_hears_it(played):
    assert played.books.faults == {}


def test_the_ledger_holds_every_event_of_every_service_once(stack, played):
    assert recorded(stack) == played.books.to_record


def test_every_letter_arrived_and_a_second_copy_bears_the_id_of_the_first(stack, played):
    # Between the mail relay's yes and our commit there is a moment in which a letter that has
    # gone is not yet known to have gone; it goes again under its own Message-ID.
    assert mails_by_id(stack).keys() == letters_delivered(played.books)

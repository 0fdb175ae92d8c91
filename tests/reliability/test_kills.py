"""Two copies of every service, killed again and again while the contest is played."""

from decimal import Decimal

import pytest

from deploy.local import assembly
from deploy.local.instance import SERVICES, load
from deploy.local.stack import Stack
from tests.bookkeeping import letters_delivered, mails_by_id, recorded
from tests.reliability.callers import granted_without_effect
from tests.reliability.upheaval import Upheaval, kills

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1200)]

COPIES = 2


@pytest.fixture(scope="module")
def stack():
    with Stack("kills", copies=dict.fromkeys(SERVICES, COPIES)) as running:
        yield running


@pytest.fixture(scope="module")
def played(stack, play_during):
    """Play the contest while one process after another is killed."""
    ports = [assembly.http_port(load(stack.name), number) for number in range(COPIES)]
    return play_during(stack, Upheaval(stack, kills(COPIES, rounds=2), pause=(0.5, 1.5)), ports)


def test_every_service_was_killed_and_all_together_more_than_twenty_times(played):
    assert played.upheaval.struck.keys() == set(SERVICES)
    assert played.upheaval.struck.total() > 20


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


def test_as_many_entries_were_taken_in_as_were_handed_in(played):
    entries = played.stage.cast.entries
    taken = [entry for entry in entries if entry.outcome not in ("REFUSED", "LATE")]
    again = [entry for entry in entries if entry.completed_at]

    assert played.books.said["intake.EntrySubmitted"] == len(taken) + len(again)


def test_every_letter_arrived_and_a_second_copy_bears_the_id_of_the_first(stack, played):
    # Between the mail relay's yes and our commit there is a moment in which a letter that has
    # gone is not yet known to have gone; it goes again under its own Message-ID.
    assert mails_by_id(stack).keys() == letters_delivered(played.books)

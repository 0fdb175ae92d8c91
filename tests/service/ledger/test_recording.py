"""Events come onto the chain many at once: in few statements, each once, none held up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from contracts import intake, ledger
from kernel import envelope
from kernel.tables import Inbox
from kernel.testing import TENANT, actor
from services.ledger.service import LedgerService
from services.ledger.store import LineRow
from tests.service.ledger.test_chain import NINE, check, head_of, withdrawn


def sent(event, id_, tenant=TENANT):
    return envelope.encode(
        envelope.wrap(event, tenant=tenant, actor=actor(), occurred_at=NINE, message_id=id_)
    )


def many(count, first=0):
    return [sent(withdrawn(f"e-{n}"), f"m-{n}") for n in range(first, first + count)]


def record(bench, bodies):
    return LedgerService.record(bench.service, bodies)


def person(person_id="p-1"):
    return intake.PersonRegistered(person_id=person_id, full_name="Nguyễn Văn An")


@contextmanager
def counted(bench) -> Iterator[list[str]]:
    """Note every statement that goes to the database."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement.split(maxsplit=1)[0])

    listening.listen(bench.database.engine, "before_cursor_execute", note)
    yield said
    listening.remove(bench.database.engine, "before_cursor_execute", note)


def chain_of(bench, tenant=TENANT):
    return [row.event_id for row in bench.rows(select(LineRow).order_by(LineRow.sequence), tenant)]


@pytest.mark.parametrize("count", [1, 2, 300])
def test_many_events_take_as_many_statements_as_one(bench, count):
    record(bench, many(1, first=1000))

    with counted(bench) as said:
        record(bench, many(count))

    # Begin and claim, lock the head, move it, add the links.
    assert said == ["SELECT", "SELECT", "UPDATE", "INSERT"]
    assert chain_of(bench) == ["m-1000", *(f"m-{n}" for n in range(count))]
    assert check(bench).broken_at is None


def test_salts_of_many_people_are_one_statement_more(bench):
    record(bench, many(1))

    with counted(bench) as said:
        record(bench, [sent(person(f"p-{n}"), f"q-{n}") for n in range(50)])

    assert len(said) == 5


def test_the_chain_is_the_one_that_events_heard_one_by_one_make(bench):
    bodies = [*many(3), sent(withdrawn("e-9"), "m-9", tenant="ca-mau")]
    for data in bodies[:3]:
        record(bench, data)
    alone = head_of(bench)

    record(bench, [data.replace(b'"hau-giang"', b'"an-giang"') for data in bodies])

    together = head_of(bench, "an-giang")
    assert (alone.length, together.length, head_of(bench, "ca-mau").length) == (3, 3, 1)
    assert chain_of(bench, "an-giang") == chain_of(bench)
    assert check(bench, "an-giang").broken_at is None


def test_an_event_that_comes_twice_is_on_the_chain_once(bench):
    one, two, three = many(3)
    record(bench, [one, two, one])

    assert record(bench, [two, three, one]) == "done"
    assert record(bench, [three, one]) == "repeated"

    assert chain_of(bench) == ["m-0", "m-1", "m-2"]


def test_one_that_fails_is_set_aside_and_the_others_are_recorded(bench):
    one, two = many(2)
    wrong = sent(person("\0"), "m-wrong")  # no text of a database has this character

    record(bench, [one, wrong, b"no envelope", two])

    states = {row.message_id: row.state for row in bench.rows(select(Inbox))}
    assert chain_of(bench) == ["m-0", "m-1"]
    assert states == {"m-0": "done", "m-1": "done", "m-wrong": "retry"}
    assert check(bench).broken_at is None
    unread = bench.rows(select(Inbox), "-")
    assert [(row.handler, row.state) for row in unread] == [("record", "dead")]


def test_what_the_ledger_says_itself_is_no_news_to_it(bench):
    head = ledger.SignedHead(
        tenant=TENANT, contest_id="hg", size=1, root="", at=NINE, milestone="", kid="k",
        signature="",
    )  # fmt: skip
    said = sent(ledger.HeadSigned(contest_id="hg", head=head), "m-h")

    record(bench, [said, *many(1)])

    assert chain_of(bench) == ["m-0"]
    assert [json.loads(row.body)["type"] for row in bench.rows(select(LineRow))] == [
        "intake.EntryWithdrawn"
    ]

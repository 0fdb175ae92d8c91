"""What the ledger keeps of what it hears, and that what it kept cannot be changed."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from contracts import intake, ledger, review
from kernel.testing import Rejected, actor
from services.ledger.store import LineRow

OPERATOR = actor("operator", id="op-1")
NINE = datetime(2022, 7, 1, 2, tzinfo=UTC)


def withdrawn(entry_id="e-1"):
    return intake.EntryWithdrawn(
        contest_id="hg",
        entry_id=entry_id,
        receipt_code="H30-220701-0001",
        filed_by="p-1",
        author_ids=("p-1",),
        title="Một cửa số",
    )


def head_of(bench, tenant="hau-giang"):
    return bench.ask(ledger.ShowHead(), actor=OPERATOR, tenant=tenant, reply=ledger.Head)


def check(bench, tenant="hau-giang"):
    return bench.ask(
        ledger.VerifyChain(), actor=OPERATOR, tenant=tenant, reply=ledger.ChainVerified
    )


def as_intruder(bench, statement):
    """Do what the service's role is refused: take the lock off, change, put it back."""
    with bench.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(text("ALTER TABLE line DISABLE TRIGGER USER"))
        connection.execute(text(statement))
        connection.execute(text("ALTER TABLE line ENABLE TRIGGER USER"))


def test_an_empty_chain_ends_in_the_tenants_name(bench):
    head = head_of(bench)

    assert head == ledger.Head(length=0, digest=sha256(b"hau-giang").hexdigest())


def test_every_event_of_every_speaker_is_kept_as_its_canonical_envelope(bench):
    by = actor("secretary", "entrant", "clerk", id="p-1")

    bench.hear(withdrawn(), id="m-1", now=NINE, actor=by)
    bench.hear(review.RoundOpened(contest_id="hg", round_id="R1", entry_ids=("e-1",)), id="m-2")

    first, second = bench.rows(select(LineRow).order_by(LineRow.sequence))
    assert json.loads(first.body) == {
        "id": "m-1",
        "type": "intake.EntryWithdrawn",
        "tenant": "hau-giang",
        "occurred_at": "2022-07-01T02:00:00Z",
        "actor": {
            "id": "p-1",
            "roles": ["clerk", "entrant", "secretary"],
            "unit_id": None,
            "true_id": None,
            "scopes": None,
            "grants": [],
        },
        "correlation_id": "m-1",
        "causation_id": None,
        "traceparent": None,
        "body": {
            "contest_id": "hg",
            "entry_id": "e-1",
            "receipt_code": "H30-220701-0001",
            "filed_by": "p-1",
            "author_ids": ["p-1"],
            "title": "Một cửa số",
            "reason": "",
        },
    }
    assert first.body_digest == sha256(first.body.encode()).hexdigest()
    assert (second.sequence, second.event_id, second.type) == (2, "m-2", "review.RoundOpened")


def test_a_personal_event_leaves_its_digest_only(bench):
    bench.hear(
        intake.PersonRegistered(person_id="p-1", full_name="Lê Thị Sen", email="sen@example.vn"),
        id="m-1",
    )

    proof = bench.ask(ledger.ProveEvent(event_id="m-1"), actor=OPERATOR, reply=ledger.LedgerLine)
    (row,) = bench.rows(select(LineRow))
    assert (row.body, proof.body_kept) == (None, False)
    assert check(bench).broken_at is None


def test_a_second_delivery_adds_nothing(bench):
    bench.hear(withdrawn(), id="m-1")

    again = bench.hear(withdrawn(), id="m-1")

    assert (again, head_of(bench).length) == ("repeated", 1)


def test_an_events_proof_can_be_computed_again_by_anyone(bench):
    bench.hear(withdrawn("e-1"), id="m-1", now=NINE)
    bench.hear(withdrawn("e-2"), id="m-2", now=NINE)

    proof = bench.ask(ledger.ProveEvent(event_id="m-2"), actor=OPERATOR, reply=ledger.LedgerLine)

    link = [
        proof.previous,
        2,
        "m-2",
        "intake.EntryWithdrawn",
        "2022-07-01T02:00:00.000000+00:00",
        proof.body_digest,
        True,
    ]
    written = json.dumps(link, separators=(",", ":"))
    assert proof.digest == sha256(written.encode()).hexdigest() == head_of(bench).digest


def test_an_event_nobody_heard_has_no_proof(bench):
    with pytest.raises(Rejected, match="EventNotRecorded: The ledger has no event m-9"):
        bench.ask(ledger.ProveEvent(event_id="m-9"), actor=OPERATOR)


def test_an_entrant_may_not_read_the_ledger(bench):
    with pytest.raises(Rejected, match="Forbidden"):
        bench.ask(ledger.VerifyChain(), actor=actor("entrant"))


def test_tenants_have_chains_of_their_own(bench):
    bench.hear(withdrawn(), id="m-1", tenant="hau-giang")
    bench.hear(withdrawn(), id="m-1", tenant="ca-mau")
    bench.hear(withdrawn(), id="m-2", tenant="ca-mau")

    assert head_of(bench, "hau-giang").length == 1
    assert head_of(bench, "ca-mau").length == 2
    assert check(bench, "ca-mau").broken_at is None
    with pytest.raises(Rejected, match="EventNotRecorded"):
        bench.ask(ledger.ProveEvent(event_id="m-2"), actor=OPERATOR, tenant="hau-giang")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE line SET type = 'intake.EntryAccepted'",
        "DELETE FROM line",
        "TRUNCATE line",
    ],
)
def test_the_database_refuses_to_rewrite_the_ledger_even_for_its_owner(bench, statement):
    bench.hear(withdrawn(), id="m-1")

    with bench.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        with pytest.raises(ProgrammingError, match="The ledger is only ever added to"):
            connection.execute(text(statement))

    assert head_of(bench).length == 1


@pytest.mark.parametrize(
    ("statement", "at", "why"),
    [
        ("UPDATE line SET body = replace(body, 'e-2', 'e-9')", 2, "body changed"),
        ("UPDATE line SET type = 'intake.EntryAccepted' WHERE sequence = 3", 3, "link changed"),
        ("UPDATE line SET body = NULL WHERE sequence = 1", 1, "link changed"),
        ("DELETE FROM line WHERE sequence = 2", 2, "out of place"),
        ("DELETE FROM line WHERE sequence = 3", 3, "head changed"),
        ("UPDATE line SET sequence = 9 WHERE sequence = 3", 3, "out of place"),
        ("UPDATE head SET length = 2", 3, "head changed"),
        ("DELETE FROM head", 1, "head changed"),
    ],
)
def test_what_an_intruder_changes_is_found(bench, statement, at, why):
    for number in (1, 2, 3):
        bench.hear(withdrawn(f"e-{number}"), id=f"m-{number}")

    as_intruder(bench, statement)

    verified = check(bench)
    assert (verified.broken_at, verified.why) == (at, why)


def test_many_hearers_at_once_make_one_chain(bench):
    def listen(voice):
        for number in range(10):
            bench.hear(withdrawn(), id=f"m-{voice}-{number}")

    threads = [Thread(target=listen, args=(voice,)) for voice in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    verified = check(bench)
    assert (verified.length, verified.broken_at) == (40, None)

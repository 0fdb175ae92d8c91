"""Trees on the bench: heads that hold, proofs anyone can follow, persons who are forgotten."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from contracts import intake, ledger, review
from kernel.testing import Rejected, actor
from recount.kit import PREFIX, canonical, leaf_hash, root_over
from services.ledger import store
from tests.service.ledger.test_chain import check, withdrawn
from tests.unit.ledger.following import follows_consistency

NINE = datetime(2022, 7, 1, 2, tzinfo=UTC)
ANYBODY = actor()


def heads_of(bench, contest_id="hg", **asked):
    asked = ledger.ListHeads(contest_id=contest_id, **asked)
    return bench.ask(asked, actor=ANYBODY, reply=ledger.Heads)


def sign(bench, minutes=0):
    bench.tick("sign_heads", now=NINE + timedelta(minutes=minutes))


def test_a_head_is_signed_of_what_was_added_and_told_once(bench):
    bench.hear(withdrawn("e-1"), id="m-1", now=NINE)
    bench.hear(intake.AgenciesImported(agencies=()), id="m-2", now=NINE)

    sign(bench)
    sign(bench, minutes=1)

    told = {event.head.contest_id: event.head for event in bench.announced}
    known = heads_of(bench)
    assert [head.size for head in known.heads] == [1]
    assert known.heads == (told["hg"],)
    assert set(told) == {"hg", ""}
    (key,) = known.keys
    public = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(key.x + "="))
    head = known.heads[0]
    signed = [head.tenant, "hg", 1, head.root, "2022-07-01T02:00:00.000000+00:00", ""]
    public.verify(urlsafe_b64decode(head.signature + "=="), PREFIX + canonical(signed))


def test_a_milestone_has_a_head_of_its_own(bench):
    bench.hear(withdrawn("e-1"), id="m-1", now=NINE)
    closed = review.RoundClosed(contest_id="hg", round_id="R1", table=(), is_last=False)
    bench.hear(closed, id="m-2", now=NINE)
    bench.hear(withdrawn("e-2"), id="m-3", now=NINE)

    sign(bench)

    assert [(one.size, one.milestone) for one in heads_of(bench).heads] == [
        (3, ""),
        (2, "round closed"),
    ]


def test_an_event_is_proven_under_the_head_and_the_tree_to_have_only_grown(bench):
    for number in range(5):
        bench.hear(withdrawn(f"e-{number}"), id=f"m-{number}", now=NINE)
    sign(bench)
    for number in range(5, 9):
        bench.hear(withdrawn(f"e-{number}"), id=f"m-{number}", now=NINE)
    sign(bench, minutes=1)

    proof = bench.ask(
        ledger.ProveInclusion(event_id="m-6"), actor=ANYBODY, reply=ledger.InclusionProof
    )
    growth = bench.ask(
        ledger.ProveConsistency(contest_id="hg", before=5, size=9),
        actor=ANYBODY,
        reply=ledger.Growth,
    )

    leaf = leaf_hash(canonical([proof.event_id, proof.type, proof.occurred_at, proof.members]))
    path, root = [bytes.fromhex(one) for one in proof.path], bytes.fromhex(proof.head.root)
    assert root_over(leaf, proof.number, proof.head.size, path) == root
    new, old = heads_of(bench).heads
    path = [bytes.fromhex(one) for one in growth.path]
    earlier = bytes.fromhex(old.root)
    assert follows_consistency(5, 9, path, earlier, bytes.fromhex(new.root))
    assert "Một cửa số" not in str(proof)


def test_no_proof_before_a_head_is_signed_and_none_of_sizes_there_never_were(bench):
    bench.hear(withdrawn(), id="m-1")

    with pytest.raises(Rejected, match="HeadNotSigned"):
        bench.ask(ledger.ProveInclusion(event_id="m-1"), actor=ANYBODY)
    with pytest.raises(Rejected, match="UnknownTree"):
        heads_of(bench)
    with pytest.raises(Rejected, match="NoSuchGrowth"):
        bench.ask(ledger.ProveConsistency(contest_id="hg", before=1, size=9), actor=ANYBODY)


def test_a_person_is_forgotten_and_chain_and_tree_still_hold(bench):
    someone = intake.PersonRegistered(person_id="p-1", full_name="Mẫu", email="mau@example.vn")
    bench.hear(someone, id="m-1", now=NINE)
    bench.hear(withdrawn(), id="m-2", now=NINE)
    sign(bench)
    before = heads_of(bench, "").heads

    with bench.database.sessions.begin() as session:
        session.execute(select(1))
        store.show(session, "hau-giang")
        gone = store.forget_person(session, "p-1")

    assert (gone, bench.rows(select(store.SaltRow))) == (1, [])
    assert check(bench).broken_at is None
    bench.hear(someone, id="m-3", now=NINE)
    sign(bench, minutes=1)
    assert check(bench).broken_at is None
    assert before[0] in heads_of(bench, "").heads


def test_the_same_person_twice_has_digests_nobody_can_compare(bench):
    someone = intake.PersonRegistered(person_id="p-1", full_name="Mẫu", email="mau@example.vn")

    bench.hear(someone, id="m-1", now=NINE)
    bench.hear(someone, id="m-1", now=NINE, tenant="ca-mau")

    rows = bench.rows(select(store.LineRow)) + bench.rows(select(store.LineRow), tenant="ca-mau")
    assert len({row.body_digest for row in rows}) == len(rows) == 2

"""The record: events a second into trees, proofs among ten million, and a large kit counted again.

`python -m benchmarks.ledger` runs on one PostgreSQL. Beside the trees stands an append-only table
without proofs, in the same run. Processor seconds, as machines are shared.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from random import Random
from typing import Any

import click
import msgspec
import psutil
from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import Session

from benchmarks import limits
from benchmarks.recording import kept, recorded
from benchmarks.recounting import flat, recounted
from contracts import ledger
from deploy.local.stack import Stack
from kernel import clock, schema
from kernel.tables import current_tenant
from services.ledger import proving, store
from services.ledger.domain import Head, Recorded, canonical
from services.ledger.domain.tree import WIDTH, packed, subtree
from services.ledger.growing import BATCH, Grove, catch_up
from services.ledger.signing import key_of

TENANT = "bench"


def envelope(number: int) -> Recorded:
    """Return an event of the usual size: an opened sheet."""
    body = {
        "contest_id": "B", "round_id": "R1", "entry_id": f"e-{number // 3}",
        "judge_id": f"j-{number % 40}", "version": 1, "given_at": "2022-09-01T02:00:00Z",
        "marks": {"A": "12.5", "B": "20", "C": "7.5", "D": "30"}, "total": "70",
        "digest": "00" * 32, "nonce": "11" * 32, "words": "22" * 32, "reason": "", "minutes": "",
    }  # fmt: skip
    said = canonical({"id": f"m-{number}", "type": "review.MarksGiven", "body": body})
    return Recorded.of(f"m-{number}", "review.MarksGiven", clock.now(), said)


def fill(session: Session, events: int) -> None:
    """Put events on the tenant's chain, as hearing them one by one would."""
    head = Head.genesis(TENANT)
    for first in range(0, events, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, events)):
            line = head.append(envelope(number))
            head = head.after(line)
            one = line.recorded
            rows.append({
                "sequence": line.sequence, "event_id": one.event_id, "type": one.type,
                "occurred_at": one.occurred_at, "body": one.body,
                "body_digest": one.body_digest, "digest": line.digest,
            })  # fmt: skip
        session.execute(insert(store.LineRow), rows)
    session.add(store.HeadRow(chain="events", length=head.length, digest=head.digest))


def used(run: Callable[[], object]) -> tuple[float, float]:
    """Return processor seconds of this process and the seconds by the clock."""
    cpu, began = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - began


def grow(session: Session) -> None:
    """Let the trees catch up, in as many turns as it takes."""
    key = key_of("5e" * 32, TENANT)
    while True:
        grove = Grove(session, TENANT, key, clock.now())
        heads = list(catch_up(grove, secrets.token_bytes))
        if not heads:
            return


def plain(session: Session, events: int) -> None:
    """Read the same links and put them into a table that is only added to."""
    session.execute(text("CREATE TABLE plain (tenant text, number bigint, sequence bigint)"))
    rows = text("INSERT INTO plain VALUES (:tenant, :number, :sequence)")
    for after in range(0, events, BATCH):
        lines = store.read_new_lines(session, after, BATCH)
        session.execute(rows, [{"tenant": TENANT, "number": n, "sequence": n} for n, _ in lines])


def forest(session: Session, leaves: int) -> None:  # noqa: C901  # level by level
    """Write the tiles of a tree of so many leaves, level by level."""
    level = 0

    def leaf_tiles() -> Iterator[bytes]:
        for first in range(0, leaves, WIDTH):
            last = min(first + WIDTH, leaves)
            yield b"".join(sha256(b"\x00%d" % n).digest() for n in range(first, last))

    tiles: Iterator[bytes] = leaf_tiles()
    while True:
        above: list[bytes] = []
        rows: list[dict[str, Any]] = []
        for number, hashes in enumerate(tiles):
            rows.append(
                {"contest_id": "T", "level": level, "number": number, "hashes": packed(hashes)}
            )
            if len(hashes) == WIDTH * 32:
                above.append(subtree(hashes))
            if len(rows) == BATCH // 2:
                session.execute(insert(store.TileRow), rows)
                rows = []
        if rows:
            session.execute(insert(store.TileRow), rows)
        if not above:
            return
        level += 1
        joined = [above[at : at + WIDTH] for at in range(0, len(above), WIDTH)]
        tiles = (b"".join(each) for each in joined)


def heard(session: Session, leaves: int, many: int) -> list[str]:
    """Write down the events of some leaves drawn by lot, and a head over the whole tree."""
    chance = Random(1)  # noqa: S311  # a draw, no secret
    numbers = chance.sample(range(leaves), many)
    lines, planted = [], []
    for number in numbers:
        one = envelope(number)
        lines.append({
            "sequence": (1 << 40) + number, "event_id": f"t-{number}", "type": one.type,
            "occurred_at": one.occurred_at, "body": one.body, "body_digest": one.body_digest,
            "digest": "00" * 32,
        })  # fmt: skip
        planted.append(store.Planted("T", number, (1 << 40) + number, bytes(16)))
    session.execute(insert(store.LineRow), lines)
    store.plant(session, planted)
    head = {"size": leaves, "root": "00" * 32, "milestone": "", "kid": "k", "signature": "s" * 86}
    session.execute(insert(store.TreeHeadRow), [{"contest_id": "T", "at": clock.now(), **head}])
    for table in ("tile", "leaf", "line", "tree_head"):
        session.execute(text(f"ANALYZE {table}"))  # as autovacuum would
    return [f"t-{number}" for number in numbers]


def timed(session: Session, events: list[str], answer: Callable[[str], object]) -> dict[str, Any]:
    """Answer for each event; milliseconds by the clock and of processors, of both ends."""
    server = psutil.Process(session.execute(text("SELECT pg_backend_pid()")).scalar_one())
    session.expunge_all()
    answer(events[0])
    took, cpu, theirs = [], time.process_time(), sum(server.cpu_times()[:2])
    for event_id in events:
        began = time.perf_counter()
        answer(event_id)
        took.append(1000 * (time.perf_counter() - began))
        session.expunge_all()
    took.sort()
    many = len(events)
    return {
        "p50_ms": round(took[many // 2], 2),
        "p99_ms": round(took[int(many * 0.99)], 2),
        "cpu_ms": round(1000 * (time.process_time() - cpu) / many, 2),
        "cpu_ms_of_database": round(1000 * (sum(server.cpu_times()[:2]) - theirs) / many, 2),
    }


def prove(session: Session, leaves: int, many: int) -> dict[str, Any]:
    """Prove events of a large tree, and read the same events without proofs beside it."""
    events = heard(session, leaves, many)
    sizes = []

    def proof(event_id: str) -> None:
        asked = ledger.ProveInclusion(event_id=event_id)
        sizes.append(len(msgspec.json.encode(proving.inclusion(session, TENANT, asked).path)))

    return {
        "proof": timed(session, events, proof) | {"bytes_as_json": max(sizes)},
        "read_without_proof": timed(session, events, lambda one: store.load_event(session, one)),
    }


def planted(session: Session, events: int) -> dict[str, dict[str, float]]:
    """Plant the chain's events in trees, and beside that put them into a plain table."""
    cpu, seconds = used(lambda: plain(session, events))
    alone = {"per_cpu_second": round(events / cpu), "per_second": round(events / seconds)}
    before = psutil.Process().memory_info().rss
    cpu, seconds = used(lambda: grow(session))
    trees = {
        "per_cpu_second": round(events / cpu),
        "per_second": round(events / seconds),
        "memory_grown_mb": round((psutil.Process().memory_info().rss - before) / 1e6, 1),
    }
    return {"append_only": alone, "trees": trees}


@click.command()
@click.option("--events", default=50_000, help="Events put into trees.")
@click.option("--leaves", default=10_000_000, help="Leaves of the tree that proofs are of.")
@click.option("--entries", default=10_000, help="Entries of the kit, with three judges each.")
@click.option("--recordings", default=20_000, help="Events the ledger's own process records.")
def main(events: int, leaves: int, entries: int, recordings: int) -> None:
    """Measure the ledger on this machine."""
    found: dict[str, Any] = {"processor": limits.processor()}
    with Stack("bench", services=False) as servers:
        url = servers.env("ledger")["DATABASE_URL"]
        schema.migrate("ledger", url)
        current_tenant.set(TENANT)
        engine = create_engine(url)
        # Everything is rolled back: the stack's ledger stays as it was.
        with Session(engine) as session:
            store.show(session, TENANT)
            fill(session, events)
            found |= planted(session, events)
            if leaves:
                cpu, _ = used(lambda: forest(session, leaves))
                found["tree_of"] = {"leaves": leaves, "built_in_cpu_seconds": round(cpu)}
                found |= prove(session, leaves, 2000)
            session.rollback()
        engine.dispose()
        if recordings:
            found["heard"] = {
                "append_only": kept(servers, recordings),
                "recorded": recorded(servers, recordings),
            }
    if entries:
        found["recount"] = recounted(entries)
        found["recount_of_more_events"] = flat((10_000, 100_000, 1_000_000))
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

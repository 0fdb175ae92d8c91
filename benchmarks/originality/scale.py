"""How the index bears growth: `python -m benchmarks.originality.scale`.

At each size, with texts of the real document frequencies: bytes a text, and the time of a search
in both channels, by one article and by eight bound together, half of one of them copied from the
index; every row is read from the database, so that growth is that of the index. With real texts:
how many a second are prepared and indexed, how long a search takes by an article and by a long
text, asked as a check asks, from the database and, as in a worker that has searched before, from
memory (`INDEX_MEMORY`); what two workers do beside one, and what PostgreSQL's own means do with
the same texts (`peers`).
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

import click
import numpy as np
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from benchmarks.measuring import Timed, processor_seconds
from benchmarks.originality import corpus, peers
from benchmarks.originality.corpus import Prints, Synthetic
from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from kernel import schema
from kernel.database import enter
from kernel.tables import current_tenant
from services.originality.engine import Prepared
from services.originality.store import postings
from services.originality.store.postings import Channel, Sought, keeping

TENANT = "tinh-lon-dan"
TABLES = (
    *("posting_bucket", "posting_list", "posting_roster", "posting_segment"),
    *("posting_removed", "posting_fresh_text"),
)
BATCH = 20_000  # synthetic texts added in one transaction
REAL_BATCH = 500
SEARCHES = 100
WORKING = 8.0  # seconds that workers search
LIMIT = 20


@contextmanager
def index(name: str) -> Iterator[str]:
    """Give a new database of originality, on a server of the local stack; return its URL."""
    with Stack("bench", services=False) as stack:
        url = make_url(stack.database_url("originality"))
        admin = create_engine(stack.addresses.admin_database_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f'CREATE DATABASE {name} OWNER "{url.username}"'))
        made = url.set(database=name).render_as_string(hide_password=False)
        schema.migrate("originality", made)
        trusted = make_url(stack.addresses.admin_database_url).set(database=name)
        peers.trust(trusted.render_as_string(hide_password=False))
        yield made
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def work(database: Engine) -> Iterator[Session]:
    """Open a transaction of the tenant."""
    token = current_tenant.set(TENANT)
    with Session(database) as session, session.begin():
        enter(session, TENANT)
        yield session
    current_tenant.reset(token)


def add(database: Engine, first: int, prints: dict[Channel, Prints], batch: int) -> float:
    """Index texts under numbers from `first` on; return the seconds it took."""
    began = time.perf_counter()
    for channel, own in prints.items():
        texts = [postings.postings_of(first + place, hashes) for place, hashes in enumerate(own)]
        for start in range(0, len(texts), batch):
            with work(database) as session:
                postings.add_many(session, channel, texts[start : start + batch])
    return time.perf_counter() - began


def settle(database: Engine) -> float:
    """Merge until there is nothing to merge; return the seconds it took."""
    began, is_busy = time.perf_counter(), True
    while is_busy:
        is_busy = False
        for channel in Channel:
            with work(database) as session:
                is_busy |= postings.merge(session, channel)
    return time.perf_counter() - began


def size(database: Engine, vacuum: str) -> int:
    """Return the bytes of the whole index on disk after a vacuum, its own indexes included."""
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in TABLES:
            connection.execute(text(f"VACUUM ({vacuum}) {table}"))
        query = " + ".join(f"pg_total_relation_size('{table}')" for table in TABLES)
        return int(connection.scalar(text(f"SELECT {query}")) or 0)


def search(session: Session, asked: dict[Channel, Any]) -> list[int]:
    """Search every channel as a check does; return the texts found, the best first."""
    sought = {channel: Sought(hashes, LIMIT) for channel, hashes in asked.items()}
    found = postings.search_each(session, sought)
    return [each.text_id for scored in found.values() for each in scored]


def timed(database: Engine, queries: list[dict[Channel, Any]]) -> tuple[Timed, list[list[int]]]:
    """Search once for every query, after a few that are not counted.

    What is counted as work is the processor time of this process and the server's together.
    """
    spent, found = Timed(), []
    with work(database) as session:
        pids = (os.getpid(), session.scalar(text("SELECT pg_backend_pid()")))
    for asked in queries[:5]:
        with work(database) as session:
            search(session, asked)
    before = sum(map(processor_seconds, pids))
    for asked in queries:
        with work(database) as session:
            began = time.perf_counter()
            found.append(search(session, asked))
            spent.each.append(time.perf_counter() - began)
    spent.work = sum(map(processor_seconds, pids)) - before
    spent.total = sum(spent.each)
    return spent, found


@contextmanager
def without_memory() -> Iterator[None]:
    """Let every search of this process read the database."""
    shelf = keeping.shelf()
    room, shelf.room = shelf.room, 0
    yield
    shelf.room = room


def copied(makers: dict[Channel, Synthetic], added: dict[Channel, Prints], parts: int) -> Any:  # noqa: ANN401
    """Return queries of so many articles, and for each the number of the text it copies from."""
    dice = np.random.default_rng(7)
    sources = dice.integers(0, len(next(iter(added.values()))), SEARCHES)
    own = {channel: list(prints) for channel, prints in added.items()}
    queries = []
    for source in sources:
        asked = {}
        for channel, maker in makers.items():
            half = own[channel][source][::2]
            asked[channel] = np.concatenate([half, maker.texts(parts).hashes[len(half) :]])
        queries.append(asked)
    return queries, sources


def grow(sizes: list[int], channels: list[str]) -> dict[str, Any]:
    """Measure the index of these channels at each size, one after the other."""
    models = corpus.real().items()
    makers = {
        channel: Synthetic(model, seed=channel)
        for channel, model in models
        if channel.name in channels
    }
    rows: dict[str, Any] = {}
    with index("scale") as url:
        database, there = create_engine(url), 0
        for wanted in sizes:
            rows[f"{wanted} texts"] = row = grown(database, makers, there, wanted)
            there = wanted
            click.echo(f"{wanted} texts: {row}")
        database.dispose()
    first, *_, last = rows.values()
    rows["growth"] = {
        f"{name} {figure} times": round(last[f"{name} {figure}"] / first[f"{name} {figure}"], 2)
        for name in ("article", "eight")
        for figure in ("p50 ms", "cpu ms")
    }
    return rows


def grown(
    database: Engine, makers: dict[Channel, Synthetic], there: int, wanted: int
) -> dict[str, float]:
    """Let the index grow to so many texts; return its figures."""
    seconds, first, made = 0.0, there + 1, {}
    for first in range(there + 1, wanted + 1, BATCH):
        count = min(BATCH, wanted + 1 - first)
        made = {channel: maker.texts(count) for channel, maker in makers.items()}
        seconds += add(database, first, made, BATCH)
    merging = settle(database)
    row: dict[str, float] = {
        "added per second": round((wanted - there) / seconds),
        "merge seconds": round(merging, 1),
        "bytes a text": round(size(database, "FULL, ANALYZE") / wanted),
    }
    for parts, name in ((1, "article"), (8, "eight")):
        queries, sources = copied(makers, made, parts)
        with without_memory():
            spent, found = timed(database, queries)
        row[f"{name} p50 ms"] = round(spent.percentile(0.5), 2)
        row[f"{name} cpu ms"] = round(1000 * spent.work / len(spent.each), 2)
        row[f"{name} p95 ms"] = round(spent.percentile(0.95), 2)
        hits = [first + at in texts for at, texts in zip(sources, found, strict=True)]
        row[f"{name} found"] = float(np.mean(hits))
    with work(database) as session:
        row["segments"] = len(postings.manifest(session).of(Channel.FINGERPRINT))
    return row


def real_texts(most: int, with_peers: int) -> dict[str, Any]:
    """Measure with real news: preparing, indexing, searching, two workers, and peers."""
    texts = corpus.articles(most)
    long_texts = corpus.bind(texts)
    sample = long_texts[: max(1, len(long_texts) // 10)]
    began = time.perf_counter()
    prepared = corpus.prepare(sample)
    preparing = time.perf_counter() - began
    prints = {
        channel: Prints(own.hashes[: own.ends[most - 1]], own.ends[:most])
        for channel, own in corpus.real().items()
    }
    rows: dict[str, Any] = {
        "preparing": {"long texts per second": round(len(sample) / preparing, 1)}
    }
    with index("real") as url:
        database = create_engine(url)
        bound = {channel: bound_prints(own) for channel, own in prints.items()}
        indexing = add(database, 10_000_000, bound, REAL_BATCH)
        rows["indexing"] = {"long texts per second": round(len(long_texts) / indexing, 1)}
        with work(database) as session:
            postings.remove(session, *range(10_000_000, 10_000_000 + len(long_texts)))
        add(database, 1, prints, BATCH)
        settle(database)
        queries = {
            "article": queries_of(corpus.prepare(texts[: SEARCHES * corpus.LONG : corpus.LONG])),
            "long text": queries_of(prepared)[:SEARCHES],
        }
        rows |= searching(database, queries, most)
        rows["workers"] = workers(url, queries["long text"])
        click.echo(f"{most} real texts: {rows}")
        database.dispose()
        if with_peers:
            rows |= peers.measure(url, texts[:with_peers], prints, sample[:20])
    return rows


def searching(
    database: Engine, queries: dict[str, list[dict[Channel, Any]]], most: int
) -> dict[str, Any]:
    """Return how long each kind of search takes, from the database and from memory."""
    rows: dict[str, Any] = {}
    with without_memory():
        for name, own in queries.items():
            rows[f"{name} among {most}, read"] = timed(database, own)[0].figures()
    for own in queries.values():
        timed(database, own)
    for name, own in queries.items():
        rows[f"{name} among {most}"] = timed(database, own)[0].figures()
    rows["memory"] = {
        "texts": most,
        "megabytes": round(keeping.shelf().size / keeping.MEGABYTE, 1),
    }
    return rows


def queries_of(prepared: list[Prepared]) -> list[dict[Channel, Any]]:
    """Return what each prepared text asks of every channel."""
    asked = corpus.asked_by(prepared)
    return [dict(zip(asked, each, strict=True)) for each in zip(*asked.values(), strict=True)]


def bound_prints(prints: Prints) -> Prints:
    """Return the prints of articles bound into long texts."""
    each = list(prints)
    bound = [each[at : at + corpus.LONG] for at in range(0, len(each), corpus.LONG)]
    return Prints.of([np.concatenate(parts) for parts in bound])


def workers(url: str, queries: list[dict[Channel, Any]]) -> dict[str, float]:
    """Return searches a second of one worker and of two, each a process with a connection."""
    rates = {}
    context = get_context("spawn")
    for count in (1, 2):
        with context.Pool(count) as pool:
            pool.starmap(searches, [(url, queries, 1.5)] * count)  # compiled, connected, kept
            done = pool.starmap(searches, [(url, queries, WORKING)] * count)
        rates[f"{count} per second"] = round(sum(done) / WORKING, 1)
    return rates | {"times": round(rates["2 per second"] / rates["1 per second"], 2)}


def searches(url: str, queries: list[dict[Channel, Any]], seconds: float) -> int:
    """Search for so long; return how often."""
    database, count, began = create_engine(url), 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        with work(database) as session:
            search(session, queries[count % len(queries)])
        count += 1
    database.dispose()
    return count


def verdicts(found: dict[str, Any]) -> Iterator[str]:
    """Yield each gate beside what was reached."""
    growth, real = found.get("growth", {}), found.get("real", {})
    for name, row in growth.items():
        if name != "growth":
            yield gate(f"bytes a text, {name}", row["bytes a text"], at_most=1_200)
    for what, times in growth.get("growth", {}).items():
        yield gate(f"largest beside smallest, {what}", times, at_most=3)
    for name, row in real.items():
        if name.endswith(f"among {real['memory']['texts']:g}"):
            yield gate(f"{name}, p50 ms", row["p50_ms"], at_most=5)
    if real:
        indexing = real["indexing"]["long texts per second"]
        yield gate("long texts indexed a second", indexing, at_least=1_000)
        yield gate("two workers beside one, times", real["workers"]["times"], at_least=1.8)


def gate(name: str, figure: float, at_most: float = float("inf"), at_least: float = 0.0) -> str:
    """Return a figure beside what it has to be."""
    limit = f">= {at_least:g}" if at_least else f"<= {at_most:g}"
    verdict = "ok" if at_least <= figure <= at_most else "MISSED"
    return f"{verdict:<7} {name:<44}{figure:>10g}  {limit}"


@click.command()
@click.option("--sizes", default="10000,100000,1000000", help="Of the synthetic index, in texts.")
@click.option("--channels", default="FINGERPRINT,TRIPLE", help="Of the synthetic index.")
@click.option("--real", "most", default=30_000, help="How many real articles; 0 for none.")
@click.option("--peers", "with_peers", default=10_000, help="With so many for peers; 0 for none.")
def main(sizes: str, channels: str, most: int, with_peers: int) -> None:
    """Measure the index on this machine, print the figures and write them as JSON."""
    found: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "load before": os.getloadavg()[0],
        "channels": channels,
    }
    if sizes:
        found["growth"] = grow([int(each) for each in sizes.split(",")], channels.split(","))
    if most:
        found["real"] = real_texts(most, with_peers)
    for part in ("growth", "real"):
        for name, row in found.get(part, {}).items():
            figures = ", ".join(f"{what} {figure:g}" for what, figure in row.items())
            click.echo(f"{name:<28}{figures}")
    for verdict in verdicts(found):
        click.echo(verdict)
    path = LOCAL / "bench" / f"originality-scale-{found['at'].replace(':', '')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"\nload before {found['load before']:.1f}; written to {path}")


if __name__ == "__main__":
    main()

"""`sangkien originality bench`: what a search costs on this installation, among its own texts.

Texts that are kept are looked for as if they had just been handed in: read, prepared, searched for
by their words and by their idea. Nothing is written. `make bench-originality` measures the code on
given corpora instead.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from kernel.operate import OneDatabase
from kernel.settings import load
from services.originality.operating.kept import prints_of, tenants, work
from services.originality.store import ideas_alike, reindexing
from services.originality.store.postings import manifest
from services.originality.store.sources import likely
from services.originality.store.tables import TextRow

CANDIDATES = 20  # texts sought by words, and again as many by their ideas
FIRST = 3  # texts looked for beforehand: segments come from disk, compiled loops wake up
STAGES = {
    "trip": "một lượt hỏi trống",
    "read": "đọc văn bản",
    "prepare": "lấy dấu vân",
    "search": "tìm theo câu chữ",
    "ideas": "tìm theo ý tưởng",
}
Times = dict[str, list[float]]


@click.command("bench")
@click.option("--tenant", help="Only this tenant's texts.")
@click.option("--texts", "count", default=200, show_default=True, type=click.IntRange(1, 10_000))
@click.option(
    "--json", "as_json", is_flag=True, help="Print the figures as JSON, a line a tenant."
)
def bench(tenant: str | None, count: int, *, as_json: bool) -> None:
    """Time the search of this installation on texts it keeps, spread over all of them.

    Prints milliseconds, half of the texts and 99 in 100 of them, beside an empty question to the
    database: what is much slower than the code's own benchmark tells of disk or memory.
    """
    database = create_engine(load(OneDatabase).database_url)
    for name in tenants(database, tenant):
        found = measured(database, name, count)
        click.echo(json.dumps(found) if as_json else "\n".join(table(found)))
    database.dispose()


def measured(database: Engine, tenant: str, count: int) -> dict[str, object]:
    """Return how many texts and segments there are, and the times of each stage in ms."""
    times: Times = defaultdict(list)
    with _reading(database, tenant) as session:
        chosen, texts = _spread(session, count)
        index = manifest(session)
    for text_id in chosen[:FIRST]:
        _look_for(database, tenant, text_id, defaultdict(list))
    for text_id in chosen:
        _look_for(database, tenant, text_id, times)
    return {
        "tenant": tenant,
        "texts": texts,
        "index version": index.version,
        "segments": len(index.segments),
        "looked for": len(chosen),
        "ms": {stage: _figures(times[stage]) for stage in STAGES if times[stage]},
    }


def table(found: dict[str, object]) -> Iterator[str]:
    """Tell the figures in lines."""
    yield (
        f"{found['tenant']}: {found['texts']} văn bản, chỉ mục phiên bản {found['index version']},"
        f" {found['segments']} phân đoạn; đã tìm thử {found['looked for']} văn bản"
    )
    figures = found["ms"]
    for stage, each in figures.items() if isinstance(figures, dict) else ():
        yield f"  {STAGES[stage]:20} p50 {each['p50']:8.2f} ms   p99 {each['p99']:8.2f} ms"


def _spread(session: Session, count: int) -> tuple[list[int], int]:
    """Return the numbers of so many texts, spread over all, and how many texts there are."""
    there = session.scalars(
        select(TextRow.text_id).where(*reindexing.Scope().condition).order_by(TextRow.text_id)
    ).all()
    step = max(1, len(there) // count)
    return list(there[::step][:count]), len(there)


def _look_for(database: Engine, tenant: str, text_id: int, times: Times) -> None:
    """Look for one text among all others, each stage timed."""
    with _reading(database, tenant) as session:
        with _timed(times, "trip"):
            session.execute(text("SELECT 1"))
        with _timed(times, "read"):
            kept = reindexing.text_of(session, text_id)
        if kept is None:  # removed since
            return
        with _timed(times, "prepare"):
            ((_, prints),) = prints_of([kept])
        others = (TextRow.text_id != text_id) & reindexing.Scope().condition[0]
        with _timed(times, "search"):
            found = likely(session, prints, others, CANDIDATES)
        with _timed(times, "ideas"):
            if prints.idea is not None:
                ideas_alike(session, prints.idea, found.keep, CANDIDATES)


@contextmanager
def _reading(database: Engine, tenant: str) -> Iterator[Session]:
    """Open a transaction of one tenant that can write nothing."""
    with work(database, tenant) as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        yield session


@contextmanager
def _timed(times: Times, stage: str) -> Iterator[None]:
    """Add what passes meanwhile to the times of a stage, in ms."""
    began = time.perf_counter()
    yield
    times[stage].append(1000 * (time.perf_counter() - began))


def _figures(took: list[float]) -> dict[str, float]:
    """Return the median and the 99th percentile, in ms."""
    ordered = sorted(took)
    at = {"p50": len(ordered) // 2, "p99": len(ordered) * 99 // 100}
    return {name: round(ordered[place], 3) for name, place in at.items()}

"""`sangkien originality reindex`: postings made anew from the texts, while the service runs.

It works on the database itself: what it reads and writes is the service's own, and nobody has to
be told. It may be cut off at any instant; the same command goes on where it ended.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import click
import msgspec
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from kernel.database import enter
from kernel.operate import OneDatabase
from kernel.settings import load
from kernel.tables import current_tenant
from services.originality import engine
from services.originality.engine import Prepared, Unprepared
from services.originality.store import Prints, postings, reindexing
from services.originality.store.postings import Channel
from services.originality.store.reindexing import Kept, Scope
from services.originality.understanding import understand

BATCH = 100  # texts made anew in one transaction


@click.command("reindex")
@click.option("--tenant", help="Only this tenant's texts.")
@click.option("--contest", help="Only entries of this contest.")
@click.option("--register", help="Only initiatives of this register.")
@click.option("--text", "source", help="Only this entry, or this code of a register.")
def reindex(
    tenant: str | None, contest: str | None, register: str | None, source: str | None
) -> None:
    """Make the postings of texts anew, as after a change of how texts are read.

    Checks go on meanwhile and find every text, by its old postings or its new ones.
    """
    if contest and register:
        raise click.UsageError("A text is of a contest or of a register, not of both.")
    database = create_engine(load(OneDatabase).database_url, poolclass=NullPool)
    with database.connect() as connection:
        known = list(connection.scalars(text("SELECT id FROM tenant ORDER BY id")))
    if tenant and tenant not in known:
        raise click.UsageError(f"There is no tenant {tenant}.")
    for name in [tenant] if tenant else known:
        count = _reindex(database, name, Scope(contest, register, source))
        click.echo(f"{name}: {count} texts made anew")
    database.dispose()


def _reindex(database: Engine, tenant: str, scope: Scope) -> int:
    """Make the texts of one tenant anew; return how many."""
    with _work(database, tenant) as session:
        left = reindexing.begin_reindexing(session, scope)
    done = 0
    while True:
        with _work(database, tenant) as session:
            texts = reindexing.next_texts(session, scope, BATCH)
        if not texts:
            break
        prints = _prepared(texts)
        with _work(database, tenant) as session:
            reindexing.reindex(session, scope, prints)
        done += len(texts)
        click.echo(f"{tenant}: {done} of {left}", err=True)
    _merge(database, tenant)
    with _work(database, tenant) as session:
        reindexing.end_reindexing(session, scope)
    return done


def _merge(database: Engine, tenant: str) -> None:
    """Take the steps of the background job there are, so that the old postings are gone."""
    for channel in Channel:
        is_busy = True
        while is_busy:
            with _work(database, tenant) as session:
                is_busy = postings.merge(session, channel)


def _prepared(texts: list[Kept]) -> list[tuple[int, Prints]]:
    """Return what the texts are found by now."""
    found = []
    for phrases, each in groupby(texts, key=lambda kept: kept.phrases):
        same = list(each)
        asked = Unprepared(tuple(kept.body for kept in same), phrases)
        answer = engine.prepare(msgspec.msgpack.encode(asked))
        ready = msgspec.msgpack.decode(answer, type=tuple[Prepared, ...])
        found += [
            (kept.text_id, Prints.of(prepared, understand(kept.title, kept.body)))
            for kept, prepared in zip(same, ready, strict=True)
        ]
    return found


@contextmanager
def _work(database: Engine, tenant: str) -> Iterator[Session]:
    """Open a transaction of one tenant."""
    token = current_tenant.set(tenant)
    try:
        with Session(database, expire_on_commit=False) as session, session.begin():
            enter(session, tenant)
            yield session
    finally:
        current_tenant.reset(token)

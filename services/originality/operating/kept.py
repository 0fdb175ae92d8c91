"""What commands do to the database itself: one tenant's transaction, and its texts made ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import click
import msgspec
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from kernel.database import enter
from kernel.tables import current_tenant
from services.originality import engine
from services.originality.engine import Prepared, Unprepared
from services.originality.store import Prints
from services.originality.store.reindexing import Kept
from services.originality.understanding import understand


def tenants(database: Engine, only: str | None = None) -> list[str]:
    """Name the tenants of this database, or the one asked for; refuse one that is not there."""
    with database.connect() as connection:
        known = list(connection.scalars(text("SELECT id FROM tenant ORDER BY id")))
    if only and only not in known:
        raise click.UsageError(f"There is no tenant {only}.")
    return [only] if only else known


@contextmanager
def work(database: Engine, tenant: str) -> Iterator[Session]:
    """Open a transaction of one tenant."""
    token = current_tenant.set(tenant)
    try:
        with Session(database, expire_on_commit=False) as session, session.begin():
            enter(session, tenant)
            yield session
    finally:
        current_tenant.reset(token)


def prints_of(texts: list[Kept]) -> list[tuple[int, Prints]]:
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

"""`sangkien originality reindex`: postings made anew from the texts, while the service runs.

It works on the database itself: what it reads and writes is the service's own, and nobody has to
be told. It may be cut off at any instant; the same command goes on where it ended.
"""

import click
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from kernel.operate import OneDatabase
from kernel.settings import load
from services.originality.operating.kept import prints_of, tenants, work
from services.originality.store import postings, reindexing
from services.originality.store.postings import Channel
from services.originality.store.reindexing import Scope

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
    for name in tenants(database, tenant):
        count = _reindex(database, name, Scope(contest, register, source))
        click.echo(f"{name}: {count} texts made anew")
    database.dispose()


def _reindex(database: Engine, tenant: str, scope: Scope) -> int:
    """Make the texts of one tenant anew; return how many."""
    with work(database, tenant) as session:
        left = reindexing.begin_reindexing(session, scope)
    done = 0
    while True:
        with work(database, tenant) as session:
            texts = reindexing.next_texts(session, scope, BATCH)
        if not texts:
            break
        prints = prints_of(texts)
        with work(database, tenant) as session:
            reindexing.reindex(session, scope, prints)
        done += len(texts)
        click.echo(f"{tenant}: {done} of {left}", err=True)
    _merge(database, tenant)
    with work(database, tenant) as session:
        reindexing.end_reindexing(session, scope)
    return done


def _merge(database: Engine, tenant: str) -> None:
    """Take the steps of the background job there are, so that the old postings are gone."""
    for channel in Channel:
        is_busy = True
        while is_busy:
            with work(database, tenant) as session:
                is_busy = postings.merge(session, channel)

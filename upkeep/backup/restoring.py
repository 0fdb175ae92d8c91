"""Restoring a backup into an empty stack: rows, documents, queues, what is said again, proof.

Each database is restored in one transaction. From before the first until after the proof a table
`restoring` stands in each: a restore that was cut off is known by it, and the same command begins
it again.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from kernel import schema
from kernel.broker import GATEWAY
from kernel.execute.handler import Handler
from upkeep.backup import documents, keys, queues, tables, unheard
from upkeep.backup.cut import SEE_ALL
from upkeep.backup.manifest import Manifest, listed, verify
from upkeep.backup.places import Place
from upkeep.backup.tables import MARKER, asked

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user"
    " AND pid <> pg_backend_pid()"
)
_OCCUPIED = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


class CannotRestore(Exception):
    """The stack, or the backup, is not such that it may be restored; the message says why."""


@dataclass(frozen=True)
class Order:
    """How to restore: `replace` what the stack holds; look `days` back for unheard events."""

    folder: Path
    manifest: Manifest
    replace: bool
    other_keys: bool
    days: int
    note: Callable[[str], object]


def restore(places: Sequence[Place], order: Order) -> None:
    """Restore, say what was done, and prove it. Raises `CannotRestore`."""
    check_backup(places, order)
    hear = {
        place.service: unheard.handlers(place.service)
        for place in places
        if place.service != GATEWAY
    }
    if was_begun := marked(places):
        order.note(f"a restore was cut off ({', '.join(was_begun)}); it is begun again")
    check_stack(places, order, hear, is_begun=bool(was_begun))
    queues.empty(places, hear)
    for place in places:
        put_marker(place, order)
    for place in places:
        put_rows(place, order)
    for place in places:
        put_documents(place, order)
    count = queues.declare(places, hear)
    order.note(f"{count} queues are there, empty")
    told = unheard.say_again(places, hear, order.days)
    for name, many in sorted(told.items()):
        order.note(f"{name} had not heard {many} events; they are sent again")
    order.note(f"{told.total()} events are sent again as soon as the services run")
    prove(places, order)
    for place in places:
        with opened(place) as connection:
            asked(connection, f"DROP TABLE {MARKER}")


def check_backup(places: Sequence[Place], order: Order) -> None:
    """Refuse a backup that is not whole, or of other services or keys than the stack's."""
    if problems := list(verify(order.folder, order.manifest)):
        raise CannotRestore("The backup is not as it was made:\n" + "\n".join(problems))
    ours, theirs = {place.service for place in places}, set(order.manifest.services)
    if ours != theirs:
        raise CannotRestore(
            f"The backup is of {', '.join(sorted(theirs))}, PLACES of {', '.join(sorted(ours))}."
        )
    found = {
        f"{place.service}/{name}": key for place in places for name, key in place.keys.items()
    }
    known = keys.digests(found)
    other = [
        name for name, digest in order.manifest.keys.digests.items() if known.get(name) != digest
    ]
    if other and not order.other_keys:
        raise CannotRestore(
            f"These keys are not the backup's: {', '.join(sorted(other))}. Put them in place "
            "first (`sangkien backup keys`), or what was signed and sealed with them cannot be "
            "checked or opened; --other-keys restores all the same."
        )


def marked(places: Sequence[Place]) -> list[str]:
    """Return the services in whose database a restore was begun and not finished."""
    found = []
    for place in places:
        with opened(place) as connection:
            if asked(connection, "SELECT to_regclass(%s)", MARKER) != [(None,)]:
                found.append(place.service)
    return found


def check_stack(
    places: Sequence[Place],
    order: Order,
    hear: Mapping[str, Sequence[Handler]],
    *,
    is_begun: bool,
) -> None:
    """Refuse a stack that runs, and one that holds something, unless it is to be replaced."""
    held = []
    for place in places:
        with opened(place) as connection:
            ((others,),) = asked(connection, _OTHERS)
            if others:
                raise CannotRestore(
                    f"{others} connections to the database of {place.service} are open. "
                    "Stop every service first."
                )
            held += [f"database {place.service}"] if holds_rows(connection) else []
        files = place.bucket
        held += [f"bucket {place.service}"] if files and not documents.is_empty(files) else []
    held += [f"queue {name}" for name in queues.waiting(places, hear)]
    if held and not (order.replace or is_begun):
        raise CannotRestore(
            f"The stack is not empty: {', '.join(held)}. --replace removes what it holds."
        )


def holds_rows(connection: Any) -> bool:  # noqa: ANN401
    """Tell whether a service has ever worked here: it knows a tenant then, or has said a word."""
    found = {name for (name,) in asked(connection, _OCCUPIED)}
    known = [name for name in ("tenant", "outbox", "inbox", "request") if name in found]
    return any(asked(connection, f"SELECT 1 FROM {name} LIMIT 1") for name in known)  # noqa: S608


def put_marker(place: Place, order: Order) -> None:
    """Remove all that the service's role owns in its database, and leave the marker there."""
    with opened(place) as connection:
        asked(connection, "DROP OWNED BY CURRENT_USER")
        asked(connection, f"CREATE TABLE {MARKER} (of text NOT NULL, since timestamptz NOT NULL)")
        row = f"INSERT INTO {MARKER} VALUES (%s, now())"  # noqa: S608
        asked(connection, row, f"{order.manifest.cut_at:%Y-%m-%dT%H:%M:%SZ}")


def put_rows(place: Place, order: Order) -> None:
    """Make the tables as they were, load them, and bring them to this version's shape."""
    kept = order.manifest.services[place.service]
    url = place.settings.database_url
    schema.migrate(place.service, url, kept.revisions)
    with opened(place) as connection:
        by_name = {table.name: table for table in kept.tables}
        here = tables.names(connection)
        if unknown := set(by_name) - set(here):
            raise CannotRestore(
                f"{place.service} has no table {', '.join(sorted(unknown))} any more."
            )
        for name in here:
            if name in by_name:
                tables.load(connection, by_name[name], order.folder)
        tables.force_again(connection)
        tables.advance(connection, kept.sequences)
    schema.migrate(place.service, url)
    rows = sum(table.rows for table in kept.tables)
    order.note(f"{place.service}: {rows} rows of {len(kept.tables)} tables")


def put_documents(place: Place, order: Order) -> None:
    """Empty the service's bucket and put the documents back."""
    if files := place.bucket:
        documents.empty(files)
        kept = listed(order.folder, order.manifest.services[place.service].documents)
        order.note(f"{place.service}: {documents.put_back(files, kept, order.folder)} objects")


def prove(places: Sequence[Place], order: Order) -> None:
    """Let the ledger recompute its chains, and hold them against the heads of the manifest."""
    ledger = next((place for place in places if place.service == "ledger"), None)
    if ledger is None:
        return
    with opened(ledger) as connection:
        for head in order.manifest.heads:
            query = "SELECT digest FROM line WHERE tenant = %s AND sequence = %s"
            if head.length and asked(connection, query, head.tenant, head.length) != [
                (head.digest,)
            ]:
                raise CannotRestore(
                    f"Link {head.length} of {head.tenant} is not the head of the manifest."
                )
    done = subprocess.run(
        [sys.executable, "-m", "kernel.operate", "ledger", "verify"],
        env=os.environ | dict(ledger.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    order.note((done.stdout + done.stderr).strip())
    if done.returncode:
        raise CannotRestore("The ledger does not verify.")
    order.note(f"every head of the manifest is in its chain: {len(order.manifest.heads)}")


@contextmanager
def opened(place: Place) -> Iterator[Any]:
    """Open a service's database for one transaction that sees every tenant."""
    with (
        closing(psycopg2.connect(place.address, options=SEE_ALL)) as connection,
        connection,
    ):
        yield connection

"""The tables of one database, out to files and in again, a row at a time.

What a service's own role may do is enough. How tables are made is for migrations; here are rows.
"""

import gzip
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from psycopg2.sql import SQL, Identifier

from upkeep.backup.files import Folder
from upkeep.backup.manifest import PIECE, Positions, Table

MARKER = "restoring"  # stands in a database while it is being restored
NOT_ROWS = ("alembic_version", MARKER)

_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s) ORDER BY relname"
)
_LEANS_ON = (
    "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c"
    " WHERE c.contype = 'f' AND c.conrelid <> c.confrelid"
)
_COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
    " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
)
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences"
    " WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
_POSITIONS = (
    "SELECT (SELECT coalesce(max(sequence), 0) FROM outbox),"
    " (SELECT count(*) FROM outbox WHERE sent_at IS NULL),"
    " count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'retry'),"
    " count(*) FILTER (WHERE state = 'dead'), pg_current_wal_lsn()::text FROM inbox"
)


def asked(connection: Any, query: Any, *values: object) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Return what a query finds, of few rows."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def names(connection: Any) -> list[str]:  # noqa: ANN401
    """Return the tables that hold rows, each after those it leans on."""
    found = [name for (name,) in asked(connection, _TABLES, list(NOT_ROWS))]
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(found, ()))
    for table, other in asked(connection, _LEANS_ON):
        order.add(table, other)
    return list(order.static_order())


def revisions(connection: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return which migrations the tables were made by."""
    return tuple(sorted(name for (name,) in asked(connection, "SELECT * FROM alembic_version")))


def sequences(connection: Any) -> dict[str, int]:  # noqa: ANN401
    """Return how far each sequence of numbers has come."""
    return dict(asked(connection, _SEQUENCES))


def positions(connection: Any) -> Positions:  # noqa: ANN401
    """Return how far the service is in its outbox and its inbox."""
    return Positions(*asked(connection, _POSITIONS)[0])


def dump(connection: Any, table: str, folder: Folder, service: str) -> Table:  # noqa: ANN401
    """Write a table's rows to `databases/<service>/<table>.gz`, in PostgreSQL's own text form."""
    columns = tuple(name for (name,) in asked(connection, _COLUMNS, f'"{table}"'))
    query = SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
        SQL(", ").join(map(Identifier, columns)), Identifier(table)
    )
    path = f"databases/{service}/{table}.gz"
    with folder.packed(path) as into, connection.cursor() as cursor:
        cursor.copy_expert(query.as_string(connection), into, size=PIECE)
        rows = cursor.rowcount
    return Table(table, columns, rows, path)


def load(connection: Any, table: Table, folder: Path) -> None:  # noqa: ANN401
    """Put a table's rows back, in place of what a migration may have put there."""
    name = Identifier(table.name)
    # COPY is refused while row-level security holds for the owner too.
    asked(connection, SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
    # What triggers would write is among the rows of a table already.
    asked(connection, SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    if asked(connection, SQL("SELECT 1 FROM {} LIMIT 1").format(name)):
        asked(connection, SQL("DELETE FROM {}").format(name))
    columns = SQL(", ").join(map(Identifier, table.columns))
    query = SQL("COPY {} ({}) FROM STDIN").format(name, columns)
    with gzip.open(folder / table.file, "rb") as rows, connection.cursor() as cursor:
        cursor.copy_expert(query.as_string(connection), rows, size=PIECE)
        if cursor.rowcount != table.rows:
            raise ValueError(f"{table.file} has {cursor.rowcount} rows, not {table.rows}")
    asked(connection, SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))


def force_again(connection: Any) -> None:  # noqa: ANN401
    """Let row-level security hold for the owner again, in every table that has it."""
    secured = (
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
        " AND relnamespace = 'public'::regnamespace"
    )
    for (table,) in asked(connection, secured):
        name = Identifier(table)
        asked(connection, SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))


def advance(connection: Any, reached: dict[str, int]) -> None:  # noqa: ANN401
    """Let each sequence of numbers go on where it was."""
    for name, value in reached.items():
        asked(connection, "SELECT setval(%s::regclass, %s)", f'"{name}"', value)

"""Migrations make the tables the code works with, and keep tenants apart in each."""

import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import String, create_engine, text

from deploy.local.instance import SERVICES
from kernel import schema
from tests.contract.columns import USED, tables_of

# Indexes and constraints are made where the database is known; the code does not name them.
ONLY_IN_MIGRATIONS = {"remove_index", "remove_constraint", "remove_fk"}
WITHOUT_A_TENANT = {"tenant", "alembic_version"}


@pytest.fixture(params=SERVICES)
def service(request):
    return request.param


@pytest.fixture
def connection(database_of, service):
    engine = create_engine(database_of(service))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_tables_are_what_the_code_says(service, connection):
    context = MigrationContext.configure(connection, opts={"compare_type": differ})

    found = compare_metadata(context, tables_of(service))

    # What differs in one column comes as a list of its differences.
    flat = [one for each in found for one in (each if isinstance(each, list) else [each])]
    assert [one for one in flat if one[0] not in ONLY_IN_MIGRATIONS] == []


def test_every_table_shows_a_transaction_its_own_tenant_only(connection):
    rows = connection.execute(
        text("""
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, count(p.policyname)
            FROM pg_class c
            LEFT JOIN pg_policies p ON p.tablename = c.relname AND p.schemaname = 'public'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            GROUP BY 1, 2
        """)
    ).all()

    open_ones = {name for name, is_forced, policies in rows if not (is_forced and policies)}
    assert open_ones == WITHOUT_A_TENANT
    assert len(rows) > len(WITHOUT_A_TENANT)


def test_every_table_has_its_tenant_first_in_its_key(connection):
    rows = connection.execute(
        text("""
            SELECT c.relname, a.attname
            FROM pg_class c
            LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        """)
    ).all()

    assert {name for name, column in rows if column != "tenant"} == WITHOUT_A_TENANT


def test_migrating_twice_changes_nothing(service, connection):
    before = tables_in(connection)

    schema.migrate(service, connection.engine.url.render_as_string(hide_password=False))

    assert tables_in(connection) == before


def test_the_released_version_can_run_on_these_tables(service, connection):
    # Old copies read and write the columns frozen at their release, and leave out all others.
    used = json.loads((USED / f"{service}.json").read_text())
    found: dict[str, dict[str, bool]] = {}
    for table, column, is_needed in connection.execute(NEEDED):
        found.setdefault(table, {})[column] = is_needed

    lost = [(t, c) for t, columns in used.items() for c in columns if c not in found.get(t, {})]
    needed = [
        (table, column)
        for table in used
        for column, is_needed in found.get(table, {}).items()
        if is_needed and column not in used[table]
    ]

    assert (lost, needed) == ([], [])


NEEDED = text(
    "SELECT table_name, column_name, is_nullable = 'NO' AND column_default IS NULL"
    " AND is_identity = 'NO' AND is_generated = 'NEVER'"
    " FROM information_schema.columns WHERE table_schema = 'public'"
)


def differ(_context, _column, _said, found_type, said_type) -> bool | None:
    """Tell whether two types differ; to PostgreSQL, VARCHAR without a length is TEXT."""
    if isinstance(found_type, String) and isinstance(said_type, String):
        return found_type.length != said_type.length
    return None


def tables_in(connection):
    query = text(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    return connection.execute(query).all()

"""Migrations make the tables the code works with, and keep tenants apart in each."""

import inspect

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, String, create_engine, text
from sqlalchemy.orm import DeclarativeBase

from deploy.local.instance import SERVICES
from docs.generator.entrypoints import parts_of
from kernel import schema
from kernel.tables import Table

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

    assert [each for each in found if each[0] not in ONLY_IN_MIGRATIONS] == []


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


def differ(_context, _column, _said, found_type, said_type) -> bool | None:
    """Tell whether two types differ; to PostgreSQL, VARCHAR without a length is TEXT."""
    if isinstance(found_type, String) and isinstance(said_type, String):
        return found_type.length != said_type.length
    return None


def tables_of(service: str) -> list[MetaData]:
    """Return what the code says of a service's tables, the kernel's among them."""
    bases = {
        kind
        for module in parts_of(f"services.{service}")
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if DeclarativeBase in kind.__bases__ and kind.__module__.startswith("services.")
    }
    return [Table.metadata, *(base.metadata for base in bases)]


def tables_in(connection):
    query = text(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    return connection.execute(query).all()

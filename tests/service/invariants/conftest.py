"""A small world in the databases of six services, made once for all tests of a module."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from invariants.places import SERVICES, Places, Terms
from tests.service.invariants.whole import World, people


@pytest.fixture(scope="module")
def databases(servers, admin, migrated) -> Iterator[dict[str, Connection]]:
    """Make the world once; its transactions stay open."""
    opened: dict[str, Connection] = {}
    engines = []
    for service in SERVICES:
        own = make_url(servers.database_url(service))
        name, template = f"whole_{service}", migrated(service)
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            made = f'CREATE DATABASE {name} OWNER "{own.username}" TEMPLATE {template}'
            connection.execute(text(made))
        engines.append(create_engine(own.set(database=name)))
        opened[service] = engines[-1].connect()
        seen = text("SELECT set_config('app.tenant', '*', false)")
        opened[service].execute(seen)
        opened[service].commit()
    people(World(Places(opened, lambda _queue: 0, Terms())))
    for connection in opened.values():
        connection.commit()
    yield opened
    for engine in engines:
        engine.dispose()
    with admin.connect() as connection:
        for service in SERVICES:
            connection.execute(text(f"DROP DATABASE IF EXISTS whole_{service} WITH (FORCE)"))


@pytest.fixture
def world(databases) -> Iterator[World]:
    """Lend the world to one test; what it does is undone."""
    yield World(Places(databases, lambda _queue: 0, Terms(grace=timedelta(0))))
    for connection in databases.values():
        connection.rollback()

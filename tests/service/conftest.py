"""Services under test on the real servers of a local stack; each test has empty databases."""

import os
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from deploy.local.stack import Stack
from kernel import schema
from kernel.testing import Bench, Lasting
from tests.service.databases import Databases

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def servers() -> Stack:
    """PostgreSQL, RabbitMQ, the object store and a mailbox; left running for the next session."""
    return Stack("test", services=False).up(fresh=False)


@pytest.fixture(scope="session")
def broker() -> Iterator[Stack]:
    """Run a broker that tests may restart and no other service listens on."""
    with Stack(f"kernel-{WORKER}", services=False, note=lambda _line: None) as stack:
        yield stack


@pytest.fixture(scope="session", autouse=True)
def lasting() -> Iterator[None]:
    """End the children that the benches shared."""
    yield
    Lasting.finish()


@pytest.fixture(scope="session")
def admin(servers):
    engine = create_engine(servers.addresses.admin_database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # Tests kill processes, never the machine: what the system has taken is safe.
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        # Databases are used by one test after another: none is to be planned by what is known of
        # the rows of those before.
        connection.execute(text("ALTER SYSTEM SET autovacuum = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated(servers, admin) -> Callable[[str], str]:
    """Return a function that makes the template database of a service, once a session."""
    made: dict[str, str] = {}

    def make(service: str) -> str:
        if service not in made:
            own = make_url(servers.database_url(service))
            name = f"template_{service}_{WORKER}"
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
                connection.execute(text(f'CREATE DATABASE {name} OWNER "{own.username}"'))
            schema.migrate(service, own.set(database=name).render_as_string(hide_password=False))
            made[service] = name
        return made[service]

    return make


@pytest.fixture(scope="session")
def databases_of_tests(admin, migrated) -> Iterator[Databases]:
    """Keep databases from test to test, emptied in between."""
    kept = Databases(admin, migrated, WORKER)
    yield kept
    kept.finish()


@pytest.fixture
def database_of(servers, databases_of_tests) -> Iterator[Callable[[str], str]]:
    """Return a function that makes an empty, migrated database of a service: its URL."""
    taken: list[tuple[str, str]] = []

    def make(service: str) -> str:
        own = make_url(servers.database_url(service))
        taken.append((service, databases_of_tests.take(service, own.username)))
        return own.set(database=taken[-1][1]).render_as_string(hide_password=False)

    yield make
    for one in taken:
        databases_of_tests.give_back(*one)


@pytest.fixture
def service_bench(servers, database_of, monkeypatch) -> Iterator[Callable[..., Bench]]:
    """Return a function that puts a service on the bench: `service_bench(ReviewService)`."""
    made: list[Bench] = []

    def make(service_class: type, **settings: str) -> Bench:
        environment = servers.env(service_class.name)
        environment |= {"DATABASE_URL": database_of(service_class.name), "RETRY_PAUSES": "0,0,0"}
        environment |= settings
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        made.append(Bench(service_class, environment))
        return made[-1]

    yield make
    for bench in made:
        bench.close()

"""Where everything is: the database of each service and the broker, opened for reading alone.

Rows come a thousand at a time, however many there are. Start with `opened`.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, create_engine, text

from kernel import clock
from kernel.broker import CONNECTION_ERRORS, connect
from kernel.settings import BadSetting, load
from kernel.tables import EVERY_TENANT
from upkeep.backup.places import load_places

SERVICES = ("intake", "originality", "review", "awards", "notify", "ledger")
BATCH = 1000
SLOT = "{service}"


class PlacesSettings(Struct, frozen=True, kw_only=True):
    """Where `sangkien check-invariants` looks. `{service}` stands for each service's name.

    database_url: The services' databases, `postgresql+psycopg2://reader:password@host/{service}`.
    amqp_url: The broker; unset, an event in a queue can't be told from a lost one.
    """

    database_url: str
    amqp_url: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to look: what is younger than `grace` is on its way; what is older than `since` is left.

    `acknowledged` are ids of commands that somebody was told are done.
    """

    grace: timedelta = timedelta(seconds=60)
    since: datetime | None = None
    acknowledged: Callable[[], Iterator[str]] = field(default=lambda: iter(()))

    def before(self) -> datetime:
        """Return the instant of the platform's clock that the grace reaches back to."""
        return clock.now() - self.grace


@dataclass
class Places:
    """The open databases, by service, and how many messages lie in a queue."""

    databases: Mapping[str, Connection]
    queued: Callable[[str], int]
    terms: Terms

    def rows(self, service: str, question: str, **values: object) -> Iterator[Row[Any]]:
        """Yield the rows of a question, of all tenants, a batch in memory at a time."""
        streamed = {"stream_results": True, "yield_per": BATCH}
        connection = self.databases[service]
        with connection.execute(text(question), values, execution_options=streamed) as result:
            yield from result

    def one(self, service: str, question: str, **values: object) -> Any:  # noqa: ANN401
        """Return the first column of the first row."""
        return self.databases[service].execute(text(question), values).scalar()


@contextmanager
def opened(urls: Mapping[str, str], amqp: Mapping[str, str], terms: Terms) -> Iterator[Places]:
    """Open every database for reading, as whoever the addresses name; look at queues if told."""
    with ExitStack() as stack:
        databases = {}
        for service, url in urls.items():
            engine = create_engine(
                url, connect_args={"options": "-c default_transaction_read_only=on"}
            )
            stack.callback(engine.dispose)
            databases[service] = connection = stack.enter_context(engine.connect())
            seen = text("SELECT set_config('app.tenant', :tenant, false)")
            connection.execute(seen, {"tenant": EVERY_TENANT})
        yield Places(databases, lambda queue: waiting_in(queue, amqp), terms)


def waiting_in(queue: str, amqp: Mapping[str, str]) -> int:
    """Return how many messages lie in a service's queue; none if it was never made.

    Raises what connecting raises where the broker is away.
    """
    url = amqp.get(queue.partition(".")[0])
    if not url:
        return 0
    with connect(url, 30) as connection, suppress(*set(CONNECTION_ERRORS) - {OSError}):
        return int(connection.default_channel.queue_declare(queue, passive=True).message_count)
    return 0


def addresses(
    environment: Mapping[str, str] = os.environ, services: Collection[str] = SERVICES
) -> tuple[dict[str, str], dict[str, str]]:
    """Read the addresses of the databases and of the broker, by service. Raises `BadSetting`.

    Where no database is named they are those that a backup is told, in PLACES_FILE.
    """
    named = [name for name in ("DATABASE_URL", "DATABASE_URL_FILE") if environment.get(name)]
    if not named and any(environment.get(name) for name in ("PLACES", "PLACES_FILE")):
        return of_a_backup(environment, services)
    if named and not any(SLOT in environment[name] for name in named):
        raise BadSetting(
            f"{named[0]} names one database, and every service's is needed: write {SLOT} where "
            f"the service's name stands, as in DATABASE_URL_FILE=/run/secrets/{SLOT}_database_url."
        )
    databases, brokers = {}, {}
    for service in services:
        filled = {name: value.replace(SLOT, service) for name, value in environment.items()}
        told = load(PlacesSettings, filled)
        databases[service], brokers[service] = told.database_url, told.amqp_url
    return databases, {service: url for service, url in brokers.items() if url}


def of_a_backup(
    environment: Mapping[str, str], services: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Read the same from what a backup is told. Raises `BadSetting`."""
    told = {each.service: each.settings for each in load_places(environment)}
    if missing := [service for service in services if service not in told]:
        raise BadSetting(f"PLACES lacks {', '.join(missing)}.")
    return (
        {service: told[service].database_url for service in services},
        {service: told[service].amqp_url for service in services},
    )

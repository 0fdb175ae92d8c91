"""One transaction per entrypoint, with an outbox and an inbox beside the data.

`Database.work` opens the transaction of one message; `Database.weather` waits out an outage.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from nameko.extensions import DependencyProvider
from psycopg2 import errorcodes
from sqlalchemy import Result, TextClause, create_engine, exc, insert, text
from sqlalchemy.orm import Session, sessionmaker

from contracts.message import Actor, Envelope, Event
from kernel import clock, envelope
from kernel.settings import KernelSettings, load
from kernel.tables import Outbox, Row, current_tenant, current_traceparent

__all__ = ["Database", "Origin", "Row", "Work", "database_of"]
T = TypeVar("T")
log = logging.getLogger(__name__)

# The server is stopping, starting, full or gone; or it asks us to try the transaction again.
_PASSING_CLASSES = ("08", "53", "57")
_PASSING = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)  # of the pool, the last
_PASSING_CODES = (errorcodes.SERIALIZATION_FAILURE, errorcodes.DEADLOCK_DETECTED)

_ENTER = (
    "SELECT set_config('app.tenant', :tenant, true),"
    " set_config('transaction_read_only', :read_only, true)"
)
_REMEMBER_TENANT = text("INSERT INTO tenant (id) VALUES (:tenant) ON CONFLICT DO NOTHING")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece of work comes from: whose it is, who asked, when, and what caused it."""

    tenant: str
    actor: Actor
    now: datetime
    message_id: str
    correlation_id: str
    traceparent: str | None = None

    @classmethod
    def of(cls, enveloped: Envelope) -> "Origin":
        """Read it off a message. `now` is when the message arose, so that a retry agrees."""
        return cls(
            tenant=enveloped.tenant,
            actor=enveloped.actor,
            now=enveloped.occurred_at,
            message_id=enveloped.id,
            correlation_id=enveloped.correlation_id,
            traceparent=current_traceparent.get() or enveloped.traceparent,
        )

    @classmethod
    def own(cls, service: str, tenant: str) -> "Origin":
        """Make one for what a service does of its own accord, as a timer does."""
        identity = envelope.new_id()
        actor = Actor(id=f"service:{service}", roles=frozenset({"service"}))
        return cls(tenant, actor, clock.now(), identity, identity)


def enter(
    session: Session,
    tenant: str,
    statement: str = "",
    *,
    read_only: bool = False,
    **values: object,
) -> Result[Any]:
    """Show the session one tenant's rows until its transaction ends; then run the statement."""
    given = {"tenant": tenant, "read_only": "on" if read_only else "off"}
    return session.execute(_entering(statement), given | values)


@cache
def _entering(statement: str) -> TextClause:
    # Two statements in one text go to the server, and come back, together.
    return text(f"{_ENTER}; {statement}" if statement else _ENTER)


class Work:
    """One transaction, begun by its first statement, and what it announces if it commits."""

    def __init__(
        self, session: Session, origin: Origin, *, read_only: bool = False, is_begun: bool = False
    ) -> None:
        self._session = session
        self.origin = origin
        self.read_only = read_only
        self.is_begun = is_begun
        self.news: list[Envelope] = []

    @property
    def session(self) -> Session:
        """Return the session; it sees the rows of this tenant and of no other."""
        if not self.is_begun:
            self.begin()
        return self._session

    def begin(self, statement: str = "", **values: object) -> Result[Any]:
        """Begin, with a statement of the kernel's own in the same trip to the server."""
        self.is_begun = True
        return enter(self._session, self.tenant, statement, read_only=self.read_only, **values)

    @property
    def now(self) -> datetime:
        """Return the one instant of this work, aware, in UTC."""
        return self.origin.now

    @property
    def tenant(self) -> str:
        """Return whose work this is."""
        return self.origin.tenant

    @property
    def actor(self) -> Actor:
        """Return who asked for it."""
        return self.origin.actor

    @property
    def message_id(self) -> str:
        """Return the id of the message being worked on."""
        return self.origin.message_id

    def new_id(self) -> str:
        """Return a fresh opaque id."""
        return envelope.new_id()

    def announce(self, event: Event) -> None:
        """Promise to send the event; kept if, and only if, the work commits."""
        enveloped = envelope.wrap(
            event,
            tenant=self.tenant,
            actor=self.actor,
            occurred_at=self.now,
            correlation_id=self.origin.correlation_id,
            causation_id=self.origin.message_id,
            traceparent=self.origin.traceparent,
        )
        self.news.append(enveloped)

    def tell(self) -> None:
        """Write what was announced into the outbox, in the order of announcing."""
        if self.news:
            rows = [
                {
                    "tenant": each.tenant,
                    "id": each.id,
                    "type": each.type,
                    "envelope": envelope.encode(each),
                    "created_at": clock.now(),
                }
                for each in self.news
            ]
            self.session.connection().execute(insert(Outbox), rows)


class Database(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service its own database, one transaction at a time."""

    def setup(self) -> None:
        """Connect once, when the service starts."""
        self.connect(load(KernelSettings), wake=lambda: None)

    def connect(self, settings: KernelSettings, wake: Callable[[], None]) -> None:
        """Prepare the pool; `wake` is called after a commit that has news for the relay."""
        self.wake, self.pauses = wake, settings.pauses
        self.engine = create_engine(
            settings.database_url,
            pool_size=settings.workers + 4,
            max_overflow=0,
            hide_parameters=True,  # they may be personal
        )
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.known_tenants: set[str] = set()

    def stop(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    def get_dependency(self, _worker_ctx: object) -> "Database":
        """Hand the service the database itself."""
        return self

    @contextmanager
    def work(self, origin: Origin, *, read_only: bool = False) -> Iterator[Work]:
        """Commit on the way out, or roll back if anything is raised."""
        token = current_tenant.set(origin.tenant)
        try:
            with self.sessions.begin() as session:
                work = Work(session, origin, read_only=read_only)
                yield work
                work.tell()
                is_new = not read_only and origin.tenant not in self.known_tenants
                if is_new:
                    work.session.execute(_REMEMBER_TENANT, {"tenant": origin.tenant})
            if is_new:
                self.known_tenants.add(origin.tenant)  # only now is it written down
            if work.news:
                self.wake()
        finally:
            current_tenant.reset(token)

    def tenants(self) -> list[str]:
        """Return every tenant this service has worked for."""
        with self.engine.connect() as connection:
            return list(connection.scalars(text("SELECT id FROM tenant ORDER BY id")))

    def ping(self) -> None:
        """Raise unless the database answers."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def weather(self, attempt: Callable[[], T]) -> T:
        """Return what the attempt, a whole transaction, returns; repeat it through an outage.

        That is no fault of a message.
        """
        pause = 0.05
        while True:
            try:
                return attempt()
            except (exc.DBAPIError, exc.TimeoutError) as error:
                if not is_passing(error):
                    raise
                log.warning("database unavailable, waiting", extra={"fields": {"pause": pause}})
            time.sleep(pause)
            pause = min(pause * 2, 2.0)


def database_of(container: Any) -> Database:  # noqa: ANN401  # nameko has no types
    """Return a container's database, whatever attribute the service keeps it under."""
    return next(item for item in container.dependencies if isinstance(item, Database))


def is_passing(error: exc.DBAPIError | exc.TimeoutError) -> bool:
    """Tell an outage, or a lost race, from a mistake of ours."""
    if (code := getattr(getattr(error, "orig", None), "pgcode", None)) is None:
        return isinstance(error, _PASSING) or error.connection_invalidated
    return code in _PASSING_CODES or str(code).startswith(_PASSING_CLASSES)

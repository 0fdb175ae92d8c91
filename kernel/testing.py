"""Doubles that ship with the kernel. PostgreSQL and the object store are never faked."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec
from sqlalchemy import select, text

from contracts.message import Actor, Command, Envelope, Event, Message, Query
from kernel import envelope, execute
from kernel.crunch import Crunch, end
from kernel.database import Database, Origin
from kernel.objects import Bucket
from kernel.settings import KernelSettings, Settings, load
from kernel.tables import EVERY_TENANT, Inbox, Outbox

TENANT = "hau-giang"
NOON = datetime(2022, 7, 1, 5, 0, tzinfo=UTC)


class Rejected(Exception):
    """A command or query was refused; `code` is the error's class name."""

    def __init__(self, code: str, message: str, kind: str) -> None:
        self.code, self.kind = code, kind
        super().__init__(f"{code}: {message}")


def actor(*roles: str, id: str = "somebody", unit_id: str | None = None) -> Actor:  # noqa: A002
    """Return an actor with these roles."""
    return Actor(id=id, roles=frozenset(roles), unit_id=unit_id)


class Lasting(Crunch):
    """Children that outlive their bench: those idle when it closes serve the next one.

    They keep nothing between calls, so a test can't tell; starting one takes up to a second.
    """

    idle: ClassVar[defaultdict[tuple[str, int], list[Any]]] = defaultdict(list)

    def begin(self) -> Any:  # noqa: ANN401  # eventlet has no types
        """Take an idle child of this module, or start one."""
        idle = self.idle[self.module, self.nice]
        while idle:
            child = idle.pop()
            if child.poll() is None:
                return child
        return super().begin()

    def stop(self) -> None:
        """Leave the idle children to the next bench."""
        while not self.places.empty():
            if child := self.places.get():
                self.idle[self.module, self.nice].append(child)

    @classmethod
    def finish(cls) -> None:
        """End the idle children, once no bench needs any."""
        for children in cls.idle.values():
            while children:
                end(children.pop())


class Bench:
    """A service under test: its entrypoints called directly, its database and bucket real.

    Settings come from `environment`, as a process would get them.
    """

    def __init__(self, service_class: type, environment: dict[str, str]) -> None:
        self.settings = load(KernelSettings, environment)
        self.crunches: list[Crunch] = []
        self.service = service_class()
        for name in dir(service_class):
            dependency = getattr(service_class, name)
            if isinstance(dependency, Database):
                self.database = dependency = Database()
                dependency.connect(self.settings, wake=lambda: None)
            elif isinstance(dependency, Bucket):
                dependency = Bucket(dependency.owner)
                dependency.connect(self.settings)
            elif isinstance(dependency, Crunch):
                dependency = Lasting(dependency.module, dependency.seconds, dependency.nice)
                dependency.connect(self.settings)
                self.crunches.append(dependency)
            elif isinstance(dependency, Settings):
                dependency = load(dependency.kind, environment)
            else:
                continue
            setattr(self.service, name, dependency)

    def ask(  # noqa: PLR0913
        self,
        message: Command | Query,
        *,
        actor: Actor | None = None,
        now: datetime = NOON,
        id: str | None = None,  # noqa: A002
        tenant: str = TENANT,
        reply: Any = None,  # noqa: ANN401  # the type to read the reply as
    ) -> Any:  # noqa: ANN401
        """Run a command or query; return its reply, raise `Rejected` if it was refused."""
        enveloped = self._wrap(message, actor, now, id, tenant)
        answer = self._entrypoint(type(message))(self.service, enveloped)
        said = msgspec.json.decode(answer)
        if refused := said.get("refused"):
            raise Rejected(refused["code"], refused["message"], refused["kind"])
        if failed := said.get("failed"):
            raise AssertionError(f"{type(message).__name__} failed: {failed}; see the log")
        return msgspec.convert(said["ok"], reply) if reply is not None else said["ok"]

    def hear(
        self,
        event: Event,
        *,
        actor: Actor | None = None,
        now: datetime = NOON,
        id: str | None = None,  # noqa: A002
        tenant: str = TENANT,
    ) -> str:
        """Deliver an event; return `done`, `repeated`, `retry` or `dead`."""
        enveloped = self._wrap(event, actor, now, id, tenant)
        return str(self._listener(type(event))(self.service, envelope.encode(enveloped)))

    def retry(self, event: type[Event]) -> bool:
        """Let the handler of this event try again what is due; False if nothing is."""
        listener = self._listener(event)
        handler: execute.Handler = listener.handler  # type: ignore[attr-defined]
        for name, tenant, again in execute.due(self.database):
            turn, pauses = (tenant, again), self.database.pauses
            if name == handler.name:
                found = execute.begin_tries(self.database, handler, turn, 1, pauses)
                for data, tried in found:
                    listener(self.service, data, tried=tried)
                    return True
        return False

    def tick(self, timer: str, *, now: datetime | None = None, tenant: str = TENANT) -> None:
        """Run an `@every` once, for one tenant, at an instant of the test's choosing."""
        own = Origin.own(self.service.name, tenant)
        origin = Origin(tenant, own.actor, now or own.now, own.message_id, own.correlation_id)
        with self.database.work(origin) as work:
            getattr(self.service, timer).method(self.service, work)

    @property
    def announced(self) -> list[Event]:
        """Return every event in the outbox, in the order of announcing."""
        rows = self._rows(select(Outbox).order_by(Outbox.sequence))
        envelopes = [envelope.decode(row.envelope) for row in rows]
        return [
            envelope.unwrap(item, envelope.known_messages()[item.type])  # type: ignore[misc]
            for item in envelopes
        ]

    def errors(self) -> list[str]:
        """Return what went wrong with events set aside."""
        return [str(row.error) for row in self._rows(select(Inbox).where(Inbox.state != "done"))]

    def rows(self, query: Any, tenant: str = TENANT) -> list[Any]:  # noqa: ANN401
        """Return what a query finds among one tenant's rows."""
        with self.database.work(Origin.own("test", tenant)) as work:
            return list(work.session.scalars(query).all())

    def close(self) -> None:
        """Let go of the database and the child processes."""
        self.database.engine.dispose()
        for crunch in self.crunches:
            crunch.stop()

    def _rows(self, query: Any) -> list[Any]:  # noqa: ANN401
        with self.database.sessions.begin() as session:
            session.execute(
                text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": EVERY_TENANT}
            )
            return list(session.scalars(query).all())

    def _wrap(
        self, message: Message, by: Actor | None, now: datetime, id_: str | None, tenant: str
    ) -> Envelope:
        return envelope.wrap(
            message, tenant=tenant, actor=by or actor(), occurred_at=now, message_id=id_
        )

    def _entrypoint(self, message_type: type[Message]) -> Callable[..., bytes]:
        return self._find(lambda handler: handler.message_type is message_type, message_type)

    def _listener(self, event_type: type[Event]) -> Callable[..., str]:
        def takes(handler: execute.Handler) -> bool:
            return handler.message_type in (event_type, Envelope)

        return self._find(takes, event_type)

    def _find(self, fits: Callable[[execute.Handler], bool], wanted: type) -> Callable[..., Any]:
        kind = type(self.service)
        for name in dir(kind):
            entrypoint = getattr(kind, name)
            if (handler := getattr(entrypoint, "handler", None)) and fits(handler):
                return entrypoint  # type: ignore[no-any-return]
        raise LookupError(f"{kind.__name__} takes no {wanted.__name__}")

"""Entrypoints that are transactions: `@command` and `@query` answer, `@subscribe` listens.

`@every` keeps time. The class of the message in a method's type hints decides what it is sent.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, get_type_hints

from eventlet import Timeout
from eventlet.event import Event as Signal
from kombu import Queue
from nameko.extensions import Entrypoint

from contracts.message import Envelope, Event
from kernel import envelope, execute, metrics
from kernel.broker import GATEWAY, Inlet, question_queue, work_queue
from kernel.envelope import Undecodable
from kernel.execute import Handler, Reply
from kernel.extensions import Graveyard, Relay, Switchboard
from kernel.turns import MOST, Line, Turns

F = TypeVar("F", bound=Callable[..., Any])


class Commands(Switchboard):
    """The queue of requests that change something: durable, replicated."""

    def make_queue(self, service: str) -> Queue:
        """Return the quorum queue of commands."""
        return work_queue(service, "commands", {GATEWAY: f"{service}.command"})


class Queries(Switchboard):
    """The queue of requests that change nothing."""

    def make_queue(self, service: str) -> Queue:
        """Return the plain queue of queries."""
        return question_queue(service)


class Request(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that answers; the switchboard picks it by the message's type."""

    board: Switchboard
    graveyard = Graveyard()
    relay = Relay()

    def __init__(self, handler: Handler, **options: Any) -> None:  # noqa: ANN401
        self.handler = handler
        super().__init__(**options)

    def setup(self) -> None:
        """Be on the board."""
        self.board.register_provider(self)

    def stop(self) -> None:
        """Leave the board; the last to leave closes it."""
        self.board.unregister_provider(self)


class CommandEntrypoint(Request):
    """Answers a command."""

    board = Commands()


class QueryEntrypoint(Request):
    """Answers a query."""

    board = Queries()


class Subscription(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that hears one kind of event, or all of them, on a queue of its own."""

    inlet = Inlet()
    graveyard = Graveyard()
    relay = Relay()
    turns = Turns()
    queue: Queue
    prefetch = MOST  # so that a flood is written down many at a time

    def __init__(self, handler: Handler, **options: Any) -> None:  # noqa: ANN401
        self.handler = handler
        super().__init__(**options)

    def setup(self) -> None:
        """Name the queue and ask for its messages."""
        self.queue = work_queue(
            self.container.service_name, self.handler.name, speakers_of(self.handler)
        )
        self.line = Line(self, self.turns)
        self.inlet.register_provider(self)

    def stop(self) -> None:
        """Take no more messages; those being worked on are finished."""
        self.line.is_closed = True
        self.inlet.unregister_provider(self)

    def take(self, message: Any) -> None:  # noqa: ANN401
        """Start a worker on a raw message, or set it aside while its tenant has its share."""
        body = bytes(message.body)
        try:
            enveloped = envelope.decode(body)
        except Undecodable:  # which the worker will bury
            self.inlet.employ(self, body, partial(self.inlet.finish, message))
            return
        if self.line.is_free_for(enveloped.tenant):
            self.line.begin(enveloped.tenant)
            self.inlet.employ(self, body, partial(self.let_go, message, enveloped.tenant))
        else:
            self.line.set_aside(message, enveloped)

    def let_go(
        self,
        message: Any,  # noqa: ANN401
        tenant: str,
        worker: object,
        result: Any,  # noqa: ANN401
        exc_info: Any,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        """Leave the place to another; acknowledge what is safe in the database."""
        self.line.end(tenant, result)
        return self.inlet.finish(message, worker, result, exc_info)


class Timer(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that runs every so many seconds, the next time never before the last is over."""

    relay = Relay()

    def __init__(self, seconds: float, **options: Any) -> None:  # noqa: ANN401
        self.seconds = seconds
        super().__init__(**options)

    def start(self) -> None:
        """Begin to tick."""
        self.stopping = Signal()
        self.thread = self.container.spawn_managed_thread(self.run)

    def stop(self) -> None:
        """Let the tick at hand finish and begin no other."""
        self.stopping.send()
        self.thread.wait()

    def run(self) -> None:
        """Tick until stopped."""
        while not self.stopping.ready():
            done = Signal()

            def finish(_worker: object, result: Any, exc_info: Any, done: Signal = done) -> Any:  # noqa: ANN401
                done.send()
                return result, exc_info

            self.container.spawn_worker(self, (), {}, handle_result=finish)
            done.wait()
            with Timeout(self.seconds, exception=False):
                self.stopping.wait()


def command(method: F) -> F:
    """Answer a command: one transaction, once per command id, however often it is asked."""
    return _request(method, CommandEntrypoint, execute.answer)


def query(method: F) -> F:
    """Answer a query, in a transaction that cannot write."""
    return _request(method, QueryEntrypoint, execute.look_up)


def _request(method: F, entrypoint: type[Request], run: Callable[..., Reply]) -> F:
    handler = handler_of(method)

    @wraps(method)
    def answer(service: Any, enveloped: Envelope) -> Reply:  # noqa: ANN401
        with metrics.timed(handler.name):
            reply = run(service.database, service, handler, enveloped)
        metrics.worked.labels(handler.name, envelope.outcome(reply)).inc()
        return reply

    answer.handler = handler  # type: ignore[attr-defined]
    return entrypoint.decorator(handler)(answer)  # type: ignore[no-any-return]


def subscribe(method: F) -> F:
    """Handle an event exactly once, in one transaction; retry with growing pauses."""
    handler = handler_of(method)

    @wraps(method)
    def listen(service: Any, body: bytes, tried: int = 0) -> str:  # noqa: ANN401
        database = service.database
        with metrics.timed(handler.name):
            outcome = execute.hear(database, service, handler, body, database.pauses, tried)
        metrics.worked.labels(handler.name, outcome).inc()
        return outcome

    listen.handler = handler  # type: ignore[attr-defined]
    return Subscription.decorator(handler)(listen)  # type: ignore[no-any-return]


def every(*, seconds: float, due: execute.Due | None = None) -> Callable[[F], F]:
    """Run once per tenant every so many seconds, by one copy of the service at a time.

    A timer that has seldom something to do names those that have, in one question for all of
    them: `due=lambda work: work.session.scalars(select(Row.tenant).distinct().where(...))`.
    """

    def decorate(method: F) -> F:
        @wraps(method)
        def run(service: Any) -> None:  # noqa: ANN401
            execute.tick(service.database, service, method.__name__, method, due)

        run.method = method  # type: ignore[attr-defined]
        return Timer.decorator(seconds)(run)  # type: ignore[no-any-return]

    return decorate


def handler_of(method: Callable[..., Any]) -> Handler:
    """Read which message a method takes from its own type hints."""
    message_type, *_ = get_type_hints(method).values()
    return Handler(method.__name__, message_type, method)


def speakers_of(handler: Handler) -> dict[str, str]:
    """Return the exchanges a handler listens to, each with the routing key it binds."""
    if issubclass(handler.message_type, Event):
        name = handler.message_type.__name__
        return {envelope.owner_of(handler.message_type): f"event.{name}"}
    return dict.fromkeys(envelope.speakers(), "event.#")

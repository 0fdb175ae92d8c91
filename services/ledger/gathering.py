"""An entrypoint that hears many events in one transaction: `@gather`.

For a hearer of nearly everything, to whom a transaction per event would be most of the work. What
comes while a transaction runs is the next one; nothing waits to be more.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, TypeVar, get_args, get_type_hints

from contracts.message import Envelope, Message
from kernel import metrics
from kernel.broker import CONNECTION_ERRORS, Inlet, write_lock
from kernel.database import Work
from kernel.execute import Handler, hear
from kernel.messaging import Subscription
from services.ledger.together import hear_all

F = TypeVar("F", bound=Callable[..., Any])

MOST = 500  # events of one transaction


class Gatherer(Inlet):
    """A connection of its own, so that one acknowledgement is enough for all that came before."""

    def register_provider(self, provider: Any) -> None:  # noqa: ANN401  # nameko has no types
        """Take the one queue of this connection."""
        if self._providers:
            raise ValueError("a service gathers in one place only")
        super().register_provider(provider)

    def ack_up_to(self, message: Any) -> None:  # noqa: ANN401
        """Acknowledge a message and all that came before it on its connection."""
        connection = message.channel and message.channel.connection
        if connection:
            try:
                with write_lock(connection):
                    message.ack(multiple=True)
            except CONNECTION_ERRORS:
                pass  # delivered again, and found to be done


class Gathering(Subscription):
    """A method that hears events together, in the order they came, one transaction at a time."""

    inlet = Gatherer()
    prefetch = 2 * MOST  # those of a transaction, and of the next

    def setup(self) -> None:
        """Name the queue and ask for its messages."""
        self.waiting: list[Any] = []
        self.is_busy = False
        super().setup()

    def take(self, message: Any) -> None:  # noqa: ANN401
        """Lay a message to the others, and see that somebody works them off."""
        self.waiting.append(message)
        if not self.is_busy:
            self.is_busy = True
            self.go_on()

    def go_on(self) -> None:
        """Begin with what has come, apart from who asks for it: that may be a worker."""
        self.container.spawn_managed_thread(self.work_off, identifier="gathering")

    def work_off(self) -> None:
        """Give what has come to a worker."""
        batch, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
        bodies = [bytes(message.body) for message in batch]
        finish = partial(self.finish, batch)
        self.container.spawn_worker(self, (bodies,), {}, handle_result=finish)

    def finish(
        self,
        batch: list[Any],
        _worker: object,
        result: Any,  # noqa: ANN401
        exc_info: Any,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        """Acknowledge what is safe in the database, give back what is not, and go on."""
        if exc_info is None:
            self.inlet.ack_up_to(batch[-1])
        else:
            for message in batch:
                self.inlet.requeue_message(message)
        self.line.note(result)
        self.is_busy = bool(self.waiting)
        if self.is_busy:
            self.go_on()
        return result, exc_info


def gather(method: F) -> F:
    """Handle events together, each exactly once; one that fails is retried alone."""
    (message_type,) = get_args(next(iter(get_type_hints(method).values())))

    def alone(service: object, heard: Message | Envelope, work: Work) -> None:
        method(service, [heard], work)

    handler = Handler(method.__name__, message_type, alone, method)

    @wraps(method)
    def listen(service: Any, bodies: Sequence[bytes] | bytes, tried: int = 0) -> str:  # noqa: ANN401
        many = [bodies] if isinstance(bodies, bytes) else bodies
        database = service.database
        with metrics.timed(handler.name):
            if tried:  # one that waited in the inbox
                said = hear(database, service, handler, many[0], database.pauses, tried)
                outcomes = Counter([said])
            else:
                outcomes = hear_all(database, service, handler, many, database.pauses)
        note(handler.name, outcomes)
        return "retry" if outcomes["retry"] else min(outcomes, default="done")

    listen.handler = handler  # type: ignore[attr-defined]
    return Gathering.decorator(handler)(listen)  # type: ignore[no-any-return]


def note(handler: str, outcomes: Counter[str]) -> None:
    """Count what became of events."""
    for outcome, many in outcomes.items():
        metrics.worked.labels(handler, outcome).inc(many)

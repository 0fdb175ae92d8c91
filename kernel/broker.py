"""Names and shapes on the broker, and the connection that messages come in by.

Every process publishes to one topic exchange, named like its service, and reads queues whose
names begin with it; so the broker's permissions keep services apart. Durable work queues are
quorum queues. Start with `work_queue`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import amqp.exceptions
import kombu.exceptions
from eventlet.semaphore import Semaphore
from kombu import Connection, Consumer, Exchange, Queue, binding
from nameko.messaging import QueueConsumer

log = logging.getLogger(__name__)

# How often a message may take its process down with it before the broker gives it up.
DELIVERY_LIMIT = 5

# What any use of a connection that has just gone away may raise.
CONNECTION_ERRORS = (amqp.exceptions.AMQPError, kombu.exceptions.OperationalError, OSError)

GATEWAY = "gateway"


def exchange(service: str) -> Exchange:
    """Return the exchange a service says everything on."""
    return Exchange(service, type="topic", durable=True)


def neighbour(service: str) -> Exchange:
    """Return another service's exchange, to bind to and never to declare."""
    return Exchange(service, type="topic", durable=True, no_declare=True)


def work_queue(service: str, name: str, heard: dict[str, str]) -> Queue:
    """Return a queue that loses nothing: replicated, bounded redelivery, dead ones kept.

    `heard` maps each exchange to the routing key bound there. A neighbour's exchange is the
    neighbour's to declare; until it exists, binding fails and is tried again.
    """
    queue_name = f"{service}.{name}"
    return Queue(
        queue_name,
        exchange(service),
        routing_key=f"own.{queue_name}",
        bindings=[binding(neighbour(speaker), routing_key=key) for speaker, key in heard.items()],
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": service,
            "x-dead-letter-routing-key": f"dead.{queue_name}",
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )


def question_queue(service: str) -> Queue:
    """Return the queue of a service's queries: lost with the broker, asked again by the caller."""
    return Queue(f"{service}.queries", neighbour(GATEWAY), f"{service}.query", durable=True)


def dead_queue(service: str) -> Queue:
    """Return the queue the broker puts a service's given-up messages in."""
    return Queue(
        f"{service}.dead",
        exchange(service),
        "dead.#",
        durable=True,
        queue_arguments={"x-queue-type": "quorum"},
    )


def connect(url: str, heartbeat: int) -> Connection:
    """Open a connection of our own; retries for a few seconds, then raises."""
    connection = Connection(url, heartbeat=heartbeat)
    connection.ensure_connection(max_retries=3, interval_start=0.2, interval_step=0.5)
    leave_reading(connection.connection)
    return connection


def leave_reading(connection: Any) -> None:  # noqa: ANN401  # amqp has no types
    """Let a connection publish without reading; only the greenlet that consumes may read.

    amqp would look for a "blocked" notice before every publish. Whoever publishes would take in
    deliveries while holding the lock for writing, and wait for a worker who waits for the lock.
    It is told once the connection is open: opening it sets the capability anew.
    """
    connection.client_properties["capabilities"]["connection.blocked"] = False


def write_lock(connection: Any) -> Semaphore:  # noqa: ANN401  # amqp has no types
    """Return the one lock of a connection: greenlets may not write to a socket at once."""
    lock = getattr(connection, "write_lock", None)
    if lock is None:
        lock = connection.write_lock = Semaphore(1)
    return lock


class Inlet(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """nameko's consumer, mended.

    It hands over raw bytes, so that an unreadable message is a dead one and not a crash; it
    survives a connection lost during an acknowledgement (nameko#477); it stays until running
    workers have answered; and it prefetches per queue, not per process: a worker's share, or the
    provider's own `prefetch`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_connected = False

    @contextmanager
    def establish_connection(self) -> Iterator[Connection]:
        """Connect, trying again every other second for as long as it takes."""
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error, interval_start=0.2, interval_step=0.5, interval_max=2
            )
            yield connection

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Any]:  # noqa: ANN401
        """Set up one consumer per queue, after any (re)connection."""
        del consumer_cls  # decodes bodies; ours must not
        leave_reading(channel.connection)
        for provider in self._providers:
            consumer = Consumer(channel, [provider.queue], on_message=provider.take, accept=None)
            # It counts for what is consumed from then on, so each begins before the next is set.
            consumer.qos(prefetch_count=getattr(provider, "prefetch", self.prefetch_count))
            consumer.consume()
            self._consumers[provider] = consumer
        return list(self._consumers.values())

    def employ(self, provider: Any, message: Any, finish: Callable[..., Any]) -> None:  # noqa: ANN401
        """Give a message to a worker; never block the connection while all are busy."""
        work = partial(self.container.spawn_worker, provider, (message,), {}, handle_result=finish)
        pool = self.container._worker_pool  # noqa: SLF001  # nameko has no other way
        if pool.free() > 0 and not pool.waiting():
            work()
        else:
            self.container.spawn_managed_thread(work, identifier="waiting for a worker")

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **rest: Any) -> None:  # noqa: ANN401
        """Remember that messages are coming in."""
        self.is_connected = True
        super().on_consume_ready(connection, channel, consumers, **rest)

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Say that the broker cannot be reached."""
        self.is_connected = False
        log.warning("broker unavailable, waiting", extra={"fields": {"pause": interval}})
        del exc  # may hold the password in its URL

    def on_iteration(self) -> None:
        """Stop only when nothing is consumed any more and every worker has finished."""
        self._cancel_consumers_if_requested()
        self.should_stop = not self._consumers and not self.container._worker_pool.running()  # noqa: SLF001

    def ack_message(self, message: Any) -> None:  # noqa: ANN401
        """Acknowledge, unless the broker has taken the message back already."""
        self.settle(message, message.ack)

    def requeue_message(self, message: Any) -> None:  # noqa: ANN401
        """Give a message back, unless the broker has it already."""
        self.settle(message, message.requeue)

    def settle(self, message: Any, say: Callable[[], None]) -> None:  # noqa: ANN401
        """Tell the broker what has become of a message, while the connection it came by lasts."""
        connection = message.channel and message.channel.connection
        if connection:
            try:
                with write_lock(connection):
                    say()
            except CONNECTION_ERRORS:
                log.info("the message went back with the connection")

    def finish(self, message: Any, _worker: object, result: Any, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Acknowledge what is safe in the database; give back what is not."""
        if exc_info is None:
            self.ack_message(message)
        else:
            self.requeue_message(message)
        return result, exc_info

"""What the entrypoints of one process share: switchboards, graveyard and relay.

nameko starts and stops these with the service; `kernel.messaging` declares them.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import eventlet
from amqp import Message as Frame
from eventlet.queue import Empty, Full, LightQueue
from kombu import Queue
from nameko.extensions import ProviderCollector, SharedExtension

from kernel import envelope, execute, metrics, relay
from kernel.broker import (
    CONNECTION_ERRORS,
    Inlet,
    dead_queue,
    write_lock,
)
from kernel.database import database_of
from kernel.envelope import Undecodable
from kernel.errors import NotFound
from kernel.settings import KernelSettings, load
from kernel.turns import Turns

log = logging.getLogger(__name__)


class UnknownRequest(NotFound):
    """This service answers no such request."""


class Switchboard(SharedExtension, ProviderCollector):  # type: ignore[misc]  # nameko has no types
    """Takes requests from one queue and gives each to the method that answers its type."""

    inlet = Inlet()
    queue: Queue
    make_queue: Callable[[str], Queue]  # by the name of the service

    def setup(self) -> None:
        """Ask for the queue's messages."""
        self.queue = self.make_queue(self.container.service_name)
        self.inlet.register_provider(self)

    def register_provider(self, provider: Any) -> None:  # noqa: ANN401
        """Put a method on the board, to stay: requests still come while the methods leave."""
        super().register_provider(provider)
        self.by_type = {envelope.name_of(p.handler.message_type): p for p in self._providers}

    def unregister_provider(self, provider: Any) -> None:  # noqa: ANN401
        """Take no more requests once the last method has left."""
        super().unregister_provider(provider)
        if not self._providers:
            self.inlet.unregister_provider(self)

    def take(self, message: Any) -> None:  # noqa: ANN401
        """Start a worker on a request, or say that nobody here answers it."""
        try:
            enveloped = envelope.decode(bytes(message.body))
        except Undecodable as error:
            self.refuse_unreadable(message, str(error))
            return
        provider = self.by_type.get(enveloped.type)
        if provider is None:
            self.reply(message, execute.refusal(UnknownRequest()))
        else:
            self.inlet.employ(provider, enveloped, partial(self.finish, message))

    def refuse_unreadable(self, message: Any, why: str) -> None:  # noqa: ANN401
        """Keep a request that cannot be read among the dead, and say so."""
        execute.bury(database_of(self.container), "request", bytes(message.body), why)
        self.reply(message, execute.refusal(execute.Unreadable(why=why)))

    def finish(self, message: Any, _worker: object, result: Any, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Send the reply, or give the request back if there is none."""
        if exc_info is None:
            self.reply(message, result)
        else:
            self.inlet.requeue_message(message)
        return result, exc_info

    def reply(self, message: Any, body: bytes) -> None:  # noqa: ANN401
        """Answer on the request's own channel and acknowledge in the same breath.

        The reply is not confirmed: a caller who misses it asks again under the same id.
        """
        channel = message.channel
        connection = channel and channel.connection
        if not connection:
            return  # the broker has taken the request back and will deliver it again
        properties = message.properties
        try:
            with write_lock(connection):
                if reply_to := properties.get("reply_to"):
                    frame = Frame(
                        body,
                        content_type="application/json",
                        delivery_mode=1,
                        correlation_id=properties.get("correlation_id"),
                    )
                    channel.basic_publish(frame, self.container.service_name, reply_to)
                message.ack()
        except CONNECTION_ERRORS:
            log.info("reply lost with the connection")


class Graveyard(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Takes what the broker has given up on: events for a last try, the rest among the dead."""

    inlet = Inlet()
    turns = Turns()

    def setup(self) -> None:
        """Ask for the dead queue's messages."""
        self.queue = dead_queue(self.container.service_name)
        self.inlet.register_provider(self)

    def stop(self) -> None:
        """Take no more."""
        self.inlet.unregister_provider(self)

    def take(self, message: Any) -> None:  # noqa: ANN401
        """Bury one message, aside from the workers."""
        self.container.spawn_managed_thread(partial(self.bury, message), identifier="burial")

    def bury(self, message: Any) -> None:  # noqa: ANN401
        """Write it down, then let go of the message."""
        database, data = database_of(self.container), bytes(message.body)
        queue = message.delivery_info["routing_key"].removeprefix("dead.")
        name = queue.removeprefix(f"{self.container.service_name}.")
        if line := self.turns.lines.get(name):
            execute.try_alone(database, line.entrypoint.handler, data)
        else:
            execute.bury(database, name, data, execute.ENDED_ITS_PROCESS)
        self.inlet.ack_message(message)


class Relay(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Runs the relay beside the entrypoints, woken by every commit that has news."""

    def setup(self) -> None:
        """Prepare to be woken."""
        self.bell: LightQueue = LightQueue(1)
        self.settings, self.is_connected = load(KernelSettings), False

    def start(self) -> None:
        """Begin to relay."""
        database_of(self.container).wake = self.ring
        self.container.spawn_managed_thread(self.run)  # which ends it, once all workers have

    def ring(self) -> None:
        """Say that there is news."""
        with suppress(Full):  # it has not even heard the last ring
            self.bell.put_nowait(None)

    def wait(self) -> None:
        """Return on the next ring, or after a second: another copy may have died with news."""
        with suppress(Empty):
            self.bell.get(timeout=1.0)

    def run(self) -> None:
        """Relay for ever, reconnecting whenever the broker or the database has been away."""
        database = database_of(self.container)
        while True:
            try:
                with relay.open_line(self.settings, self.container.service_name) as line:
                    self.is_connected = True
                    while True:
                        sent = relay.send_batch(database, line)
                        metrics.relayed.inc(sent)
                        if not sent and not line.has_more:
                            self.wait()
                            line.keep_alive()
            except relay.INTERRUPTIONS as error:
                self.is_connected = False
                log.warning("relay interrupted", extra={"fields": {"why": type(error).__name__}})
                eventlet.sleep(0.5)

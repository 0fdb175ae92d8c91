"""Listening to everything that travels, for operators: `sangkien watch`."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from kombu import Consumer, Queue, binding

from contracts.message import Envelope
from kernel import envelope
from kernel.broker import connect, neighbour
from kernel.settings import KernelSettings


def events(settings: KernelSettings) -> Iterator[Envelope]:
    """Yield every event from now on, through a queue that ends with us."""
    heard: list[Any] = []
    queue = Queue(
        f"operator.watch.{envelope.new_id()}",
        bindings=[binding(neighbour(name), routing_key="event.#") for name in envelope.speakers()],
        exclusive=True,
        auto_delete=True,
        durable=False,
    )
    with connect(settings.amqp_url, settings.heartbeat) as connection:
        consumer = Consumer(connection, [queue], on_message=heard.append, accept=None, no_ack=True)
        with consumer:
            while True:
                with suppress(socket.timeout):
                    connection.drain_events(timeout=1)
                connection.heartbeat_check()
                while heard:
                    yield envelope.decode(bytes(heard.pop(0).body))


def line(enveloped: Envelope) -> dict[str, str]:
    """Return what one line says of an event: ids and names only."""
    return {
        "at": enveloped.occurred_at.isoformat(),
        "tenant": enveloped.tenant,
        "type": enveloped.type,
        "id": enveloped.id,
        "actor": enveloped.actor.id,
        "causation_id": enveloped.causation_id or "",
        "correlation_id": enveloped.correlation_id,
    }

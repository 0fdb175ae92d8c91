"""Listening to everything that travels, for operators: `sangkien watch`."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from kombu import Connection, Consumer, Queue, binding

from contracts.message import Envelope
from kernel import envelope
from kernel.broker import CONNECTION_ERRORS, connect, neighbour
from kernel.settings import KernelSettings

log = logging.getLogger(__name__)


def events(settings: KernelSettings) -> Iterator[Envelope]:
    """Yield every event from now on; what travels while the broker is away is missed.

    Raises what connecting raises if the broker is not there to begin with.
    """
    has_begun = False
    while True:
        try:
            with connect(settings.amqp_url, settings.heartbeat) as connection:
                has_begun = True
                yield from overhear(connection)
        except CONNECTION_ERRORS:
            if not has_begun:
                raise
            log.warning("broker unavailable, waiting")
            time.sleep(1)


def overhear(connection: Connection) -> Iterator[Envelope]:
    """Yield every event through a queue that ends with the connection."""
    heard: list[Any] = []
    queue = Queue(
        f"operator.watch.{envelope.new_id()}",
        bindings=[binding(neighbour(name), routing_key="event.#") for name in envelope.speakers()],
        exclusive=True,
        auto_delete=True,
        durable=False,
    )
    with Consumer(connection, [queue], on_message=heard.append, accept=None, no_ack=True):
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

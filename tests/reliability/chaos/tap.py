"""Everything that travels over the broker, held for a while and published again out of order."""

import socket
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from threading import Event, Thread
from typing import Any, Self

from amqp import Message
from kombu import Consumer, Exchange, Queue, binding

from kernel.broker import CONNECTION_ERRORS, connect
from kernel.envelope import new_id, speakers

HELD = 300  # messages


@dataclass(frozen=True)
class Travelled:
    """A message as it was published."""

    exchange: str
    key: str
    body: bytes
    properties: dict[str, Any]


class Tap:
    """Listens to events and commands; `again` publishes some of them once more."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.held: deque[Travelled] = deque(maxlen=HELD)
        self.over = Event()
        self.thread = Thread(target=self.run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def run(self) -> None:
        """Listen, again and again while the broker is away."""
        while not self.over.is_set():
            with suppress(*CONNECTION_ERRORS), connect(self.url, 30) as connection:
                self.listen(connection)
            self.over.wait(0.3)

    def listen(self, connection: Any) -> None:
        """Hold what comes until the connection ends."""
        sources = [binding(named(name), routing_key="event.#") for name in speakers()]
        sources += [binding(named("gateway"), routing_key="*.command")]
        queue = Queue(
            f"operator.chaos.{new_id()}", bindings=sources, exclusive=True, durable=False
        )
        with Consumer(connection, [queue], on_message=self.hold, accept=None, no_ack=True):
            while not self.over.is_set():
                with suppress(socket.timeout):
                    connection.drain_events(timeout=0.5)
                connection.heartbeat_check()

    def hold(self, message: Any) -> None:
        """Keep a message as it came."""
        told = message.delivery_info
        kept = Travelled(
            told["exchange"], told["routing_key"], bytes(message.body), dict(message.properties)
        )
        self.held.append(kept)

    def again(self, count: int, chance: Random) -> int:
        """Publish so many of the messages held, in any order; return how many there were."""
        held = list(self.held)
        chosen = chance.sample(held, min(count, len(held)))
        with connect(self.url, 30) as connection:
            channel = connection.channel()
            channel.confirm_select()
            for one in chosen:
                message = Message(one.body, **one.properties)
                channel.basic_publish_confirm(message, one.exchange, one.key)
        return len(chosen)


def named(exchange: str) -> Exchange:
    """Name an exchange that a service has declared."""
    return Exchange(exchange, type="topic", durable=True, no_declare=True)

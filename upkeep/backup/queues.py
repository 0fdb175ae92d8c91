"""The queues of every service: whether they are empty, and made before anybody speaks.

An event goes to the queues that are there when it is sent. After a loss none is; so all are made
first, or whoever started last would never hear what the first had to say again.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any

from amqp.exceptions import NotFound
from kombu import Queue

from kernel.broker import GATEWAY, connect, dead_queue, exchange, question_queue, work_queue
from kernel.execute.handler import Handler
from kernel.messaging import speakers_of
from upkeep.backup.places import Place


def of(service: str, handlers: Sequence[Handler]) -> list[Queue]:
    """Return a service's lasting queues, as its processes declare them."""
    return [
        work_queue(service, "commands", {GATEWAY: f"{service}.command"}),
        question_queue(service),
        dead_queue(service),
        *(work_queue(service, each.name, speakers_of(each)) for each in handlers),
    ]


def waiting(places: Sequence[Place], hear: Mapping[str, Sequence[Handler]]) -> dict[str, int]:
    """Return how many messages wait in each queue that is there and not empty."""
    found = {}
    for place, connection in _connections(places):
        for queue in of(place.service, hear.get(place.service, ())):
            with suppress(NotFound):  # which closes the channel
                said = connection.channel().queue_declare(queue.name, passive=True)
                if said.message_count:
                    found[queue.name] = said.message_count
    return found


def empty(places: Sequence[Place], hear: Mapping[str, Sequence[Handler]]) -> None:
    """Remove every message from the queues."""
    for place, connection in _connections(places):
        for queue in of(place.service, hear.get(place.service, ())):
            with suppress(NotFound):
                connection.channel().queue_purge(queue.name)


def declare(places: Sequence[Place], hear: Mapping[str, Sequence[Handler]]) -> int:
    """Make every exchange, then every queue with what it is bound to; return how many queues."""
    for place, connection in _connections(places):
        exchange(place.service)(connection.channel()).declare()
    count = 0
    for place, connection in _connections(places):
        if place.service == GATEWAY:
            continue
        for queue in of(place.service, hear.get(place.service, ())):
            queue(connection.channel()).declare()
            count += 1
    return count


def _connections(places: Sequence[Place]) -> Iterator[tuple[Place, Any]]:
    for place in places:
        with closing(connect(place.settings.amqp_url, heartbeat=0)) as connection:
            yield place, connection

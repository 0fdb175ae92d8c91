"""Sends long queues: what the service's `Crunch` calls, in a process of its own.

There it takes no turn from lanes that have little to send, and gives way to them by its niceness.
Here lanes are threads of the system; when the service goes away they end with the message they
are at, and write down what came of it.
"""

import atexit
from functools import cache

import msgspec
from msgspec import Struct

from kernel import clock, logs
from kernel.database import Database
from kernel.settings import KernelSettings, load
from services.notify.lanes import Lane, Lanes
from services.notify.settings import NotifySettings

END_SECONDS = 6.0  # longer than one message may take


class LongQueue(Struct, frozen=True):
    """A counterparty of a tenant that has much to get."""

    tenant: str
    counterparty: str


@cache
def surroundings() -> tuple[Lanes, Database, NotifySettings]:
    """Prepare this process, once: lanes of its own, the service's database and settings."""
    kernel = load(KernelSettings)
    logs.set_up("notify", kernel.log_level)
    database = Database()
    database.connect(kernel, wake=lambda: None)  # the service's relay looks by itself
    lanes = Lanes()
    atexit.register(finish, lanes, database)
    # Nobody else is there to hand a long queue to.
    return lanes, database, msgspec.structs.replace(load(NotifySettings), long_queue=0)


def finish(lanes: Lanes, database: Database) -> None:
    """End with the messages that are on their way."""
    lanes.over.set()
    lanes.wait(database, END_SECONDS)


def haul(asked: bytes) -> bytes:
    """Have a `LongQueue`, in MessagePack, sent from now on; it may be asked again and again."""
    queue = msgspec.msgpack.decode(asked, type=LongQueue)
    lanes, database, settings = surroundings()
    lanes.start(Lane(database, settings, queue.tenant, queue.counterparty, clock.now()))
    return b""

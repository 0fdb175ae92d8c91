"""How full a process is: its workers, its database connections, and the queues before it."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kernel.broker import CONNECTION_ERRORS, connect
from kernel.database import Database
from kernel.settings import KernelSettings

log = logging.getLogger(__name__)


def gauge(name: str, said: str, value: float) -> Metric:
    """Return a gauge without labels."""
    family = GaugeMetricFamily(f"sangkien_{name}", said)
    family.add_metric([], value)
    return family


class Pool(Collector):
    """The connections to the database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def collect(self) -> Iterator[Metric]:
        """Yield how many there may be and how many are at work."""
        pool: Any = self.database.engine.pool
        yield gauge("pool_connections", "Database connections this process may have", pool.size())
        yield gauge(
            "pool_connections_busy", "Database connections at work just now", pool.checkedout()
        )

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand: there is no pool yet."""
        return ()


class Workers(Collector):
    """The workers of a process; `container` is nameko's."""

    def __init__(self, container: Any) -> None:  # noqa: ANN401  # nameko has no types
        self.container = container

    def collect(self) -> Iterator[Metric]:
        """Yield how many there are, how many work, and how much waits for one."""
        pool = self.container._worker_pool  # noqa: SLF001  # nameko has no other way
        yield gauge("workers", "Messages this process may work on at once", pool.size)
        yield gauge("workers_busy", "Messages this process works on just now", pool.running())
        yield gauge("workers_awaited", "Messages that wait for a free worker", pool.waiting())

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand."""
        return ()


class Queues(Collector):
    """The service's own queues on the broker, asked on a short connection of their own.

    `sangkien_broker_up` is 0, and the others are left out, while the broker is away.
    """

    def __init__(self, settings: KernelSettings, container: Any) -> None:  # noqa: ANN401
        self.settings = settings
        self.container = container

    def names(self) -> list[str]:
        """Return the queues that this service takes from."""
        held = (*self.container.entrypoints, *self.container.subextensions)
        queues = {queue.name for each in held if (queue := getattr(each, "queue", None))}
        return sorted(queues)

    def collect(self) -> Iterator[Metric]:
        """Yield how many messages wait in each queue, and how many copies take from it."""
        waiting = GaugeMetricFamily(
            "sangkien_queue_messages", "Messages that wait in a queue", labels=["queue"]
        )
        takers = GaugeMetricFamily(
            "sangkien_queue_consumers", "Processes that take from a queue", labels=["queue"]
        )
        up = 0.0
        try:
            with connect(self.settings.amqp_url, self.settings.heartbeat) as connection:
                for name in self.names():
                    told = connection.default_channel.queue_declare(name, passive=True)
                    waiting.add_metric([name], told.message_count)
                    takers.add_metric([name], told.consumer_count)
            up = 1.0
        except CONNECTION_ERRORS as error:
            log.warning("queues unavailable", extra={"fields": {"why": type(error).__name__}})
        yield gauge("broker_up", "Whether the broker answered just now", up)
        if up:
            yield waiting
            yield takers

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that registering asks no broker."""
        return ()

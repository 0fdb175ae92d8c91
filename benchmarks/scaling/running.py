"""Copies of a service that find a lot of work waiting, and what it costs everybody: `Room.run`."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import amqp
import psutil
from sqlalchemy import create_engine, make_url, text

from benchmarks.echo import connection
from benchmarks.neighbours import wait_until_well
from benchmarks.scaling.lots import Lot, Waiting, Within
from benchmarks.scaling.processes import PYTHON, family_seconds, far, held
from deploy.local.instance import LOCAL, SERVICES, free_port
from deploy.local.stack import Stack
from kernel import schema
from kernel.testing import Bench, Lasting
from upkeep.backup.unheard import handlers

SERVERS = ("postgres", "rabbitmq", "seaweedfs")
HEARD = "operator.scaling.heard"
WARM = 8  # messages that each copy has done before it counts
REST = 3.0  # seconds in which it is seen what copies use that have nothing to do
PATIENCE = 600.0
EVERYONE = text("SELECT set_config('app.tenant', '*', false)")


@dataclass
class Ran:
    """What came of a run: how many were done, in how long, and CPU seconds by who used them.

    `resting` is what each uses a second while nothing waits: copies look for what is due.
    """

    done: int
    seconds: float
    used: dict[str, float]
    resting: dict[str, float]
    idle: float  # CPU seconds that nobody on the machine used

    @property
    def per_second(self) -> float:
        """How many were done a second."""
        return self.done / self.seconds

    def figures(self) -> dict[str, float]:
        """Return what is written down.

        The rate; the rate that two processors would give that nobody else uses; for one of them
        CPU milliseconds by whom, without what they use at rest; that, in a second, of all.
        """
        net = {who: used - self.resting[who] * self.seconds for who, used in self.used.items()}
        each = {f"{who}_cpu_ms": 1000 * used / self.done for who, used in net.items()}
        processors, rest = os.cpu_count() or 1, sum(self.resting.values())
        found = {
            "done": self.done,
            "per_second": self.per_second,
            "per_second_alone": self.done * (processors - rest) / sum(net.values()),
            **each,
            "resting_cpu_ms": 1000 * rest,
            "share": sum(self.used.values()) / (self.seconds * processors),
            "idle": self.idle / (self.seconds * processors),
        }
        return {name: round(figure, 3) for name, figure in found.items()}


class Room:
    """Servers without services, and for each lot a database made ready, copied for every run."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.admin = create_engine(
            stack.addresses.admin_database_url, isolation_level="AUTOCOMMIT"
        )
        self.ready: dict[str, list[Waiting]] = {}
        with connection(stack.addresses.amqp_url) as line:
            channel = line.channel()
            for service in SERVICES:
                channel.exchange_declare(service, "topic", durable=True, auto_delete=False)
            # Somebody has to hear what is said; else its relay offers it for ever.
            arguments = {"x-queue-type": "quorum", "x-max-length": 1000, "x-overflow": "drop-head"}
            channel.queue_declare(HEARD, durable=True, auto_delete=False, arguments=arguments)
            for service in SERVICES:
                channel.queue_bind(HEARD, service, routing_key="event.#")

    def make(self, name: str, owner: str, template: str = "template1") -> str:
        """Make a database anew; return its address."""
        own = make_url(self.stack.database_url(owner))
        with self.admin.connect() as line:
            line.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            made = f'CREATE DATABASE {name} OWNER "{own.username}" TEMPLATE {template}'
            line.execute(text(made))
        return own.set(database=name).render_as_string(hide_password=False)

    def prepare(self, lot: Lot, counts: Mapping[str, int]) -> None:
        """Make ready what the lot rests on: so much for each tenant."""
        url = self.make(f"scaling_{lot.service}", lot.service)
        schema.migrate(lot.service, url)
        told = self.stack.env(lot.service) | {"DATABASE_URL": url, "HEALTH_PORT": "0"}
        with patch.dict(os.environ, told):
            bench = Bench(lot.kind, told)
            each = [
                list(lot.prepare(Within(bench, tenant), count, self.stack.env("intake")))
                for tenant, count in counts.items()
            ]
            bench.close()
            Lasting.finish()
        longest = max(map(len, each))
        self.ready[lot.service] = [
            one[number] for number in range(longest) for one in each if number < len(one)
        ]
        engine = create_engine(url)
        with engine.begin() as line:
            line.execute(EVERYONE)
            line.execute(text("UPDATE outbox SET sent_at = now()"))
        engine.dispose()

    def run(self, lot: Lot, copies: int, delay: float, smtp: str) -> Ran:
        """Let so many copies work off all that waits, their servers `delay` ms away."""
        waiting = self.ready[lot.service]
        told = self.stack.env(lot.service) | {"SMTP_URL": smtp}
        told["DATABASE_URL"] = self.make("scaling_run", lot.service, f"scaling_{lot.service}")
        first, rest = waiting[: WARM * copies], waiting[WARM * copies :]
        with self.copies(lot, told, copies, delay) as pids, self.counting(lot, told) as done:
            wanted = done() + len(first)
            with held(pids):
                self.publish(first)
            wait_for(done, wanted)
            at_rest, since = self.used(pids), time.perf_counter()
            time.sleep(REST)
            used, passed = self.used(pids), time.perf_counter() - since
            resting = {who: (used[who] - at_rest[who]) / passed for who in used}
            with held(pids):
                self.publish(rest)
                used, idle = self.used(pids), psutil.cpu_times().idle
                began = time.perf_counter()
            wait_for(done, wanted + len(rest))
            seconds = time.perf_counter() - began
            after = self.used(pids)
            spent = {who: after[who] - used[who] for who in used}
            return Ran(len(rest), seconds, spent, resting, psutil.cpu_times().idle - idle)

    @contextmanager
    def copies(
        self, lot: Lot, told: Mapping[str, str], count: int, delay: float
    ) -> Iterator[list[int]]:
        """Run copies of a service, well and idle; give their process ids."""
        log = LOCAL / "scaling" / f"{lot.service}.log"
        with ExitStack() as kept:
            output = kept.enter_context(log.open("w"))
            if delay:
                told = kept.enter_context(far(told, delay))
            running, health = [], [free_port() for _ in range(count)]
            for port in health:
                process = subprocess.Popen(
                    [*PYTHON, "kernel.runner", lot.service],
                    env=os.environ | told | {"HEALTH_PORT": str(port)},
                    stdout=output, stderr=output,
                )  # fmt: skip
                kept.callback(process.wait)
                kept.callback(process.kill)
                running.append(process.pid)
            for port in health:
                wait_until_well(f"http://127.0.0.1:{port}/health", PATIENCE)
            yield running
        self.empty(lot)

    def publish(self, waiting: Sequence[Waiting]) -> None:
        """Put the messages on the broker, safely in their queues."""
        with connection(self.stack.addresses.amqp_url) as line:
            channel = line.channel()
            channel.confirm_select()
            left = [len(waiting)]
            tags = [0]

            def note(tag: int, multiple: bool) -> None:  # noqa: FBT001
                left[0] -= tag - tags[0] if multiple else 1
                tags[0] = max(tag, tags[0])

            channel.events["basic_ack"].add(note)
            for one in waiting:
                frame = amqp.Message(one.body, delivery_mode=2, message_id=one.id)
                channel.basic_publish(frame, one.exchange, one.key)
            while left[0] > 0:
                line.drain_events(timeout=60)

    def empty(self, lot: Lot) -> None:
        """Empty the queues of a service, which its copies have left."""
        with connection(self.stack.addresses.amqp_url) as line:
            channel = line.channel()
            for name in queues(lot):
                channel.queue_purge(name)

    @contextmanager
    def counting(self, lot: Lot, told: Mapping[str, str]) -> Iterator[Callable[[], int]]:
        """Give what counts the work done so far."""
        engine = create_engine(told["DATABASE_URL"], isolation_level="AUTOCOMMIT")
        with engine.connect() as line:
            line.execute(EVERYONE)
            yield lambda: int(line.scalar(text(lot.done)) or 0)
        engine.dispose()

    def used(self, pids: Sequence[int]) -> dict[str, float]:
        """Return the CPU seconds used so far: of the copies, and of each server."""
        found = {"copies": sum(map(family_seconds, pids))}
        for server in SERVERS:
            pid = self.stack.pid(server)
            found[server] = family_seconds(pid) if pid else 0.0
        return found


def queues(lot: Lot) -> list[str]:
    """Name the queues that a service works off."""
    heard = [handler.name for handler in handlers(lot.service)]
    return [f"{lot.service}.{name}" for name in ("commands", *heard)]


def wait_for(done: Callable[[], int], wanted: int) -> None:
    """Wait until so many are done."""
    deadline = time.monotonic() + PATIENCE
    while (now := done()) < wanted:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{wanted - now} were not done.")
        time.sleep(0.05)

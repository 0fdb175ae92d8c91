"""What the benchmarks share: timings, processes that serve, and answers over the broker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import amqp
import psutil

from benchmarks.echo import connection
from deploy.local.instance import LOCAL


@dataclass
class Timed:
    """How long each of many took, in seconds, and all of them together."""

    each: list[float] = field(default_factory=list)
    total: float = 0.0
    work: float = 0.0  # seconds of processor time of who served, where that is known

    def __add__(self, other: "Timed") -> "Timed":
        """Return both together."""
        return Timed(self.each + other.each, self.total + other.total, self.work + other.work)

    @property
    def per_second(self) -> float:
        """How many there were a second."""
        return len(self.each) / self.total if self.total else 0.0

    def percentile(self, share: float) -> float:
        """Return the time that this share of all did not exceed, in milliseconds."""
        ordered = sorted(self.each)
        place = min(len(ordered) - 1, int(share * len(ordered)))
        return 1000 * ordered[place] if ordered else float("nan")

    def figures(self) -> dict[str, float]:
        """Return what is written down."""
        return {
            "count": len(self.each),
            "per_second": round(self.per_second, 1),
            "p50_ms": round(self.percentile(0.5), 2),
            "p99_ms": round(self.percentile(0.99), 2),
            "cpu_us": round(1e6 * self.work / max(len(self.each), 1), 0),
        }


def processor_seconds(pid: int) -> float:
    """Return the processor time a process has used so far."""
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


@contextmanager
def serving(kind: str, environment: dict[str, str]) -> Iterator[int]:
    """Run `benchmarks.echo KIND` while the body runs; give its process id."""
    log = LOCAL / "bench" / f"{kind}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.echo", kind],
            env=os.environ | environment,
            stdout=output,
            stderr=output,
        )
    try:
        while "started" not in log.read_text():
            if process.poll() is not None:
                raise RuntimeError(f"The {kind} echo did not start; see {log}.")
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


class Caller:
    """Calls over one py-amqp connection, so many at a time.

    `publish(channel, ticket, reply_to)` puts one request on the channel; `bind(channel, queue)`
    lets answers come to the queue and returns what requests name as `reply_to`.
    """

    def __init__(
        self,
        url: str,
        publish: Callable[[amqp.Channel, str, str], None],
        bind: Callable[[amqp.Channel, str], str] = lambda _channel, queue: queue,
    ) -> None:
        self.connection = connection(url)
        self.channel = self.connection.channel()
        queue = self.channel.queue_declare(
            f"gateway.replies.bench.{os.getpid()}.{id(self)}", exclusive=True
        ).queue
        self.reply_to = bind(self.channel, queue)
        self.channel.basic_consume(queue, no_ack=True, callback=self.take)
        self.publish = publish
        self.asked: dict[str, float] = {}
        self.timed = Timed()
        self.count = 0

    def take(self, message: amqp.Message) -> None:
        """Note an answer."""
        began = self.asked.pop(message.properties["correlation_id"], None)
        if b'"ok"' not in message.body[:6]:
            raise RuntimeError(f"It was answered with {message.body[:300]!r}.")
        if began is not None:
            self.timed.each.append(time.perf_counter() - began)

    def ask(self) -> None:
        """Send one request."""
        self.count += 1
        ticket = str(self.count)
        self.asked[ticket] = time.perf_counter()
        self.publish(self.channel, ticket, self.reply_to)

    def run(self, seconds: float, in_flight: int) -> Timed:
        """Ask for so long, always so many at a time."""
        self.timed = measured = Timed()
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            while len(self.asked) < in_flight:
                self.ask()
            self.connection.drain_events(timeout=20)
        measured.total = time.perf_counter() - began
        while self.asked:
            self.connection.drain_events(timeout=20)
        return measured

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

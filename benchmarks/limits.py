"""What the machine and the broker could do at most, and what each service weighs at rest."""

import os
import time
from pathlib import Path

import amqp
import psutil

from benchmarks.echo import connection
from deploy.local.instance import LOCAL, SERVICES
from deploy.local.stack import Stack

SECONDS = 2.0


def fsyncs() -> float:
    """Return how often a second the disk makes 8 kB safe, as a commit does."""
    path = LOCAL / "bench" / "fsync"
    path.parent.mkdir(parents=True, exist_ok=True)
    count, block = 0, bytes(8192)
    with path.open("wb", buffering=0) as file:
        began = time.perf_counter()
        while time.perf_counter() - began < SECONDS:
            file.write(block)
            os.fdatasync(file.fileno())
            count += 1
        took = time.perf_counter() - began
    path.unlink()
    return round(count / took, 1)


def confirms(stack: Stack) -> dict[str, float]:
    """Return how many persistent messages a second a quorum queue confirms."""
    return {
        "one at a time": confirm_rate(stack, 1),
        "200 at a time": confirm_rate(stack, 200),
    }


def confirm_rate(stack: Stack, batch: int) -> float:
    """Publish so many at a time and wait for the confirms, from py-amqp."""
    with connection(stack.addresses.amqp_url) as line:
        channel = line.channel()
        channel.confirm_select()
        queue = "operator.bench.confirms"
        channel.queue_declare(
            queue, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"}
        )
        safe = [0]

        def note(tag: int, multiple: bool) -> None:  # noqa: FBT001
            safe[0] = tag if multiple else safe[0] + 1

        channel.events["basic_ack"].add(note)
        body, sent = b"x" * 256, 0
        began = time.perf_counter()
        while time.perf_counter() - began < SECONDS:
            for _ in range(batch):
                channel.basic_publish(amqp.Message(body, delivery_mode=2), "", queue)
                sent += 1
            while safe[0] < sent:
                line.drain_events(timeout=20)
        took = time.perf_counter() - began
        channel.queue_delete(queue)
        return round(sent / took, 1)


def memory(stack: Stack) -> dict[str, dict[str, float]]:
    """Return the megabytes of each service process."""
    return {service: weight(stack.pid(service)) for service in SERVICES}


def weight(pid: int | None) -> dict[str, float]:
    """Return a process's resident and proportional memory in MB, children with it."""
    parent = psutil.Process(pid)
    found = [each.memory_full_info() for each in (parent, *parent.children(recursive=True))]
    return {
        "rss_mb": round(sum(each.rss for each in found) / 2**20, 1),
        "pss_mb": round(sum(each.pss for each in found) / 2**20, 1),
    }


def processor() -> str:
    """Name the machine's processor and how many there are."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} x {names[0] if names else 'unknown'}"

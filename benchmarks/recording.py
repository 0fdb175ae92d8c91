"""Events that the ledger's own process takes from its queue and puts on the chain, a second.

The process is the real one, the queue a real one; each event is a transaction of its own there.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import amqp
from sqlalchemy import Engine, create_engine, text

from benchmarks.calls import wrapped
from benchmarks.echo import connection
from benchmarks.measuring import processor_seconds
from contracts import review
from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from kernel.broker import exchange
from kernel.clock import now

PATIENCE = 600.0  # seconds


@contextmanager
def recording(stack: Stack) -> Iterator[int]:
    """Run the ledger while the body runs; give its process id."""
    log = LOCAL / "bench" / "recording.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "kernel.runner", "ledger"],
            env=os.environ | stack.env("ledger") | {"HEALTH_PORT": "0"},
            stdout=output,
            stderr=output,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


def recorded(stack: Stack, events: int) -> dict[str, float]:
    """Publish so many events, wait for the chain to have them; a second of clock and processor."""
    engine = create_engine(stack.database_url("ledger"))
    with recording(stack) as pid, connection(stack.addresses.amqp_url) as line:
        channel = line.channel()
        exchange("review")(channel).declare()
        while length(engine) == 0:  # until its queue is bound nobody hears
            publish(channel, 1)
            time.sleep(0.5)
        began, used, before = time.perf_counter(), processor_seconds(pid), length(engine)
        publish(channel, events)
        while length(engine) < before + events:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{length(engine) - before} of {events} events were recorded.")
            time.sleep(0.1)
        seconds, cpu = time.perf_counter() - began, processor_seconds(pid) - used
    engine.dispose()
    return {"per_second": round(events / seconds), "per_cpu_second": round(events / cpu)}


def publish(channel: amqp.Channel, events: int) -> None:
    """Say sheets as review's relay would."""
    said = review.MarksGiven(
        contest_id="B", round_id="R1", entry_id="e", judge_id="j", version=1, marks={},
        total=0, given_at=now(), nonce="11" * 32, digest="00" * 32, words="22" * 32,
    )  # fmt: skip
    for _ in range(events):
        frame = amqp.Message(
            wrapped(said), content_type="application/json", delivery_mode=2,
            type="review.MarksGiven",
        )  # fmt: skip
        channel.basic_publish(frame, "review", "event.MarksGiven")


def length(engine: Engine) -> int:
    """Return how many events are on the chains."""
    with engine.connect() as line:
        line.execute(text("SELECT set_config('app.tenant', '*', false)"))
        return int(line.scalar(text("SELECT coalesce(sum(length), 0) FROM head")) or 0)

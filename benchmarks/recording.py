"""Events that the ledger's own process takes from its queue and puts on the chain, a second.

The process is the real one, the queue a real one. Beside it somebody who only keeps what they
hear: the same messages from a queue of the same kind into a table that is added to, without
proofs, as many in a transaction.
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
from services.ledger.gathering import MOST

PATIENCE = 600.0  # seconds
PLAIN = "bench.plain"
KEEP = text("INSERT INTO plain (said) SELECT unnest(CAST(:said AS text[]))")


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


def kept(stack: Stack, events: int) -> dict[str, float]:  # noqa: PLR0915  # a hearer at a glance
    """Publish so many events, write them into a plain table; a second of clock and processor."""
    engine = create_engine(stack.database_url("ledger"))
    with connection(stack.addresses.amqp_url) as line, engine.connect() as rows:
        rows.execute(text("CREATE TEMPORARY TABLE plain (number bigserial, said text)"))
        rows.commit()
        channel, waiting = line.channel(), list[amqp.Message]()
        exchange("review")(channel).declare()
        kind = {"x-queue-type": "quorum"}
        channel.queue_declare(PLAIN, durable=True, auto_delete=False, arguments=kind)
        channel.queue_bind(PLAIN, "review", "event.MarksGiven")
        channel.basic_qos(0, 2 * MOST, a_global=False)
        publish(channel, events)
        began, used, left = time.perf_counter(), time.process_time(), events
        channel.basic_consume(PLAIN, PLAIN, callback=waiting.append)
        while left:
            while len(waiting) < min(MOST, left):
                line.drain_events(timeout=PATIENCE)
            said = [message.body for message in waiting]
            rows.execute(KEEP, {"said": said})
            rows.commit()
            channel.basic_ack(waiting[-1].delivery_tag, multiple=True)
            left -= len(waiting)
            waiting.clear()
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        channel.basic_cancel(PLAIN)
        channel.queue_delete(PLAIN)
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

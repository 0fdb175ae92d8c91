"""Questions and commands per second: ours beside nameko as it comes and beside bare py-amqp.

Ours does what the others do not: envelope, types, tenant, log ids, metrics, and for a command a
transaction that remembers the reply. The others only echo.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from uuid import uuid4

import amqp
from nameko.standalone.rpc import ClusterRpcProxy

from benchmarks.echo import BARE_QUEUE
from benchmarks.measuring import Caller, Timed, processor_seconds, serving
from contracts import review
from contracts.message import Actor, Message
from deploy.local.stack import Stack
from kernel import clock, envelope
from kernel.client import Client

SECONDS = 3.0
AT_ONCE = 32
WORDS = "Sáng kiến cải cách hành chính " * 5
ACTOR = Actor(id="bench", roles=frozenset({"operator"}))

Figures = dict[str, dict[str, float]]


def wrapped(message: Message) -> bytes:
    """Return a request as the gateway sends it."""
    return envelope.encode(
        envelope.wrap(message, tenant="hau-giang", actor=ACTOR, occurred_at=clock.now())
    )


def publish(
    exchange: str, key: str, message: Message, delivery_mode: int
) -> Callable[[amqp.Channel, str, str], None]:
    """Return what publishes such a request."""

    def send(channel: amqp.Channel, ticket: str, reply_to: str) -> None:
        frame = amqp.Message(
            wrapped(message),
            delivery_mode=delivery_mode,
            correlation_id=ticket,
            reply_to=reply_to,
            message_id=uuid4().hex,
        )
        channel.basic_publish(frame, exchange, key)

    return send


def at_review(channel: amqp.Channel, queue: str) -> str:
    """Let the answers of review come to a queue."""
    channel.exchange_declare("gateway", "topic", durable=True, auto_delete=False)
    channel.queue_bind(queue, "review", routing_key=f"reply.{queue}")
    return f"reply.{queue}"


def both(run: Callable[[float, int], Timed], pid: int) -> Figures:
    """Measure one at a time, and many, with the processor time of the serving process."""
    figures = {}
    for name, in_flight in (("sequential", 1), (f"at {AT_ONCE}", AT_ONCE)):
        run(0.5, in_flight)
        used = processor_seconds(pid)
        timed = run(SECONDS, in_flight)
        timed.work = processor_seconds(pid) - used
        figures[name] = timed.figures()
    return figures


def through(caller: Caller, pid: int) -> Figures:
    """Measure a caller, then hang up."""
    try:
        return both(caller.run, pid)
    finally:
        caller.close()


def stock(url: str, pid: int) -> Figures:
    """Measure nameko's own proxy against nameko's own entrypoint."""
    with ClusterRpcProxy({"AMQP_URI": url}, timeout=30) as proxy:

        def run(seconds: float, in_flight: int) -> Timed:
            timed = Timed()
            waiting: deque[tuple[float, object]] = deque()
            began = time.perf_counter()
            while time.perf_counter() - began < seconds or waiting:
                if time.perf_counter() - began < seconds and len(waiting) < in_flight:
                    asked_at = time.perf_counter()
                    waiting.append((asked_at, proxy.bench_stock.echo.call_async(WORDS)))
                    continue
                asked_at, asked = waiting.popleft()
                asked.result()  # type: ignore[attr-defined]
                timed.each.append(time.perf_counter() - asked_at)
            timed.total = time.perf_counter() - began
            return timed

        return both(run, pid)


def gateways_client(url: str, message: Message, pid: int) -> Figures:
    """Measure through the gateway's asyncio client."""

    async def run(seconds: float, in_flight: int) -> Timed:
        client = Client(url, speaker="gateway", services=("review",))
        await client.start()
        timed = Timed()
        began = time.perf_counter()

        async def one_after_another() -> None:
            while (asked_at := time.perf_counter()) - began < seconds:
                await client.ask(message, reply=str, tenant="hau-giang", actor=ACTOR)
                timed.each.append(time.perf_counter() - asked_at)

        await asyncio.gather(*(one_after_another() for _ in range(in_flight)))
        timed.total = time.perf_counter() - began
        await client.close()
        return timed

    return both(lambda seconds, in_flight: asyncio.run(run(seconds, in_flight)), pid)


def measure(stack: Stack) -> dict[str, Figures]:
    """Return the figures of every way to echo."""
    url = stack.addresses.amqp_url
    question = review.ShowRound(contest_id="hg", round_id=WORDS)
    order = review.OpenRound(contest_id="hg", round_id=WORDS)
    figures: dict[str, Figures] = {}
    with serving("bare", {"AMQP_URL": url}) as pid:
        figures["bare py-amqp"] = through(Caller(url, publish("", BARE_QUEUE, question, 1)), pid)
    with serving("stock", {"AMQP_URL": url}) as pid:
        figures["stock nameko"] = stock(url, pid)
    with serving("ours", stack.env("review") | {"HEALTH_PORT": "0"}) as pid:
        asking = publish("gateway", "review.query", question, 1)
        figures["our @query"] = through(Caller(url, asking, at_review), pid)
        ordering = publish("gateway", "review.command", order, 2)
        figures["our @command"] = through(Caller(url, ordering, at_review), pid)
        gateway = stack.env("gateway")["AMQP_URL"]
        figures["our @query, gateway's client"] = gateways_client(gateway, question, pid)
        figures["our @command, gateway's client"] = gateways_client(gateway, order, pid)
    return figures

"""Questions and commands per second: ours beside nameko as it comes and beside bare py-amqp.

Ours does what the others do not: envelope, types, tenant, log ids, metrics, and for a command a
transaction that remembers the reply. The others only echo.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any
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

SECONDS = 1.0
TURNS = 4
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


@dataclass
class Way:
    """A way to echo: `run(seconds, in_flight)` asks, the process `pid` answers."""

    name: str
    run: Callable[[float, int], Timed]
    pid: int
    found: dict[str, Timed] = field(default_factory=dict)

    def measure(self) -> None:
        """Add one turn, one at a time and many."""
        for how, in_flight in (("sequential", 1), (f"at {AT_ONCE}", AT_ONCE)):
            self.run(0.2, in_flight)
            used = processor_seconds(self.pid)
            turn = self.run(SECONDS, in_flight)
            turn.work = processor_seconds(self.pid) - used
            self.found[how] = self.found.get(how, Timed()) + turn


def stock(proxy: Any, seconds: float, in_flight: int) -> Timed:  # noqa: ANN401  # nameko's
    """Ask nameko's own entrypoint through nameko's own proxy."""
    timed = Timed()
    waiting: deque[tuple[float, Any]] = deque()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds or waiting:
        if time.perf_counter() - began < seconds and len(waiting) < in_flight:
            asked_at = time.perf_counter()
            waiting.append((asked_at, proxy.bench_stock.echo.call_async(WORDS)))
            continue
        asked_at, asked = waiting.popleft()
        asked.result()
        timed.each.append(time.perf_counter() - asked_at)
    timed.total = time.perf_counter() - began
    return timed


def through_gateways_client(url: str, message: Message, seconds: float, in_flight: int) -> Timed:
    """Ask as the gateway does, from asyncio."""

    async def run() -> Timed:
        client = Client(url, speaker="gateway", services=("review",))
        await client.start()
        await client.ask(message, reply=str, tenant="hau-giang", actor=ACTOR)
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

    return asyncio.run(run())


def measure(stack: Stack) -> dict[str, Figures]:
    """Return the figures of every way to echo; they take turns, so that all see the same load."""
    url, gateway = stack.addresses.amqp_url, stack.env("gateway")["AMQP_URL"]
    question = review.ShowRound(contest_id="hg", round_id=WORDS)
    order = review.OpenRound(contest_id="hg", round_id=WORDS)
    with (
        serving("bare", {"AMQP_URL": url}) as bare,
        serving("stock", {"AMQP_URL": url}) as stocks,
        serving("ours", stack.env("review") | {"HEALTH_PORT": "0"}) as ours,
        ClusterRpcProxy({"AMQP_URI": url}, timeout=30) as proxy,
        ExitStack() as callers,
    ):
        by_bare = Caller(url, publish("", BARE_QUEUE, question, 1))
        asking = Caller(url, publish("gateway", "review.query", question, 1), at_review)
        ordering = Caller(url, publish("gateway", "review.command", order, 2), at_review)
        for caller in (by_bare, asking, ordering):
            callers.callback(caller.close)
        ways = [
            Way("bare py-amqp", by_bare.run, bare),
            Way("stock nameko", partial(stock, proxy), stocks),
            Way("our @query", asking.run, ours),
            Way("our @command", ordering.run, ours),
            Way("our @query, gateway's client",
                partial(through_gateways_client, gateway, question), ours),
            Way("our @command, gateway's client",
                partial(through_gateways_client, gateway, order), ours),
        ]  # fmt: skip
        for _turn in range(TURNS):
            for way in ways:
                way.measure()
    return {way.name: {how: timed.figures() for how, timed in way.found.items()} for way in ways}

"""Typed calls to the services, from asyncio: one connection, any number of calls in flight.

Start with `Client.ask`. A command goes persistent and is confirmed by the broker before its
answer is awaited; a query is transient and expires with its timeout. Answers come to a queue of
this process alone. When the broker goes away, whatever is in flight fails with `Unavailable`
and the connection is taken up again by itself, for ever.
"""

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import aiormq
import msgspec
from aiormq.abc import AbstractChannel, AbstractConnection, DeliveredMessage
from pamqp.commands import Basic

from contracts.message import Actor, Command, Envelope, Query
from kernel import clock, envelope
from kernel.errors import Refused, Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")

SHORTEST_PAUSE = 0.1  # seconds between two attempts to connect
LONGEST_PAUSE = 3.0
PATIENCE = 2.0  # seconds a call waits for a connection that is just being taken up
BROKEN = (OSError, aiormq.AMQPError, aiormq.exceptions.ChannelInvalidStateError)
GONE = "The broker went away; try again soon."


class RemoteRefusal(Refused):
    """A service refused, with the code, kind, template and parameters it gave."""

    def __init__(self, code: str, kind: str, template: str, params: dict[str, object]) -> None:
        super().__init__(template)
        self.given_code = code
        self.kind = kind
        self.params = params
        with contextlib.suppress(LookupError, ValueError):  # a brace the service meant as such
            self.args = (template.format(**params),)

    @property
    def code(self) -> str:
        """Return the name of the error as the service raised it."""
        return self.given_code


class RemoteFailure(Exception):
    """A service failed in a way nobody foresaw; its own log says why."""


class TimedOut(Unavailable):
    """No answer came in time; a command may still take effect, so repeat it with its id."""


class Client:
    """Asks services. `speaker` names the exchange to publish to, `services` those to hear."""

    def __init__(self, amqp_url: str, *, speaker: str, services: Iterable[str]) -> None:
        self.url = amqp_url.replace("pyamqp://", "amqp://", 1)
        self.speaker = speaker
        self.services = tuple(services)
        self.token = secrets.token_hex(8)
        self.waiting: dict[str, asyncio.Future[bytes]] = {}
        self.connection: AbstractConnection | None = None
        self.channel: AbstractChannel | None = None
        self.ready = asyncio.Event()
        self.keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect; returns at once, also when there is no broker yet."""
        self.keeper = asyncio.create_task(self._keep_connected())

    async def close(self) -> None:
        """Stop connecting, and end what is in flight."""
        if self.keeper is not None:
            self.keeper.cancel()
            await asyncio.wait([self.keeper])
        await self._disconnect()

    @property
    def connected(self) -> bool:
        """Tell whether a call would reach the broker now."""
        return self.channel is not None and not self.channel.is_closed

    async def _open_channel(self) -> AbstractChannel:
        """Return the channel, after a moment if the connection is just being taken up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):  # `wait_for` may swallow the caller's timeout
                await self.ready.wait()
        if self.channel is None or self.channel.is_closed:
            raise Unavailable("The broker cannot be reached; try again soon.")
        return self.channel

    async def ask(  # noqa: PLR0913  # a call is all of this, and each part has its name
        self,
        message: Command | Query,
        *,
        reply: type[T],
        tenant: str,
        actor: Actor,
        id: str | None = None,  # noqa: A002  # as in the envelope
        occurred_at: datetime | None = None,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        timeout: float = 30.0,  # noqa: ASYNC109  # it also bounds how long the message lives
    ) -> T:
        """Return the answer, as `reply`.

        Raises `RemoteRefusal`, `RemoteFailure`, `TimedOut`, or `Unavailable` when the broker or
        the asked service is not there.
        """
        wrapped = envelope.wrap(
            message,
            tenant=tenant,
            actor=actor,
            occurred_at=occurred_at or clock.now(),
            message_id=id,
            correlation_id=correlation_id,
            traceparent=traceparent,
        )
        ticket = envelope.new_id()
        answer = self.waiting[ticket] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await self._publish(
                    wrapped, ticket, None if isinstance(message, Command) else timeout
                )
                return msgspec.convert(_opened(await answer), reply, strict=False)
        except TimeoutError:
            raise TimedOut(f"{wrapped.type} was not answered in {timeout:g} s.") from None
        except BROKEN as problem:
            raise Unavailable(GONE) from problem
        finally:
            del self.waiting[ticket]
            if answer.done() and not answer.cancelled():
                answer.exception()  # seen, even if publishing failed first

    async def _publish(self, wrapped: Envelope, ticket: str, lifetime: float | None) -> None:
        """Hand a message to the broker and have it confirmed; a lifetime makes it transient."""
        channel = await self._open_channel()
        service = wrapped.type.partition(".")[0]
        try:
            await channel.basic_publish(
                envelope.encode(wrapped),
                exchange=self.speaker,
                routing_key=f"{service}.command" if lifetime is None else f"{service}.query",
                mandatory=True,
                properties=Basic.Properties(
                    content_type="application/json",
                    delivery_mode=2 if lifetime is None else 1,
                    expiration=None if lifetime is None else str(int(lifetime * 1000)),
                    correlation_id=ticket,
                    reply_to=f"reply.{self.token}",
                    message_id=wrapped.id,
                ),
            )
        except aiormq.exceptions.PublishError:
            raise Unavailable(f"The service {service} is not running.") from None

    async def _keep_connected(self) -> None:
        """Connect, wait until the connection is lost, and begin again."""
        pause = SHORTEST_PAUSE
        while True:
            try:
                async with asyncio.timeout(10):
                    channel = await self._connect()
                pause = SHORTEST_PAUSE
                await asyncio.wait([channel.closing])
            except BROKEN as problem:
                log.warning("No broker: %s", type(problem).__name__)
            await self._disconnect()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> AbstractChannel:
        """Open a channel with a reply queue that hears every service."""
        self.connection = await aiormq.connect(self.url)
        channel = await self.connection.channel(publisher_confirms=True)
        queue = f"{self.speaker}.replies.{self.token}"
        await channel.exchange_declare(self.speaker, exchange_type="topic", durable=True)
        await channel.queue_declare(queue, exclusive=True, auto_delete=True)
        for service in self.services:
            await channel.queue_bind(queue, service, routing_key=f"reply.{self.token}")
        await channel.basic_consume(queue, self._take, no_ack=True)
        self.channel = channel
        self.ready.set()
        return channel

    async def _disconnect(self) -> None:
        """Let go of the connection and fail what was in flight."""
        self.ready.clear()
        connection, self.connection, self.channel = self.connection, None, None
        for answer in [answer for answer in self.waiting.values() if not answer.done()]:
            answer.set_exception(Unavailable(GONE))
        if connection is not None:
            with contextlib.suppress(*BROKEN):
                await connection.close(ConnectionResetError(GONE))

    async def _take(self, message: DeliveredMessage) -> None:
        """Give an answer to whoever waits; one that came too late is dropped."""
        answer = self.waiting.get(message.header.properties.correlation_id or "")
        if answer is not None and not answer.done():
            answer.set_result(message.body)


def _opened(answer: bytes) -> Any:  # noqa: ANN401  # any JSON; `ask` gives it its type
    """Return what the service replied, or raise what it raised."""
    match json.loads(answer):
        case {"ok": reply}:
            return reply
        case {"refused": {"code": code, "kind": kind, "template": template, "params": params}}:
            raise RemoteRefusal(code, kind, template, params)
        case {"failed": {"code": "Unavailable"}}:
            raise Unavailable("Something this needs is down; try again soon.")
        case {"failed": {"code": code, "message": message}}:
            raise RemoteFailure(f"{code}: {message}")
        case _:
            raise RemoteFailure("The service gave an answer that nobody understands.")

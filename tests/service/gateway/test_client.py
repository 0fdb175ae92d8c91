"""Asking services over a real broker: answers, refusals, silence and lost connections."""

import asyncio
import contextlib
from urllib.parse import urlsplit

import pytest

from contracts import intake, ledger
from contracts.message import Actor, Query
from kernel.client import Client, RemoteRefusal, TimedOut
from kernel.errors import Unavailable
from services.gateway.service import SERVICES

SOMEBODY = Actor(id="somebody", roles=frozenset({"organiser"}))


class AskNobody(Query, frozen=True, kw_only=True):
    """A question to a service that is not there."""


class Wire:
    """A TCP connection to the broker that can be cut."""

    def __init__(self, url: str) -> None:
        self.broker = urlsplit(url)
        self.writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.join, "127.0.0.1")
        port = self.server.sockets[0].getsockname()[1]
        netloc = f"{self.broker.username}:{self.broker.password}@127.0.0.1:{port}"
        self.url = self.broker._replace(netloc=netloc).geturl()
        return self

    async def __aexit__(self, *_):
        self.server.close()
        self.cut()

    async def join(self, reader, writer):
        there = await asyncio.open_connection(self.broker.hostname, self.broker.port)
        self.writers += [writer, there[1]]
        await asyncio.gather(self.carry(reader, there[1]), self.carry(there[0], writer))

    async def carry(self, reader, writer):
        with contextlib.suppress(OSError):
            while chunk := await reader.read(65536):
                writer.write(chunk)
        writer.close()

    def cut(self):
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()


@contextlib.asynccontextmanager
async def connected(url):
    client = Client(url, speaker="gateway", services=SERVICES)
    await client.start()
    try:
        yield client
    finally:
        await client.close()


def head(client, tenant):
    return client.ask(ledger.ShowHead(), reply=ledger.Head, tenant=tenant, actor=SOMEBODY)


@pytest.mark.usefixtures("behind")
def test_many_questions_are_answered_at_once(environment, tenant):
    async def ask() -> list[ledger.Head]:
        async with connected(environment["AMQP_URL"]) as client:
            return await asyncio.gather(*(head(client, tenant) for _ in range(50)))

    heads = asyncio.run(ask())

    assert {found.length for found in heads} == {0}
    assert len(heads) == 50


@pytest.mark.usefixtures("behind")
def test_a_refusal_comes_back_as_it_was_raised(environment, tenant):
    query = ledger.ProveEvent(event_id="e-1")

    async def ask() -> None:
        async with connected(environment["AMQP_URL"]) as client:
            await client.ask(query, reply=ledger.LedgerLine, tenant=tenant, actor=SOMEBODY)

    with pytest.raises(RemoteRefusal, match=r"The ledger has no event e-1\.") as caught:
        asyncio.run(ask())

    refusal = caught.value
    assert (refusal.code, refusal.kind) == ("EventNotRecorded", "NotFound")
    assert (refusal.template, refusal.params) == (
        "The ledger has no event {event_id}.",
        {"event_id": "e-1"},
    )


def test_a_service_that_is_not_there_is_missed_at_once(environment, tenant, monkeypatch):
    # A message belongs to the service whose contracts it stands in; this one has none.
    monkeypatch.setattr(AskNobody, "__module__", "contracts.nobody")

    async def ask() -> None:
        async with connected(environment["AMQP_URL"]) as client:
            await client.ask(AskNobody(), reply=str, tenant=tenant, actor=SOMEBODY)

    with pytest.raises(Unavailable, match="The service nobody is not running"):
        asyncio.run(ask())


def test_without_a_broker_a_call_fails_soon(tenant):
    async def ask() -> None:
        async with connected("pyamqp://gateway:wrong@127.0.0.1:1/nowhere") as client:
            await head(client, tenant)

    with pytest.raises(Unavailable, match="cannot be reached"):
        asyncio.run(ask())


@pytest.mark.usefixtures("behind")
def test_a_call_in_flight_fails_and_the_next_one_is_answered(environment, tenant):
    async def ask() -> tuple[list[BaseException | None], ledger.Head]:
        async with Wire(environment["AMQP_URL"]) as wire, connected(wire.url) as client:
            await head(client, tenant)
            in_flight = [asyncio.ensure_future(head(client, tenant)) for _ in range(5)]
            await asyncio.sleep(0)
            wire.cut()
            await asyncio.wait(in_flight)
            return [call.exception() for call in in_flight], await head(client, tenant)

    problems, after = asyncio.run(ask())

    assert {type(problem) for problem in problems} <= {Unavailable, type(None)}
    assert Unavailable in {type(problem) for problem in problems}
    assert after.length == 0


@pytest.mark.usefixtures("behind")
def test_what_takes_too_long_is_given_up(environment, tenant):
    query = intake.ListContests()

    async def ask() -> None:
        async with connected(environment["AMQP_URL"]) as client:
            await head(client, tenant)
            await client.ask(query, reply=object, tenant=tenant, actor=SOMEBODY, timeout=0)

    with pytest.raises(TimedOut, match=r"intake\.ListContests was not answered"):
        asyncio.run(ask())

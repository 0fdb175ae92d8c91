"""The gateway's process: the public port and the health port, until told to stop.

Who may do what is decided by the services behind it; it knows who calls (`accounts`), says it
for them (`caller`), and puts answers into words (`problems`, `words`). Routes are in `api`.
"""

import asyncio
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import uvicorn
import uvloop
from litestar import Litestar
from prometheus_client import REGISTRY

from kernel import logs
from kernel.client import Client
from kernel.database import Database
from kernel.settings import BadSetting, KernelSettings, load
from services.gateway import app, health
from services.gateway.accounts import Accounts
from services.gateway.beating import keep_beating
from services.gateway.caller import Door
from services.gateway.settings import GatewaySettings
from services.gateway.turns import Turns
from telemetry.provider import collectors
from telemetry.tracing import Tracer

SERVICES = ("intake", "originality", "review", "awards", "notify", "ledger")


class Server(uvicorn.Server):
    """A server that leaves signals alone: two of them stop together, with exit status 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def main() -> None:
    """Serve until SIGTERM or SIGINT, then finish what has begun."""
    try:
        kernel, own = load(KernelSettings), load(GatewaySettings)
    except BadSetting as problem:
        sys.stderr.write(f"gateway cannot start. {problem}\n")
        raise SystemExit(2) from problem
    logs.set_up("gateway", kernel.log_level)
    database = Database()
    database.connect(kernel, wake=lambda: None)
    client = Client(kernel.amqp_url, speaker="gateway", services=SERVICES)
    turns = Turns(own.requests_at_once, own.ask_seconds)
    tracer = Tracer("gateway")
    accounts = Accounts(database, timedelta(minutes=own.idle_minutes), own.door_key)
    door = Door(client, accounts, own, turns, tracer=tracer)
    for collector in collectors(database):
        REGISTRY.register(collector)
    try:
        uvloop.run(serve(door, kernel))
    finally:
        tracer.stop()
        database.stop()


async def serve(door: Door, kernel: KernelSettings) -> None:
    """Run both servers until a signal comes."""
    servers = [listen(app.build(door), door.settings.http_host, door.settings.http_port, door)]
    if kernel.health_port:
        inside = health.application(door)
        servers.append(listen(inside, kernel.health_host, kernel.health_port, door))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, servers)
    beats = asyncio.create_task(keep_beating(door))
    gc.freeze()  # what is there now stays; looking through it would hold everybody up
    try:
        await asyncio.gather(*(server.serve() for server in servers))
    finally:
        beats.cancel()


def listen(application: Litestar, host: str, port: int, door: Door) -> Server:
    """Return a server of the application."""
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=door.settings.forwarded_allow_ips,
        timeout_graceful_shutdown=7,
    )
    return Server(config)


def stop(servers: list[Server]) -> None:
    """Let every server finish its requests and end."""
    for server in servers:
        server.should_exit = True

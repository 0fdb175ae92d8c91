"""The trial service as processes on a real broker: started, ended, asked and looked at."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from contracts import review
from contracts.message import Actor, Command, Query
from kernel.client import Client
from kernel.errors import Unavailable

CHAIR = Actor(id="j-1", roles=frozenset({"chair"}))
COMMAND = (sys.executable, "-W", "ignore", "-m", "tests.service.kernel.serve")


class Hosted:
    """Copies of the trial service, each started again when it ends, until `stop`."""

    def __init__(self, environment: dict[str, str], ports: list[int], gateway_url: str) -> None:
        self.environment = os.environ | environment
        self.gateway_url = gateway_url
        self.ports = ports
        self.log: list[dict[str, Any]] = []
        self.processes: dict[int, subprocess.Popen[str]] = {}
        self.statuses: list[int] = []
        self.stopping = False
        self.threads = [threading.Thread(target=self.keep, args=(port,)) for port in ports]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()
        for port in self.ports:
            self.until(lambda port=port: self.health(port).status_code == 200)

    def keep(self, port: int) -> None:
        """Run one copy, again and again."""
        while not self.stopping:
            process = self.processes[port] = subprocess.Popen(
                COMMAND,
                env=self.environment | {"HEALTH_PORT": str(port)},
                stdout=subprocess.PIPE,
                text=True,
            )
            for line in process.stdout:
                self.log.append(json.loads(line))
            self.statuses.append(process.wait())
            process.stdout.close()

    def stop(self) -> None:
        self.stopping = True
        for process in self.processes.values():
            process.terminate()
        for thread in self.threads:
            thread.join(15)

    def health(self, port: int | None = None) -> httpx.Response:
        """Ask how a copy is; 0 of a status where it does not answer."""
        try:
            return httpx.get(f"http://127.0.0.1:{port or self.ports[0]}/health", timeout=5)
        except httpx.TransportError:
            return httpx.Response(0)

    def page(self, path: str, port: int | None = None) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{port or self.ports[0]}{path}", timeout=5)

    def until(self, fits: Callable[[], object], seconds: float = 60) -> object:
        """Look until it fits; fail when it takes too long."""
        deadline = time.monotonic() + seconds
        while not (found := fits()):
            assert time.monotonic() < deadline, "it did not come to pass"
            time.sleep(0.05)
        return found

    # -- asking over the broker

    def ask(self, *messages: Command | Query, tenant: str, **options: Any) -> list[Any]:
        """Ask all at once; return the answers, errors among them."""

        async def all_of_them() -> list[Any]:
            async with self.client() as client:
                calls = [
                    client.ask(message, tenant=tenant, **{"reply": Any, "actor": CHAIR, **options})
                    for message in messages
                ]
                return await asyncio.gather(*calls, return_exceptions=True)

        return asyncio.run(all_of_them())

    @asynccontextmanager
    async def client(self) -> Iterator[Client]:
        client = Client(self.gateway_url, speaker="gateway", services=("review",))
        await client.start()
        try:
            yield client
        finally:
            await client.close()

    def open(
        self, tenant: str, contest_id: str = "hg", round_id: str = "R1", **options: Any
    ) -> Any:
        asked = review.OpenRound(contest_id=contest_id, round_id=round_id)
        (answer,) = self.ask(asked, tenant=tenant, **options)
        return answer

    def notes(self, tenant: str) -> list[str]:
        """Return the notes but the reminders of the timer."""
        (answer,) = self.ask(review.ShowRound(contest_id="hg", round_id="R1"), tenant=tenant)
        if isinstance(answer, Unavailable):
            return []
        assert isinstance(answer, list), answer
        return [note for note in answer if not note.startswith("reminded")]

    # -- looking past the service

    @contextmanager
    def database(self) -> Iterator[Any]:
        engine = create_engine(self.environment["DATABASE_URL"])
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
            yield connection
        engine.dispose()

    def select(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        with self.database() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]

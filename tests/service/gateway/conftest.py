"""The gateway on a real broker and database, with services running behind it.

Every test is a tenant of its own, so that they share the running services and see nothing of
one another.
"""

import json
import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient
from nacl.pwhash import argon2id

from deploy.local.instance import write_privately
from kernel import schema
from kernel.client import Client
from kernel.database import Database
from kernel.settings import KernelSettings, load
from services.gateway import app, boxes, passwords
from services.gateway.accounts import Accounts
from services.gateway.caller import Door
from services.gateway.domain import Account
from services.gateway.service import SERVICES
from services.gateway.settings import GatewaySettings
from services.gateway.turns import Turns

BEHIND = ("intake", "review", "awards", "notify", "ledger")
TODAY = datetime(2022, 7, 1, 2, tzinfo=UTC)
DOOR_KEY = "0123456789abcdef" * 4
PORTAL = "http://testserver.local"
PASSWORD = "mật khẩu đủ dài"  # noqa: S105


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Stretch passwords as little as argon2id allows: every test signs somebody in."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    boxes.OPERATIONS, boxes.MEMORY = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN


@pytest.fixture(scope="session")
def clock(tmp_path_factory) -> Path:
    """Put everybody in July 2022; the file that does."""
    path = tmp_path_factory.mktemp("clock") / "clock"
    path.write_text(json.dumps({"offset": (TODAY - datetime.now(UTC)).total_seconds()}))
    return path


@pytest.fixture
def moved(clock):
    """Return a function that puts everybody at an instant; put them back afterwards."""
    before = clock.read_text()

    def move(instant: datetime) -> None:
        offset = (instant - datetime.now(UTC)).total_seconds()
        write_privately(clock, json.dumps({"offset": offset}))

    yield move
    write_privately(clock, before)  # in one step, as services read it meanwhile


@pytest.fixture(scope="session")
def behind(servers, clock):
    """Run the services themselves, as processes."""
    started = [start(servers, service, clock) for service in BEHIND]
    yield started
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=10)
        process.stdout.close()


def start(servers, service, clock):
    """Start a service and wait until it says that it has started."""
    environment = servers.env(service) | {"CLOCK_FILE": str(clock), "HEALTH_PORT": "0"}
    schema.migrate(service, environment["DATABASE_URL"])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "kernel.runner", service],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = next((line for line in process.stdout if '"started"' in line), None)
    assert said, f"{service} did not start"
    return process


@pytest.fixture
def tenant() -> str:
    """Name an organising authority nobody has heard of."""
    return f"tinh-{secrets.token_hex(6)}"


@pytest.fixture
def environment(servers, database_of, clock, monkeypatch) -> dict[str, str]:
    """Return what a gateway process is told."""
    told = servers.env("gateway")
    told |= {"DATABASE_URL": database_of("gateway"), "CLOCK_FILE": str(clock)}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return told


@pytest.fixture
def accounts(environment):
    database = Database()
    database.connect(load(KernelSettings, environment), wake=lambda: None)
    yield Accounts(database, door_key=DOOR_KEY)
    database.stop()


@pytest.fixture
def door(environment, accounts, tenant) -> Door:
    client = Client(environment["AMQP_URL"], speaker="gateway", services=SERVICES)
    settings = GatewaySettings(
        default_tenant=tenant,
        store_url="https://store.example",
        ask_seconds=10.0,
        portal_url=PORTAL,
        door_key=DOOR_KEY,
    )
    return Door(client, accounts, settings, Turns(settings.requests_at_once, 10.0))


@pytest.fixture(scope="session")
def built() -> Litestar:
    """Build the application once, which takes half a second; the door is the test's own."""
    return app.build(Door(*[None] * 4))


@pytest.fixture
def application(built, door) -> Litestar:
    built.state.door = door
    return built


@pytest.fixture
def http(application, behind):
    """Return a caller without an account."""
    assert all(process.poll() is None for process in behind)
    with TestClient(application, base_url=PORTAL) as client:
        yield client


@pytest.fixture
def sign_in(accounts, tenant):
    """Return a function that makes an account and gives the headers of its session."""

    def make(*roles: str, login: str | None = None) -> dict[str, str]:
        login = login or f"{roles[0]}-{secrets.token_hex(3)}"
        person = Account(secrets.token_hex(16), "PERSON", login, frozenset(roles))
        accounts.register(tenant, person, PASSWORD)
        ticket = accounts.sign_in(tenant, login, PASSWORD)
        # The door reads the first; tests who name their caller as an author, the second.
        return {"Authorization": f"Bearer {ticket.token}", "X-Person": person.id}

    return make


@pytest.fixture
def upload():
    """Return a function that PUTs bytes to the object store."""

    def put(url: str, content: bytes, media_type: str) -> None:
        headers = {"Content-Type": media_type}
        httpx.put(url, content=content, headers=headers, timeout=60).raise_for_status()

    return put

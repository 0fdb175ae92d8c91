"""Four services as processes, watched by a receiver of spans in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import make_url, text

from deploy.local.instance import free_port
from deploy.local.supervision import surroundings

WATCHED = ("intake", "review", "notify", "gateway")
PASSWORD = "mat-khau-mau-thu"  # noqa: S105  # of an account made here


@dataclass(frozen=True)
class Watched:
    """Where the processes and the receiver are reached."""

    http_url: str
    receiver_url: str
    health: dict[str, str]
    environments: dict[str, dict[str, str]]

    def page(self, service: str) -> str:
        return httpx.get(f"{self.health[service]}/metrics", timeout=20).text

    def spans(self) -> list[dict]:
        return httpx.get(f"{self.receiver_url}/spans", timeout=20).json()

    @property
    def metrics_urls(self) -> str:
        return ",".join(f"{name}={url}" for name, url in self.health.items())


def until(fits, seconds: float = 300):
    """Look until it fits; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not (found := fits()):
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)
    return found


def well(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=20).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def watched(servers, broker, migrated, admin, tmp_path_factory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("logs")
    receiver, http = free_port(), free_port()
    ports = {service: free_port() for service in WATCHED}
    environments = {
        service: servers.env(service)
        | {
            "AMQP_URL": broker.env(service)["AMQP_URL"],
            "DATABASE_URL": database(servers, migrated, admin, service),
            "HEALTH_PORT": str(ports[service]),
            "HTTP_PORT": str(http),
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{receiver}",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        for service in WATCHED
    }
    commands = {service: ("kernel.runner", service) for service in WATCHED}
    commands["receiver"] = ("tests.service.telemetry.receiver", str(receiver))
    processes = []
    for name, command in commands.items():
        with (folder / f"{name}.log").open("wb") as log:
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", *command],
                    env=surroundings() | environments.get(name, {}), stdout=log, stderr=log,
                )
            )  # fmt: skip
    health = {service: f"http://127.0.0.1:{port}" for service, port in ports.items()}
    try:
        until(lambda: all(map(well, health.values())))
        yield Watched(
            f"http://127.0.0.1:{http}", f"http://127.0.0.1:{receiver}", health, environments
        )
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)
        with admin.connect() as connection:
            for environment in environments.values():
                name = make_url(environment["DATABASE_URL"]).database
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


def database(servers, migrated, admin, service: str) -> str:
    own = make_url(servers.database_url(service))
    name = f"watched_{service}_{os.getpid()}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(
            text(f'CREATE DATABASE {name} OWNER "{own.username}" TEMPLATE {migrated(service)}')
        )
    return own.set(database=name).render_as_string(hide_password=False)

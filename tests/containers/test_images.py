"""A whole contest played by services in containers that can write nothing and are nobody."""

import json
import shutil
import time
from datetime import datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from demo.hook import Ear
from demo.play import play
from deploy.local.stack import Stack
from deploy.rights import SERVICES

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1800)]

COMPOSE = YAML(typ="safe").load(Path(__file__).parents[2] / "docker-compose.yml")
SECRETS = ("AMQP_URL", "DATABASE_URL", "S3_SECRET")


class Servers(Stack):
    """The servers of a stack, with a clock that containers can read."""

    def __init__(self, folder: Path) -> None:
        super().__init__("containers", services=False)
        self.shared_clock = folder / "clock"
        self.shared_clock.mkdir(mode=0o755)

    def set_clock(self, instant: datetime | None) -> None:
        super().set_clock(instant)
        draft = self.shared_clock / "draft"
        shutil.copyfile(self._instance.clock, draft)
        draft.chmod(0o644)
        draft.replace(self.shared_clock / "clock")


def options(servers, service, secrets):
    """Return how docker-compose.yml runs the service, but on this machine's network."""
    said = COMPOSE["services"][service]
    return [
        "--network=host", "--init", f"--read-only={str(said['read_only']).lower()}",
        *(f"--tmpfs={each}" for each in said["tmpfs"]),
        *(f"--cap-drop={each}" for each in said["cap_drop"]),
        *(f"--security-opt={each}" for each in said["security_opt"]),
        "--health-interval=1s",
        *settings(servers, service, secrets),
        f"--volume={secrets}:/run/secrets:ro",
        f"--volume={servers.shared_clock}:/run/clock:ro",
    ]  # fmt: skip


def settings(servers: Servers, service: str, secrets: Path) -> list[str]:
    """Return the container's environment as options, what is secret of it in files."""
    environment = servers.env(service)
    environment.pop("FONT_PATH", None)  # of this machine; the image has its own
    secrets.mkdir()
    for name in SECRETS:
        path = secrets / name.lower()
        path.write_text(environment.pop(name))
        path.chmod(0o444)
        environment[f"{name}_FILE"] = f"/run/secrets/{path.name}"
    environment["CLOCK_FILE"] = "/run/clock/clock"
    return [f"--env={name}={value}" for name, value in environment.items()]


def wait_until_healthy(engine, containers, seconds=90):
    deadline = time.monotonic() + seconds
    query = ("inspect", "--format", "{{.Name}} {{.State.Health.Status}}")
    while "starting" in (states := engine.docker(*query, *containers)):
        assert time.monotonic() < deadline, states
        time.sleep(0.5)
    assert "unhealthy" not in states, states


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("containers")
    with Servers(folder) as servers:
        yield servers


@pytest.fixture(scope="module")
def containers(engine, images, servers, tmp_path_factory):
    """Migrate and start every service, and wait until all say they are well."""
    secrets = tmp_path_factory.mktemp("secrets")
    made = {}
    try:
        for service, image in images.items() - {("setup", images["setup"])}:
            how = options(servers, service, secrets / service)
            engine.docker("run", "--rm", *how, image, "sangkien", "migrate", service)
            made[service] = engine.docker("run", "--detach", *how, image)
        wait_until_healthy(engine, made.values())
        yield made
    finally:
        for service, container in made.items():
            log = engine.run("sh", "-c", f"docker logs {container} 2>&1")
            (servers.logs_dir / f"{service}.log").write_text(log)
        engine.docker("rm", "--force", *made.values())


@pytest.mark.usefixtures("containers")
def test_a_whole_contest_is_played(servers):
    with Ear() as ear:
        stage = play(servers, ear, quiet=True)

    assert len(stage.prizes) == 8


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_nobody(engine, containers, service):
    status = engine.docker("exec", containers[service], "cat", "/proc/1/status")

    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["Uid"].split() == ["10001"] * 4
    assert {facts[name] for name in ("CapEff", "CapPrm", "CapBnd")} == {"0" * 16}
    assert facts["NoNewPrivs"] == "1"


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_holds_one_service_alone(engine, containers, service):
    inside = engine.docker("exec", containers[service], "ls", "/app", "/app/services")

    assert set(inside.split()) - {"/app:", "/app/services:", "__pycache__", "__init__.py"} == {
        "contracts", "kernel", "press", "services", "telemetry", "upkeep", service,
    }  # fmt: skip


def test_a_stopped_service_ends_well(engine, containers):
    engine.docker("stop", "--time=10", *containers.values())

    states = json.loads(engine.docker("inspect", *containers.values()))
    assert {state["State"]["ExitCode"] for state in states} == {0}

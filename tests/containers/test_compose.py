"""`docker compose up --wait`, with images that stand in for those of the servers."""

import json
import sys
from contextlib import closing

import pytest

from demo.api import Api
from deploy.local.instance import free_port
from deploy.rights import SERVICES

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1800)]

SEAWEEDFS = ("--file", "docker-compose.yml", "--file", "deploy/containers/seaweedfs.yml")
COPIES = {"review": 3, "gateway": 2}


@pytest.fixture(scope="module")
def secrets(engine):
    engine.run(sys.executable, "-m", "deploy.containers.make_secrets")


@pytest.fixture(scope="module")
def run(engine, compose, images, standins, secrets):  # noqa: ARG001 -- all of them are needed
    """Return a function that runs Docker Compose; what it has started is removed in the end."""
    first = free_port()
    settings = standins | {
        "HTTP_PORTS": f"{first}-{first + 9}",
        "STORE_PORT": str(free_port()),
        "MAIL_PORT": str(free_port()),
    }

    def run(*words: str) -> str:
        return engine.run(compose, *SEAWEEDFS, "--project-name=sangkien-test", *words, **settings)

    yield run
    run("down", "--volumes", "--timeout=1")


@pytest.fixture(scope="module")
def up(run):
    run("up", "--no-build", "--wait", "--wait-timeout=180")
    scale = [f"--scale={service}={copies}" for service, copies in COPIES.items()]
    run("up", "--no-build", "--wait", "--wait-timeout=180", *scale)
    return run


def containers(run, service):
    listed = run("ps", "--all", "--format=json", service)
    return [json.loads(line) for line in listed.splitlines()]


def doors(run):
    """Return the address of every copy of the gateway."""
    ports = {
        published["PublishedPort"]
        for container in containers(run, "gateway")
        for published in container["Publishers"]
        if published["PublishedPort"]
    }
    return [f"http://127.0.0.1:{port}" for port in sorted(ports)]


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("files", [(), SEAWEEDFS], ids=["minio", "seaweedfs"])
def test_compose_accepts_the_file(engine, compose, files):
    said = engine.run(compose, *files, "config", "--format=json")

    assert set(json.loads(said)["services"]) > set(SERVICES)


def test_every_service_runs_in_as_many_copies_as_asked_for(up):
    states = {
        service: [each["Health"] for each in containers(up, service)] for service in SERVICES
    }

    assert states == {service: ["healthy"] * COPIES.get(service, 1) for service in SERVICES}


def test_every_copy_of_the_gateway_lets_people_in(up):
    up(
        "exec", "-T", "gateway", "sh", "-c",
        "echo mot-mat-khau-thu | sangkien account add van-hanh --roles organiser,operator "
        "--tenant hau-giang --password-stdin",
    )  # fmt: skip

    assert len(doors(up)) == 2
    for door in doors(up):
        with closing(Api(door).sign_in("van-hanh", "mot-mat-khau-thu").http) as http:
            assert http.get("/health").json() == {"broker": "ok", "database": "ok"}


def test_operators_have_their_commands_in_a_container(up):
    assert up("exec", "-T", "review", "sangkien", "outbox") == ""


def test_services_end_well_and_start_again(up):
    up("stop")
    codes = {each["ExitCode"] for service in SERVICES for each in containers(up, service)}

    up("up", "--no-build", "--wait", "--wait-timeout=180")

    assert codes == {0}

"""The platform in containers, as docker-compose.yml says it is put together."""

import importlib
import inspect
import re
import stat
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields
from ruamel.yaml import YAML

from deploy.containers import make_secrets
from deploy.rights import SERVICES
from kernel.settings import KernelSettings

ROOT = Path(__file__).parents[3]
COMPOSE = YAML(typ="safe").load(ROOT / "docker-compose.yml")
CONTAINERS = COMPOSE["services"]


def settings_of(service: str) -> set[str]:
    """Return the variables that service reads."""
    kinds = [KernelSettings]
    if (ROOT / f"services/{service}/settings.py").exists():
        module = importlib.import_module(f"services.{service}.settings")
        kinds += [
            kind
            for _, kind in inspect.getmembers(module, inspect.isclass)
            if issubclass(kind, Struct) and kind is not Struct
        ]
    return {field.name.upper() for kind in kinds for field in fields(kind)}


def secrets_of(name: str) -> dict[str, str]:
    """Return each secret of a container by the path it is found at."""
    named = [
        each if isinstance(each, dict) else {"source": each, "target": each}
        for each in CONTAINERS[name].get("secrets", [])
    ]
    return {f"/run/secrets/{each['target']}": each["source"] for each in named}


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE))


def test_every_service_has_a_container():
    folders = {path.parent.name for path in ROOT.glob("services/*/README.md")}

    assert folders == set(SERVICES)
    assert {name: CONTAINERS[name]["build"]["args"]["SERVICE"] for name in SERVICES} == {
        name: name for name in SERVICES
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_only_what_it_reads(service):
    told = {name.removesuffix("_FILE") for name in CONTAINERS[service]["environment"]}

    # Uploaded files are looked into on a disk, not in memory; Python itself reads where.
    on_disk = {"TMPDIR"} if service == "intake" else set()
    assert told - settings_of(service) == on_disk


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_given_its_own_secrets_and_no_other(service):
    result = secrets_of(service)

    assert result == {
        "/run/secrets/amqp_url": f"{service}_amqp_url",
        "/run/secrets/database_url": f"{service}_database_url",
        "/run/secrets/s3_secret": f"{service}_s3_secret",
        **({"/run/secrets/receipt_key": "receipt_key"} if service == "intake" else {}),
        **({"/run/secrets/sealing_key": "sealing_key"} if service == "review" else {}),
        **({"/run/secrets/ledger_key": "ledger_key"} if service == "ledger" else {}),
        **({"/run/secrets/door_key": "door_key"} if service == "gateway" else {}),
    }


@pytest.mark.parametrize("service", SERVICES)
def test_no_secret_is_in_the_environment(service):
    environment = CONTAINERS[service]["environment"]

    assert {environment[name] for name in environment if name.endswith("_FILE")} == set(
        secrets_of(service)
    )
    assert {"AMQP_URL", "DATABASE_URL", "S3_SECRET"} & set(environment) == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_do_little_harm(service):
    container = CONTAINERS[service]

    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    scratch = ["scratch:/var/tmp"] if service == "intake" else []
    assert container.get("volumes", []) == scratch


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_run_in_many_copies(service):
    container = CONTAINERS[service]

    assert "container_name" not in container
    assert "hostname" not in container
    assert ("ports" in container) == (service == "gateway")


def test_copies_of_the_gateway_share_a_range_of_ports():
    assert CONTAINERS["gateway"]["ports"] == [
        "${HTTP_BIND:-127.0.0.1}:${HTTP_PORTS:-8000-8009}:8000"
    ]


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - {"setup"}))
def test_every_container_is_asked_how_it_is_and_started_again(name):
    assert CONTAINERS[name]["healthcheck"]["test"]
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - set(SERVICES) - {"setup"}))
def test_a_server_is_of_a_named_version(name):
    image = CONTAINERS[name]["image"]

    assert re.fullmatch(r"\$\{[A-Z]+_IMAGE:-[a-z0-9./]+:[\w.-]+\}", image)
    assert ":latest" not in image


def test_every_secret_is_declared_and_made():
    used = {secret for name in CONTAINERS for secret in secrets_of(name).values()}
    paths = {name: secret["file"] for name, secret in COMPOSE["secrets"].items()}

    assert used == set(paths)
    assert paths == {name: f"deploy/secrets/{name}" for name in paths}
    assert used - set(make_secrets.rendered({})) == set()


def test_passwords_stay_when_they_are_made_again(tmp_path):
    make_secrets.make(tmp_path)
    before = (tmp_path / "review_amqp_url").read_text()

    make_secrets.make(tmp_path)

    assert (tmp_path / "review_amqp_url").read_text() == before


def test_only_their_owner_finds_the_secrets(tmp_path):
    folder = tmp_path / "secrets"

    make_secrets.make(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "passwords.json").stat().st_mode) == 0o600


def test_an_image_holds_the_packages_that_were_tested():
    assert pins("requirements-run.lock") - pins("requirements.lock") == set()

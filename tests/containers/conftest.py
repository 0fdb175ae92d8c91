"""An engine of our own and the images of every service, built once a session."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy.local import rabbit4
from deploy.rights import SERVICES

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".local" / "cache" / "containers"
ENGINE = ROOT / "deploy/containers/engine.sh"
BASE = "sangkien/base"


@dataclass
class Engine:
    """A container engine; `settings` are given to whatever is run with it."""

    settings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, **given: str) -> str:
        """Run a program that speaks to the engine; return what it printed, or fail saying it."""
        done = subprocess.run(
            [str(word) for word in words],
            env=os.environ | dict(self.settings) | given,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{words} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done.stdout.strip()

    def docker(self, *words: str | Path) -> str:
        return self.run("docker", *words)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Start an engine; stop it and forget what it has made."""
    address = Engine().run(ENGINE, "up").splitlines()[-1]
    yield Engine({"DOCKER_HOST": address, "DOCKER_BUILDKIT": "0"})
    Engine().run(ENGINE, "down")


@pytest.fixture(scope="session")
def compose() -> str:
    """Return the path of Docker Compose."""
    return Engine().run(ENGINE, "compose").splitlines()[-1]


@pytest.fixture(scope="session")
def base(engine) -> str:
    """Return the image that stands in for python:3.11-slim."""
    archive = CACHE / "base.tar"
    lock = ROOT / "requirements-run.lock"
    if not archive.exists() or archive.stat().st_mtime < lock.stat().st_mtime:
        archive.parent.mkdir(parents=True, exist_ok=True)
        engine.run(ROOT / "deploy/containers/base.sh", archive)
    engine.docker("import", archive, BASE)
    return BASE


@pytest.fixture(scope="session")
def images(engine, base) -> dict[str, str]:
    """Build the image of every service, and of `setup`; return their names."""
    made = {}
    for name in (*SERVICES, "setup"):
        what = ("--target", "setup") if name == "setup" else ("--build-arg", f"SERVICE={name}")
        made[name] = f"sangkien/{name}"
        engine.docker(
            "build", "--quiet", "--network", "host", "--file", ROOT / "deploy/Dockerfile",
            "--build-arg", f"BASE={base}", *what, "--tag", made[name], ROOT,
        )  # fmt: skip
    return made


@pytest.fixture(scope="session")
def standins(engine, base) -> dict[str, str]:
    """Build what stands in for the servers' images; return the settings that name them."""
    engine.run(ROOT / "tests/containers/standins.sh", base, rabbit4.root())
    names = {"DATABASE": "postgres", "BROKER": "rabbitmq", "STORE": "seaweedfs", "MAIL": "mail"}
    return {f"{server}_IMAGE": f"standin/{name}" for server, name in names.items()}

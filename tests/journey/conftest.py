"""One played contest for all who look at what came of it."""

import os
import subprocess
import sys

import pytest

from demo.acts import ROOT
from demo.api import Api
from demo.play import play
from deploy.local.stack import Stack


@pytest.fixture(scope="package")
def stack():
    with Stack("journey") as running:
        yield running


@pytest.fixture(scope="package")
def stage(stack):
    """Play the contest to its end."""
    return play(stack, quiet=True)


@pytest.fixture
def organiser(stack, stage):
    """Sign the contest's organiser in."""
    api = Api(stack.addresses.http_url).sign_in("ban-to-chuc", stage.passwords["ban-to-chuc"])
    yield api
    api.close()


@pytest.fixture
def sangkien(stack, organiser):
    """Return a function that runs the command line as the contest's organiser."""
    token = organiser.http.headers["Authorization"].removeprefix("Bearer ")
    who = {"SANGKIEN_URL": stack.addresses.http_url, "SANGKIEN_TOKEN": token}

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kernel.operate", *map(str, arguments)],
            env=os.environ | who, capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip

    return run

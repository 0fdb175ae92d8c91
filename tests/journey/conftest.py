"""One played contest for all who look at what came of it; another platform in July 2022."""

import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from demo.acts import ROOT
from demo.api import Api
from demo.hook import Ear
from demo.play import play
from demo.stage import TENANT
from deploy.local.stack import Stack
from tests.journey import jury as at

JULY = datetime(2022, 7, 10, 3, 0, tzinfo=UTC)
OPERATOR, PASSWORD = "van-hanh", "mat-khau-mau-thu"


@pytest.fixture(scope="package")
def stack():
    with Stack("journey") as running:
        yield running


@pytest.fixture(scope="package")
def july():
    """Start a platform without a contest, in the days in which that of the rules is open."""
    with Stack("july") as running:
        running.set_clock(JULY)
        subprocess.run(
            [ROOT / ".venv/bin/sangkien", "account", "add", OPERATOR, "--tenant", "hau-giang",
             "--roles", "organiser,operator", "--password-stdin"],
            env=running.env("gateway"), input=PASSWORD, text=True, check=True,
        )  # fmt: skip
        yield running


@pytest.fixture(scope="package")
def operator(july):
    """Sign in who runs the platform in July, as an organiser too."""
    api = Api(july.addresses.http_url).sign_in(OPERATOR, PASSWORD)
    yield api
    api.close()


@pytest.fixture(scope="package")
def stage(stack):
    """Play the contest to its end; the one-stop shop goes on listening."""
    with Ear() as ear:
        yield play(stack, ear, quiet=True)


@pytest.fixture(scope="package")
def filled(stage):
    """Return the addresses of a page with what the played contest has."""
    won = stage.prizes[0]["entry_id"]
    with closing(Api(stage.stack.addresses.http_url)) as api:
        papers = api.get(f"{stage.contest}/results")["papers"]
        api.sign_in("thu-ky-1", stage.passwords["thu-ky-1"])
        known = api.get("/v1/initiatives")[0]
        api.sign_in("giam-khao-2", stage.passwords["giam-khao-2"])
        code = api.get(f"{stage.contest}/rounds/SO_KHAO/assignments")[0]["code"]
    values = {
        "contest_id": stage.cast.contest,
        "round_id": "SO_KHAO",
        "entry_id": won,
        "entry": won,
        "code": code,
        "paper_id": papers[0]["paper_id"],
        "token": urlsafe_b64encode(f"{TENANT}\nmau\nround_closed".encode() + bytes(16)).decode(),
        "register": known["register"],
        "known": known["code"],
        "topic": "entries",
        "service": "notify",
    }

    def fill(page):
        at = page.route.replace(":str}", "}")
        if "/bao-ve/" in at or "lich-bao-ve" in at:
            at = at.replace("{round_id}", "BAO_VE")
        return (at + page.query).format(**{name: quote(said) for name, said in values.items()})

    return fill


@pytest.fixture(scope="package")
def seated(stack, tmp_path_factory):
    """Seat a jury of three for three entries, in a province of its own; no round is open."""
    gathered = at.gather(stack, tmp_path_factory.mktemp("jury"))
    yield gathered
    gathered.close()


@pytest.fixture(scope="package")
def jury(seated):
    """Open the jury's round, sealed for two officers."""
    for officer in at.OFFICERS:
        at.confirm_key(seated, officer)
    at.open_round(seated)
    return seated


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

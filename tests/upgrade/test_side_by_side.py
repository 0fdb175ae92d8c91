"""Copies of the version before run beside ours on our tables, while people hand in entries.

The version before is the revision that `PREVIOUS` names; else the newest tag; else what stood
before the last change of a migration. `make test-upgrade`; a clone without that history is fetched
whole first (`git fetch --unshallow`).
"""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from demo.acts import ROOT
from deploy.local.instance import SERVICES, free_port
from deploy.local.stack import Stack
from deploy.local.supervision import surroundings
from kernel.broker import GATEWAY
from tests.bookkeeping import eventually, recorded, settled_books
from tests.reliability.entering import PEOPLE, entered

pytestmark = [pytest.mark.timeout(1200)]

JULY = datetime(2022, 7, 12, 2, tzinfo=UTC)
# What old code says of tables, rows or messages that are not made for it.
MISFITS = re.compile(r"Undefined(?:Column|Table)|NotNullViolation|Undecodable|unknown field")
BEHIND_THE_DOOR = [service for service in SERVICES if service != GATEWAY]


def git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    return done.stdout.strip()


def version_before() -> str:
    """Return the revision to run beside ours."""
    if named := os.environ.get("PREVIOUS") or git("describe", "--tags", "--abbrev=0"):
        return named
    changed = git("log", "-1", "--format=%H", "--", "services/*/migrations/*", "kernel/migrations")
    return git("rev-parse", "--verify", "--quiet", f"{changed}^")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Unpack the version before into a folder of its own."""
    revision = version_before()
    assert revision, "the version before is not in this clone; git fetch --unshallow"
    folder = tmp_path_factory.mktemp("before")
    packed = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, capture_output=True, check=True
    ).stdout  # fmt: skip
    subprocess.run(["tar", "-x"], cwd=folder, input=packed, check=True)
    print(f"beside {git('log', '-1', '--format=%h %s', revision)}")  # noqa: T201 -- asked with -s
    return folder


class Old:
    """One copy of each service of the version before."""

    def __init__(self, stack, folder):
        self.ports = {service: free_port() for service in BEHIND_THE_DOOR}
        self.logs = folder / "old.log"
        with self.logs.open("w") as log:
            self.processes = [
                subprocess.Popen(
                    [sys.executable, "-m", "kernel.runner", service],
                    cwd=folder,
                    env=surroundings() | stack.env(service) | {"HEALTH_PORT": str(port)},
                    stdout=log,
                    stderr=log,
                )
                for service, port in self.ports.items()
            ]

    def is_well(self):
        return all(map(answers, self.ports.values()))

    def stop(self):
        for process in self.processes:
            process.terminate()
        return [process.wait(timeout=60) for process in self.processes]


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_old_copies_work_beside_new_ones_and_alone(before):
    with Stack("upgrade") as stack:
        stack.set_clock(JULY)
        old = Old(stack, before)
        eventually(old.is_well, seconds=300)
        for service in BEHIND_THE_DOOR:
            stack.stop(service)
        # Old copies refuse rules with keys they do not know: the contest is from before.
        with entered(stack) as load:
            for service in BEHIND_THE_DOOR:
                stack.start(service)
            stack.wait_healthy()
            with load:
                load.go_on(PEOPLE)  # side by side
                for service in BEHIND_THE_DOOR:
                    stack.stop(service)
                load.go_on(PEOPLE)  # rolled back: old code alone, on new tables
                for service in BEHIND_THE_DOOR:
                    stack.start(service)
                stack.wait_healthy()
                ends = old.stop()
                load.go_on(PEOPLE)  # ours alone
            numbers = load.codes
        books = settled_books(stack, seconds=300)
        log = old.logs.read_text()

        assert ends == [0] * len(BEHIND_THE_DOOR)
        assert numbers == list(range(1, len(load.receipts) + 1))
        assert len(numbers) >= 3 * PEOPLE
        assert (books.faults, recorded(stack)) == ({}, books.to_record)
        assert MISFITS.findall(log) == []

"""The last minute of a contest: store, broker, database and intake are killed meanwhile.

Whatever was acknowledged is there, with all its bytes.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from random import Random

import psutil
import pytest

from demo.acts import CSV, ROOT
from demo.cast import Person, read_cast
from demo.hook import Ear
from demo.stage import OPERATOR, Stage
from deploy.local.stack import Stack
from tests.bookkeeping import settled_books
from tests.reliability.entrants import Entrant
from tests.reliability.upheaval import CHANCE, Blow, Upheaval

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1200)]

CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
BEFORE = timedelta(seconds=75)  # so long before the deadline the rush begins
PEOPLE = 5
KILLED = ("seaweedfs", "rabbitmq", "postgres", "intake-0", "intake-1")


def kill(program: str, stack: Stack, struck: Counter[str]) -> None:
    """Kill a program and all it has started, as a power cut would."""
    pid = stack.pid(program)
    if pid is None:
        return
    parent = psutil.Process(pid)
    for each in (*parent.children(recursive=True), parent):
        with suppress(psutil.NoSuchProcess):  # it fell with another
            each.kill()
    struck[program] += 1


def kills() -> Iterator[Blow]:
    """Yield two rounds of blows, each in an order of its own."""
    chance = Random(CHANCE)  # noqa: S311 -- nothing secret
    for _ in range(2):
        for program in chance.sample(KILLED, len(KILLED)):
            yield partial(kill, program)


@pytest.fixture(scope="module")
def stack():
    with Stack("minute", copies={"intake": 2}) as running:
        yield running


@pytest.fixture(scope="module")
def stage(stack):
    """Open the contest and admit the people."""
    stack.set_clock(CLOSES - timedelta(days=1))
    with Ear() as ear:
        stage = Stage(stack, read_cast(), {}, ear)
        stage.open_the_door()
        operator = stage.caller(OPERATOR)
        units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
        operator.request("POST", "/v1/agencies/import", content=units, headers=CSV)
        yaml = {"Content-Type": "application/yaml"}
        source = (ROOT / stage.cast.rules).read_text()
        operator.request("POST", "/v1/contests", content=source, headers=yaml)
        for number in range(PEOPLE):
            name = f"phut-chot-{number}"
            email = f"{name}@mau.example"
            person = Person(id=name, full_name=f"Người {number}", email=email, roles=("entrant",))
            stage.admit(person)
        yield stage
        stage.close()


@dataclass(frozen=True)
class Minute:
    """What happened in it."""

    entrants: list[Entrant]
    upheaval: Upheaval


@pytest.fixture(scope="module")
def minute(stack, stage):
    """Let everybody hand in until the deadline is past, while everything is killed."""
    entrants = []
    for number in range(PEOPLE):
        api = stage.caller(f"phut-chot-{number}")
        api.patience = 120
        entrants.append(Entrant(api, Random(number)))  # noqa: S311
    upheaval = Upheaval(stack, kills(), pause=(0.5, 1.5))
    stack.set_clock(CLOSES - BEFORE)
    over = time.monotonic() + BEFORE.total_seconds() + 2
    failures: list[BaseException] = []

    def work(entrant: Entrant) -> None:
        try:
            while time.monotonic() < over:
                entrant.hand_in(stage.contest)
        except BaseException as failure:  # noqa: BLE001 -- raised in the test
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(each,)) for each in entrants]
    with upheaval:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]
    stack.wait_healthy()
    return Minute(entrants, upheaval)


def test_everything_was_killed(minute):
    assert minute.upheaval.struck == dict.fromkeys(KILLED, 2)


def test_entries_came_before_the_deadline_and_after_it(minute):
    late = Counter(one["late"] for each in minute.entrants for one in each.receipts)

    assert late[False] >= PEOPLE


def test_every_acknowledged_entry_is_there_in_time_or_marked_late(minute):
    found, said = {}, {}
    for entrant in minute.entrants:
        for receipt in entrant.receipts:
            entry = entrant.api.get(f"/v1/entries/{receipt['entry_id']}")
            found[entry["entry_id"]] = (entry["state"], entry["receipt_code"])
            state = "LATE" if receipt["late"] else "SUBMITTED"
            said[receipt["entry_id"]] = (state, receipt["receipt_code"])
            is_late = datetime.fromisoformat(receipt["received_at"]) >= CLOSES
            assert is_late is receipt["late"]

    assert found == said


def test_every_acknowledged_document_has_all_its_bytes(minute):
    confirmed = [
        (entrant.api, entry_id, document_id, digest)
        for entrant in minute.entrants
        for document_id, (entry_id, digest) in entrant.confirmed.items()
    ]
    changed = [
        document_id
        for api, entry_id, document_id, digest in confirmed
        if sha256(api.download(f"/v1/entries/{entry_id}/documents/{document_id}")).hexdigest()
        != digest
    ]

    assert len(confirmed) >= 2 * PEOPLE
    assert changed == []


def test_receipt_numbers_have_no_gaps_and_no_doubles(minute):
    codes = [one["receipt_code"] for each in minute.entrants for one in each.receipts]
    by_day: dict[str, list[int]] = {}
    for code in codes:
        day, _, number = code.rpartition("-")
        by_day.setdefault(day, []).append(int(number))

    for numbers in by_day.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_every_event_is_sent_and_heard_once_by_each_who_hears_it(stack, minute):
    assert minute.entrants

    assert settled_books(stack).faults == {}

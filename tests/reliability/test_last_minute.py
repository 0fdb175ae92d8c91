"""The last minute of a contest: store, broker, database and intake are killed meanwhile.

Whatever was acknowledged is there, with all its bytes.
"""

import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from random import Random
from typing import Any

import httpx
import psutil
import pytest
from PIL import Image

from demo.acts import CSV, MEDIA, ROOT
from demo.api import PASSING, Api
from demo.build import FILES
from demo.cast import Person, read_cast
from demo.hook import Ear
from demo.stage import OPERATOR, Stage
from deploy.local.stack import Stack
from tests.bookkeeping import settled_books
from tests.reliability.upheaval import CHANCE, Blow, Upheaval

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1200)]

CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
BEFORE = timedelta(seconds=75)  # so long before the deadline the rush begins
PEOPLE = 5
DESCRIPTION = FILES / "03-ban-dien-tu-la-ban-chinh.docx"
KILLED = ("seaweedfs", "rabbitmq", "postgres", "intake-0", "intake-1")


@dataclass
class Entrant:
    """Somebody who hands in one entry after another, and what was acknowledged to them."""

    api: Api
    chance: Random
    confirmed: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: entry, digest
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def hand_in(self, contest: str) -> None:
        """Draft, upload a document and a picture of several parts, and submit."""
        author = {"full_name": "Người dự thi", "share": "100", "person_id": self.api.person_id}
        entry = {
            "kind": "INDIVIDUAL",
            "group": "NGUOI_DAN",
            "area": "THE_CHE",
            "title": f"Sáng kiến phút chót {len(self.receipts) + 1}",
            "summary": "Nộp vào phút chót.",
            "authors": [author],
        }
        entry_id = self.api.post(f"{contest}/entries", entry)["entry_id"]
        self.upload(entry_id, "BAN_THUYET_MINH", DESCRIPTION.name, DESCRIPTION.read_bytes())
        self.upload(entry_id, "MINH_CHUNG", "Ảnh chụp.png", a_picture(self.chance))
        declared = {"declarations": ["CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI"]}
        self.receipts.append(self.api.post(f"/v1/entries/{entry_id}/submit", declared))

    def upload(self, entry_id: str, code: str, name: str, data: bytes) -> None:
        """Upload in parts, each again until the store has it, and have the whole confirmed."""
        digest = sha256(data).hexdigest()
        media_type = MEDIA.get(f".{name.rpartition('.')[2]}", "image/png")
        paper = {"code": code, "file_name": name, "media_type": media_type, "size": len(data)}
        documents = f"/v1/entries/{entry_id}/documents"
        place = self.api.post(documents, paper | {"sha256": digest})
        for part in place["parts"]:
            at = (part["number"] - 1) * place["part_size"]
            put_patiently(part["url"], data[at : at + part["size"]])
        self.api.post(f"{documents}/{place['document_id']}/confirm")
        self.confirmed[place["document_id"]] = (entry_id, digest)


def a_picture(chance: Random) -> bytes:
    """Return a picture of about 17 MB that nobody else has."""
    made = io.BytesIO()
    Image.frombytes("RGB", (2400, 2400), chance.randbytes(2400 * 2400 * 3)).save(
        made, "PNG", compress_level=0
    )
    return made.getvalue()


def put_patiently(url: str, data: bytes) -> None:
    """PUT until the store says yes."""
    until = time.monotonic() + 90
    while True:
        try:
            answer = httpx.put(url, content=data, timeout=30)
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
        else:
            if answer.is_success:
                return
            assert answer.status_code in {500, *PASSING}, answer.text
            assert time.monotonic() < until, answer.text
        threading.Event().wait(0.3)


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

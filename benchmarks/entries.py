"""Entries accepted per second, over HTTP, from the draft to the receipt, by many at once.

Everything behind the door runs meanwhile: events to all hearers, the originality of each entry,
a letter to each entrant.
"""

import hashlib
import json
import threading
import time
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import urllib3
from msgspec import to_builtins
from ruamel.yaml import YAML
from sqlalchemy import create_engine, text

from benchmarks.measuring import Timed
from demo.acts import MEDIA, ROOT
from demo.build import FILES
from demo.cast import Person, read_cast
from demo.hook import Ear
from demo.stage import OPERATOR, TENANT, Stage
from deploy.local.instance import SERVICES
from deploy.local.stack import Stack

ENTRANTS = 12
SECONDS = 15.0
PAPER = FILES / "03-ban-dien-tu-la-ban-chinh.docx"
OPEN = datetime(2022, 7, 4, 9, tzinfo=timezone(timedelta(hours=7)))

# Each event of intake: when its command was committed, and under which id hearers know it.
SAID = text(
    "SELECT o.id, pg_xact_commit_timestamp(r.xmin) FROM outbox o JOIN request r"
    " ON r.tenant = o.tenant"
    " AND r.id = convert_from(o.envelope, 'UTF8')::json ->> 'causation_id'"
    " WHERE o.type = 'intake.EntrySubmitted'"
)
HEARD = text(
    "SELECT message_id, pg_xact_commit_timestamp(xmin) FROM inbox"
    " WHERE state = 'done' AND type = 'intake.EntrySubmitted'"
)


class Entrant:
    """Somebody with an account who hands in entry after entry."""

    def __init__(self, base_url: str, contest: str, person_id: str, token: str) -> None:
        self.base_url, self.contest, self.person_id, self.token = (
            base_url,
            contest,
            person_id,
            token,
        )
        self.http = urllib3.PoolManager(maxsize=1)
        self.whole, self.receipts = Timed(), Timed()

    def post(self, path: str, body: object) -> Any:  # noqa: ANN401  # JSON
        """Make one request under a key of its own."""
        headers = {
            "Authorization": self.token,
            "Content-Type": "application/json",
            "Idempotency-Key": uuid4().hex,
        }
        answer = self.http.request(
            "POST", self.base_url + path, body=json.dumps(body), headers=headers, timeout=60
        )
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {answer.data[:300]!r}")
        return json.loads(answer.data) if answer.data else None

    def hand_in(self, number: int) -> None:
        """Draft, upload, confirm, submit; note how long all of it and the receipt took."""
        began = time.perf_counter()
        author = {"full_name": "Người dự thi", "share": "100", "person_id": self.person_id}
        entry = {
            "kind": "INDIVIDUAL",
            "group": "NGUOI_DAN",
            "title": f"Sáng kiến đo tốc độ {number}",
            "summary": "Một sáng kiến để đo tốc độ tiếp nhận hồ sơ.",
            "area": "THE_CHE",
            "channel": "ONLINE",
            "authors": [author],
        }
        entry_id = self.post(f"{self.contest}/entries", entry)["entry_id"]
        data = PAPER.read_bytes()
        paper = {
            "code": "BAN_THUYET_MINH",
            "file_name": PAPER.name,
            "media_type": MEDIA[PAPER.suffix],
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        place = self.post(f"/v1/entries/{entry_id}/documents", paper)
        stored = self.http.request(
            "PUT", place["url"], body=data, headers={"Content-Type": paper["media_type"]}
        )
        if stored.status >= 300:
            raise RuntimeError(f"The store said {stored.status}.")
        self.post(f"/v1/entries/{entry_id}/documents/{place['document_id']}/confirm", None)
        asked = time.perf_counter()
        self.post(f"/v1/entries/{entry_id}/submit", {"declarations": ["BAN_CAM_KET"]})
        self.receipts.each.append(time.perf_counter() - asked)
        self.whole.each.append(time.perf_counter() - began)

    def work_until(self, deadline: float) -> None:
        """Hand in one entry after another."""
        number = 0
        while time.perf_counter() < deadline:
            number += 1
            self.hand_in(number)


def measure(stack: Stack) -> dict[str, dict[str, float]]:
    """Return the figures of whole entries, of receipts, and of the news of them."""
    with Ear() as ear:
        stage = Stage(stack, read_cast(), {}, ear)
        contest = open_contest(stage)
        entrants = [entrant(stage, contest, number) for number in range(ENTRANTS)]
        stage.close()
    threads = [
        threading.Thread(target=each.work_until, args=(time.perf_counter() + SECONDS,))
        for each in entrants
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    whole, receipts = Timed(total=took), Timed(total=took)
    for each in entrants:
        whole.each += each.whole.each
        receipts.each += each.receipts.each
    return {
        "entries": whole.figures(),
        "submit to receipt": receipts.figures(),
        "commit to all hearers' commit": news(stack).figures(),
    }


def open_contest(stage: Stage) -> str:
    """Open the contest of the demo on a day entries are taken; return its path."""
    stage.at(OPEN)
    stage.open_the_door()
    operator = stage.caller(OPERATOR)
    units = YAML(typ="safe").load((ROOT / "contests/units/hau-giang-2022.yaml").read_text())
    operator.put("/v1/agencies", {"agencies": to_builtins(units)})
    source = (ROOT / stage.cast.rules).read_text()
    headers = {"Content-Type": "application/yaml"}
    operator.request("POST", "/v1/contests", content=source, headers=headers)
    return stage.contest


def entrant(stage: Stage, contest: str, number: int) -> Entrant:
    """Admit one more person."""
    name = f"do-{number}"
    person = Person(
        id=name,
        full_name=f"Người dự thi {number}",
        email=f"{name}@mau.example",
        roles=("entrant",),
    )
    stage.admit(person)
    api = stage.callers[name]
    token = api.http.headers["Authorization"]
    return Entrant(stage.stack.addresses.http_url, contest, api.person_id, token)


def news(stack: Stack, patience: float = 240.0) -> Timed:
    """Return how long each submission took from its commit to the commit of its last hearer."""
    said = dict(rows(stack, "intake", SAID))
    deadline = time.monotonic() + patience
    while True:
        heard: dict[str, list[datetime]] = {id_: [] for id_ in said}
        hearers = 0
        for service in SERVICES:
            if service not in ("intake", "gateway"):
                found = [row for row in rows(stack, service, HEARD) if row[0] in heard]
                hearers += bool(found)
                for id_, instant in found:
                    heard[id_].append(instant)
        full = max((len(instants) for instants in heard.values()), default=0)
        late = sum(len(instants) < full for instants in heard.values())
        if hearers and not late:
            break
        if time.monotonic() > deadline:
            raise TimeoutError(f"{late} submissions were not heard by everybody.")
        time.sleep(0.5)
    each = [(max(heard[id_]) - instant).total_seconds() for id_, instant in said.items()]
    last = max(max(instants) for instants in heard.values())
    return Timed(each, (last - min(said.values())).total_seconds())


def rows(stack: Stack, service: str, question: Any) -> list[tuple[str, datetime]]:  # noqa: ANN401
    """Return what a service's database answers, for the demo's tenant."""
    engine = create_engine(stack.database_url(service))
    with engine.begin() as line:
        line.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": TENANT})
        found = [(str(row[0]), row[1]) for row in line.execute(question)]
    engine.dispose()
    return found

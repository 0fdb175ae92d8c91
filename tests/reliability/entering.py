"""People who hand in one entry after another, as long as a test wants them to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self

from demo.acts import CSV, DECLARATIONS, MEDIA, ROOT
from demo.api import Api
from demo.build import FILES
from demo.cast import Person, read_cast
from demo.hook import Ear
from demo.stage import OPERATOR, Stage
from deploy.local.stack import Stack
from tests.bookkeeping import eventually

DESCRIPTION = FILES / "03-ban-dien-tu-la-ban-chinh.docx"
DIGEST = sha256(DESCRIPTION.read_bytes()).hexdigest()
PEOPLE = 2
PACE = 2.0  # seconds between two entries of one of them


@dataclass
class Entrant:
    """Somebody who hands in one entry after another, and what was acknowledged to them."""

    api: Api
    receipts: list[dict[str, Any]] = field(default_factory=list)
    papers: dict[str, str] = field(default_factory=dict)  # address of a document: its digest

    def hand_in(self, contest: str) -> None:
        """Draft, upload, submit."""
        author = {"full_name": "Người dự thi", "share": "100", "person_id": self.api.person_id}
        entry = {
            "kind": "INDIVIDUAL",
            "group": "NGUOI_DAN",
            "area": "THE_CHE",
            "title": f"Sáng kiến mẫu {len(self.receipts) + 1}",
            "summary": "Để thử việc sao lưu.",
            "authors": [author],
        }
        entry_id = self.api.post(f"{contest}/entries", entry)["entry_id"]
        paper = self.api.upload(entry_id, "BAN_THUYET_MINH", DESCRIPTION, MEDIA[".docx"])
        self.papers[f"/v1/entries/{entry_id}/documents/{paper}"] = DIGEST
        declared = {"declarations": list(DECLARATIONS)}
        self.receipts.append(self.api.post(f"/v1/entries/{entry_id}/submit", declared))


@dataclass
class Load:
    """Entrants at work, each in a thread, until told to stop."""

    stage: Stage
    entrants: list[Entrant]
    failures: list[BaseException] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(e,)) for e in self.entrants]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def work(self, entrant: Entrant) -> None:
        try:
            while not self.over.wait(PACE):
                entrant.hand_in(self.stage.contest)
        except BaseException as failure:  # noqa: BLE001 -- raised in the test
            self.failures.append(failure)

    @property
    def codes(self) -> list[int]:
        """Return the numbers of the receipts that the platform knows of, rising."""
        operator = self.stage.caller(OPERATOR)
        found = operator.get(f"{self.stage.contest}/entries?limit=200")
        codes = (one["receipt_code"] for one in found if one.get("receipt_code"))
        return sorted(int(code.rpartition("-")[2]) for code in codes)

    @property
    def receipts(self) -> list[dict[str, Any]]:
        return [one for entrant in self.entrants for one in [*entrant.receipts]]

    def go_on(self, more: int) -> None:
        """Wait until so many more were handed in."""
        wanted = len(self.receipts) + more
        eventually(lambda: self.failures or len(self.receipts) >= wanted, seconds=120)


@contextmanager
def entered(stack: Stack) -> Iterator[Load]:
    """Open the contest and admit people; yield them, still at rest."""
    with Ear() as ear:
        stage = Stage(stack, read_cast(), {}, ear)
        stage.open_the_door()
        operator = stage.caller(OPERATOR)
        units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
        operator.request("POST", "/v1/agencies/import", content=units, headers=CSV)
        # Not blind: nobody has to check first what judges may read.
        source = (ROOT / stage.cast.rules).read_text().replace("blind: true", "blind: false", 1)
        yaml = {"Content-Type": "application/yaml"}
        operator.request("POST", "/v1/contests", content=source, headers=yaml)
        names = [f"nguoi-{number}" for number in range(PEOPLE)]
        for name in names:
            email = f"{name}@mau.example"
            stage.admit(Person(id=name, full_name=name, email=email, roles=("entrant",)))
        yield Load(stage, [Entrant(stage.caller(name)) for name in names])
        stage.close()

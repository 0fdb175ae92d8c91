"""People at work while everything fails: entrants hand in, a desk decides, judges mark.

What they ask is drawn from the seed; how much of it they get done depends on the faults.
"""

import io
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from random import Random
from threading import Event, Thread
from typing import Any

from docx import Document

from demo import sealing
from demo.acts import CSV, DECLARATIONS, ROOT, check_and_accept, local
from demo.api import ApiRefused
from demo.cast import Person
from demo.judging import FIRST, give
from demo.stage import OPERATOR, Stage
from tests.reliability.callers import NotingApi
from tests.reliability.entrants import Entrant

PEOPLE = ("ban-to-chuc", "thu-ky-1", "gd-snv", *(f"giam-khao-{n}" for n in range(1, 8)))
ENTRANTS = 3
PATIENCE = 600.0  # seconds a caller repeats a request
WORDS = 400  # of a description


class PatientApi(NotingApi):
    """Repeats a request for as long as a fault may last."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.patience = PATIENCE


class Author(Entrant):
    """An entrant with a fresh description for every entry."""

    def papers(self) -> list[tuple[str, str, bytes]]:
        """Write a description of words in an order nobody else has."""
        made, document = io.BytesIO(), Document()
        for _ in range(WORDS // 20):
            document.add_paragraph(" ".join(self.chance.choices(vocabulary(), k=20)) + ".")
        document.save(made)
        return [("BAN_THUYET_MINH", "Thuyết minh.docx", made.getvalue())]


@cache
def vocabulary() -> list[str]:
    """Return the words of the demo's entries."""
    texts = (path.read_text() for path in sorted((ROOT / "demo/entries").glob("*.md")))
    return sorted({word for text in texts for word in text.split() if word.isalpha()})


class Load:
    """Everybody who works on the stack.

    First `entering`, then `open_round`, at last `judging`, while entries come too late.
    """

    def __init__(self, stage: Stage, seed: int, moved: Callable[[], None]) -> None:
        self.stage = stage
        self.moved = moved  # told when the stack's clock has been moved
        self.chance = Random(seed)  # noqa: S311
        self.authors: list[Author] = []
        self.decided: Counter[str] = Counter()
        self.sheets = 0
        self.failures: list[BaseException] = []

    def at(self, instant: datetime) -> None:
        """Move the clock of everybody."""
        self.stage.at(instant)
        self.moved()

    def open(self) -> None:
        """Open a contest that is not blind, seat its jury and admit everybody."""
        stage = self.stage
        self.at(local(2022, 7, 5, 8, 0))
        stage.open_the_door()
        operator = stage.caller(OPERATOR)
        units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
        operator.request("POST", "/v1/agencies/import", content=units, headers=CSV)
        for name in PEOPLE:
            stage.admit(stage.cast.person(name))
        source = (ROOT / stage.cast.rules).read_text().replace("blind: true", "blind: false", 1)
        organiser = stage.caller("ban-to-chuc")
        text = {"Content-Type": "application/yaml"}
        organiser.request("POST", "/v1/contests", content=source, headers=text)
        seats = [
            {"person_id": stage.caller(seat.person).person_id, "role": seat.role,
             "unit_id": stage.cast.person(seat.person).unit}
            for seat in stage.cast.jury
        ]  # fmt: skip
        # Review has to hear of the contest first.
        until_granted(lambda: organiser.put(f"{stage.contest}/jury", {"seats": seats}))
        for number in range(ENTRANTS):
            name, email = f"du-thi-{number}-mau", f"du-thi-{number}@mau.example"
            person = Person(id=name, full_name=f"Người {number}", email=email, roles=("entrant",))
            stage.admit(person)
            chance = Random(self.chance.random())  # noqa: S311
            self.authors.append(Author(stage.caller(name), chance))

    def entering(self, over: Event) -> None:
        """Hand in and decide until it is over; what was begun is finished."""
        for author in self.authors:
            # Each begins with one, however quickly the faults are over.
            author.hand_in(self.stage.contest)
        self.side_by_side(
            over, *((self.hand_in, author) for author in self.authors), (self.decide, None)
        )
        self.decide(None)

    def hand_in(self, author: Author) -> None:
        """Hand in one more entry."""
        author.hand_in(self.stage.contest)
        time.sleep(0.5)

    def decide(self, _: None) -> None:
        """Decide on the entries handed in and not decided on: most are accepted."""
        secretary = self.stage.caller("thu-ky-1")
        for receipt in [one for each in self.authors for one in each.receipts]:
            entry_id = receipt["entry_id"]
            if entry_id in self.decided:
                continue
            self.decided[entry_id] += 1
            lot = self.chance.random()
            if lot < 0.1:
                secretary.post(f"/v1/entries/{entry_id}/refuse", {"reason": "Không hợp lệ."})
            elif lot < 0.2:
                self.supplement(entry_id)
            else:
                check_and_accept(secretary, entry_id)
        time.sleep(0.2)

    def supplement(self, entry_id: str) -> None:
        """Ask for a supplement, get it, accept."""
        secretary = self.stage.caller("thu-ky-1")
        asked = {"request": "Đề nghị bổ sung.", "missing": ["BAN_THUYET_MINH"]}
        secretary.post(f"/v1/entries/{entry_id}/return", asked)
        owners = (
            each for each in self.authors for one in each.receipts if one["entry_id"] == entry_id
        )
        author = next(owners)
        author.upload(entry_id, *author.papers()[0])
        author.api.post(f"/v1/entries/{entry_id}/submit", {"declarations": DECLARATIONS})
        check_and_accept(secretary, entry_id)

    def open_round(self) -> None:
        """Rule on what looks copied, and open the first round."""
        stage = self.stage
        self.at(local(2022, 9, 5, 8, 0))
        sealing.make_keys(stage)
        secretary = stage.caller("thu-ky-1")
        handed_in = {one["entry_id"] for each in self.authors for one in each.receipts}

        def are_there(said: list[dict[str, Any]]) -> bool:
            return handed_in <= {line["entry_id"] for line in said}

        path = f"{stage.contest}/originality"
        secretary.until(path, are_there, seconds=PATIENCE)

        def rule_and_open() -> None:
            # A supplement is reported on anew, and that report may come late.
            for line in secretary.get(path):
                if line["level"] != "CLEAR" and line.get("ruling") is None:
                    self.rule(line["entry_id"])
            secretary.post(f"{stage.contest}/rounds/{FIRST}/open", sealing.opening(stage))

        until_granted(rule_and_open)
        self.at(local(2022, 9, 12, 8, 0))

    def rule(self, entry_id: str) -> None:
        """Find an entry original."""
        secretary = self.stage.caller("thu-ky-1")
        path = f"/v1/entries/{entry_id}/originality"
        ruling = {"ruling": "ORIGINAL", "reason": "Không trùng lặp."}
        with suppress(ApiRefused):  # out of the contest meanwhile
            report = secretary.get(path)["report_id"]
            secretary.post(f"{path}/rulings", {"report_id": report, **ruling})

    def judging(self, over: Event) -> None:
        """Give sheets, changed ones too, and hand in what comes too late, until it is over."""
        judges = ((self.mark, seat.person) for seat in self.stage.cast.jury)
        late = ((self.hand_in, author) for author in self.authors)
        self.side_by_side(over, *judges, *late)

    def mark(self, judge: str) -> None:
        """Give a sheet for every entry on a judge's desk, once more those given before."""
        stage = self.stage
        sample = next(entry for entry in stage.cast.entries if entry.round1)
        for line in stage.caller(judge).get(f"{stage.contest}/rounds/{FIRST}/assignments"):
            with suppress(ApiRefused):  # a sheet is not changed twice without a reason
                give(stage, FIRST, judge, line["code"], stage.cast.marks_again(sample, 1))
                self.sheets += 1
        time.sleep(1)

    def side_by_side(self, over: Event, *works: tuple[Callable[[Any], None], Any]) -> None:
        """Let everybody work until it is over; raise what went wrong first."""

        def go_on(work: Callable[[Any], None], item: Any) -> None:
            try:
                work(item)
                while not over.is_set():
                    work(item)
            except BaseException as failure:  # noqa: BLE001  # raised below
                self.failures.append(failure)
                over.set()

        threads = [Thread(target=go_on, args=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failures:
            raise self.failures[0]


def until_granted(ask: Callable[[], Any]) -> None:
    """Ask again while what it rests on is still under way."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            ask()
        except ApiRefused as refused:
            print(refused, flush=True)  # noqa: T201
            if time.monotonic() > until:
                raise
            time.sleep(1)
        else:
            return

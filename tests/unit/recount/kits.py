"""Kits on disk: honest ones, and one for every way to tamper with them. Start with `Kits`.

Each is written when it is first asked for. `HONEST` are names of those that follow, `FORGED` maps
every other name to the step that names it: `accepted` where only a head from outside can tell.
"""

import json
import zipfile
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from services.ledger.domain import TreeHead
from services.ledger.domain.leaves import instant
from services.ledger.signing import Key, key_of
from tests.unit.recount.contests import SECRET, TENANT, kit_of, play, revoke, rows_of, written
from tests.unit.recount.disputes import DISPUTED, disputed_rows, swapped_rows
from tests.unit.recount.edges import BEYOND, WITHIN
from tests.unit.recount.entering import ENTERED, LATE
from tests.unit.recount.rulebooks import rulebooks
from tests.unit.recount.tampering import (
    CASES,
    OUTSIDE,
    honest_rows,
    withdrawn_just_after,
    withdrawn_just_before,
)

ACCEPTED = "accepted"
DAMAGED = {
    "key": "heads", "signature": "heads", "tenant": "heads", "cut": "chain", "closed": "shown",
    "unsigned": "chain", "form": "file", "elsewhere": "heads", "early": "heads",
    "headless": "heads", "a_certificate_of_the_prize_before": "papers",
}  # fmt: skip
VARIED = 12  # honest contests by other rules

FORGED = {
    **{name: ACCEPTED if step == OUTSIDE else step for name, (_, step) in CASES.items()},
    **{name: step for name, (_, step) in {**DISPUTED, **ENTERED, **BEYOND}.items()},
    **DAMAGED,
}
PLAYED = {
    "honest": honest_rows, "disputed": disputed_rows, "swapped": swapped_rows,
    "just-before": withdrawn_just_before, "just-after": withdrawn_just_after, **LATE, **WITHIN,
}  # fmt: skip
HONEST = (*PLAYED, *(f"varied-{number}" for number in range(VARIED)))


class Kits:
    """Gives the file of a kit by its name; `heads` are those of the honest one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = kit_of(honest_rows())
        self.heads = self.made.heads

    def path(self, name: str) -> Path:
        file = self.folder / f"{name}.zip"
        if not file.exists():
            file.write_bytes(self.content(name))
        return file

    def content(self, name: str) -> bytes:
        if name in DAMAGED:
            return self.damaged(name)
        if name.startswith("varied-"):
            return varied()[int(name.removeprefix("varied-"))]
        if name in PLAYED:
            return kit_of(PLAYED[name]()).content
        tamper, _ = {**CASES, **DISPUTED, **ENTERED, **BEYOND}[name]
        rows = disputed_rows() if name in DISPUTED else honest_rows()
        tamper(rows)
        return kit_of(rows).content

    def damaged(self, name: str) -> bytes:  # noqa: C901, PLR0911, PLR0912  # one for each
        """Make a kit of which the file is wrong, or what a whole other contest says."""
        heads, events, key = self.made.heads, deepcopy(self.made.events), key_of(SECRET, TENANT)
        match name:
            case "key":
                other = kit_of(honest_rows(), secret="6f" * 32)
                return written(other.heads, other.events, key)
            case "signature":
                return written([{**heads[0], "root": "0" * 64}, *heads[1:]], events, key)
            case "tenant":
                told = [{**head, "tenant": "ca-mau"} for head in heads]
                return written(told, events, key, tenant="ca-mau")
            case "cut":
                return written(heads[:-1], events, key)
            case "closed":
                panel = next(row for row in events if row[1].endswith("JudgesAssigned"))
                panel[3]["kept_away"] = "0" * 64
                return written(heads, events, key)
            case "unsigned":
                return written(heads[:1], events[: heads[0]["size"] + 1], key)
            case "form":
                return of_another_form()
            case "elsewhere":
                return written(heads, events, key, tenant="ca-mau")
            case "early":
                return written([*heads[:-1], signed_early(heads[-1], key)], events, key)
            case "headless":
                return written(heads[:-1], events, key, newest=heads[-1])
            case _:
                rows = swapped_rows()
                rows.remove(next(row for row in rows if row[1].endswith("PaperRevoked")))
                return kit_of(rows).content


def signed_early(head: dict, key: Key) -> dict:
    """Return the head as it would be if it were signed a day before."""
    at = instant(datetime.fromisoformat(head["at"]) - timedelta(days=1))
    own = TreeHead(TENANT, "HG", head["size"], head["root"], at, head["milestone"])
    return {**head, "at": at, "signature": key.sign(own)}


def of_another_form() -> bytes:
    about = {"format": "2", "tenant": "", "contest_id": "", "size": 0, "root": "", "keys": []}
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr("kit.json", json.dumps(about))
        file.writestr("heads.jsonl", "")
    return into.getvalue()


@cache
def varied() -> list[bytes]:
    """Return kits of honest contests by other rules, the same in every run."""
    found = []

    @settings(max_examples=VARIED, derandomize=True, database=None, deadline=None)
    @given(rulebooks(), st.integers(3, 9), st.integers(0, 99), st.booleans())
    def collect(rules, entries, seed, takes_back):
        contest = play(rules, entries=entries, seed=seed)
        if takes_back and contest.lines:
            revoke(contest)
        once = rules.awarding.per_author == "best"
        found.append(kit_of(rows_of(contest), with_authors=once).content)

    collect()
    return (found * VARIED)[:VARIED]

"""Whether sheets that were opened are the ones that were sealed; worked out from a chain alone.

Made anew from what `contracts.review.MarksGiven` says, not with the code that seals.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.ledger.domain import Line

Sheet = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Seals:
    """What a chain tells of sealed sheets: how many agree, which do not, which are closed yet."""

    agree: int
    changed: tuple[Sheet, ...]
    unsealed: tuple[Sheet, ...]  # opened with a digest that nobody announced beforehand
    closed: int


def check(lines: Iterable[Line]) -> Seals:
    """Compare every opened sheet with the digest that was announced when it was given."""
    sealed: dict[Sheet, str] = {}
    agree, changed, unsealed = 0, [], []
    waiting: set[Sheet] = set()
    for line in lines:
        if line.recorded.body is None:
            continue
        if line.recorded.type == "review.SheetSealed":
            said = json.loads(line.recorded.body)["body"]
            sealed.setdefault(sheet_of(said), said["digest"])
            waiting.add(sheet_of(said))
        elif line.recorded.type == "review.MarksGiven":
            said = json.loads(line.recorded.body)["body"]
            if not said.get("nonce"):
                continue  # given in the open
            sheet = sheet_of(said)
            waiting.discard(sheet)
            if sheet not in sealed:
                unsealed.append(sheet)
            elif sealed[sheet] == said["digest"] == digest_of(said):
                agree += 1
            else:
                changed.append(sheet)
    return Seals(agree, tuple(changed), tuple(unsealed), len(waiting))


def sheet_of(said: dict[str, Any]) -> Sheet:
    """Say which version of which sheet an event is about."""
    contest, round_, entry = said["contest_id"], said["round_id"], said["entry_id"]
    return contest, round_, entry, said["judge_id"], said["version"]


def digest_of(said: dict[str, Any]) -> str:
    """Work out what the digest of a sheet must be."""
    points = {code: f"{Decimal(mark).normalize():f}" for code, mark in said["marks"].items()}
    parts = [*sheet_of(said), points, said["words"], said["nonce"]]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()

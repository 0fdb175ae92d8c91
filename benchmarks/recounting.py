"""Counting kits again, each in a process of its own: processor seconds and the most memory."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from services.ledger import kit as kits
from services.ledger.domain import Growing, Recorded, canonical, disclosed, leaf_hash, leaf_of
from services.ledger.kit import opened
from services.ledger.signing import Key, key_of
from tests.unit.recount.contests import a_round, head_of, kit_of, play, rows_of, rules_of

# Counts a kit again, then tells its own processor seconds and most memory (of Linux, in KiB).
COUNTING = """
import sys, time
from recount.main import main
status = main(["verify", sys.argv[1]])
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), most.split()[1])
sys.exit(status)
"""


def stretched(file: Path, events: int) -> None:
    """Write the kit of a small contest with so many events, most of them closed."""
    rows = rows_of(play(rules_of(a_round("R1")), entries=20, judges=5))
    key, growing, salt = key_of("5e" * 32, "hau-giang"), Growing(0), bytes(16)
    lines = Path(f"{file}.lines")
    said = {"contest_id": "HG", "delivery_id": "", "channel": "MAIL", "state": "SENT"}
    with lines.open("w") as into:
        for number in range(events):
            at = number - (events - len(rows))
            id_, type_, instant, body = rows[max(at, 0)]
            if number > 0 and at <= 0:
                id_, type_, body = f"x-{number}", "notify.Delivered", said
            recorded = Recorded.of(id_, type_, instant, "")
            growing.add(leaf_hash(leaf_of(recorded, body, salt).data()))
            into.write(
                canonical(disclosed(recorded, body, salt, opened(type_, with_authors=False)))
                + "\n"
            )
    head = head_of(key, "hau-giang", "HG", growing, rows[-1][2], "")
    with lines.open() as source:
        write_to(file, key, head, (json.loads(line) for line in source))
    lines.unlink()


def write_to(file: Path, key: Key, head: dict[str, Any], events: Iterator[list[Any]]) -> None:
    """Write a kit with one head, reading the events one by one."""
    known = (kits.Key(key.kid, key.x),)
    about = kits.About("hau-giang", "HG", head["size"], head["root"], known)
    with file.open("wb") as into:
        kits.write_kit(into, about, [head], events)


def counted(file: Path) -> dict[str, float]:
    """Count a kit again by itself; processor seconds and the most memory."""
    told = subprocess.run(
        [sys.executable, "-c", COUNTING, str(file)], check=True, capture_output=True, text=True
    )
    cpu, memory = told.stdout.split()[-2:]
    return {"cpu_seconds": round(float(cpu), 1), "memory_mb": round(int(memory) / 1024)}


def flat(sizes: Sequence[int]) -> dict[str, dict[str, float]]:
    """Count kits of ever more events of one contest again."""
    found = {}
    with TemporaryDirectory() as folder:
        for events in sizes:
            file = Path(folder) / "kit.zip"
            stretched(file, events)
            found[f"{events:,} events"] = counted(file)
    return found


def recounted(entries: int) -> dict[str, float]:
    """Make a kit of so many entries and three judges each, and count it again by itself."""
    contest = play(rules_of(a_round("R1")), entries=entries, judges=40, wild=0)
    rows = rows_of(contest)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kit.zip"
        file.write_bytes(kit_of(rows).content)
        size = {"events": len(rows), "kit_mb": round(file.stat().st_size / 1e6, 1)}
        return size | counted(file)

"""`make bench-originality`: measure what the check finds, print it beside its gates, write JSON.

Status 1 if a gate is missed. The data is not part of the repository; see `benchmarks/data.py`.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import click

from benchmarks.data import ROOT
from benchmarks.originality import pan, vietnamese
from benchmarks.originality.rows import Row, least, most, show

DETECTED = {
    **dict.fromkeys(
        ("none", "no diacritics", "tone placement", "NFD", "homoglyphs", "zero-width"), 0.99
    ),
    "shuffled sentences": 0.99,
    "OCR": 0.97,
    "synonyms": 0.97,
    "10 % edits": 0.97,
    "20 % edits": 0.90,
    "shuffled words": 0.60,
}


def pan_rows(found: dict[str, Any]) -> Iterator[Row]:
    """Yield the figures of PAN's corpus."""
    yield least("PAN-13 plagdet, all", found["overall"]["plagdet"], 0.88)
    yield least("  verbatim", found["verbatim"], 0.95)
    yield least("  random obfuscation", found["random"], 0.88)
    for name in ("translated", "summary", "fitted", "others"):
        yield Row(f"  {name}", found[name])
    false = found["false_in_clean_pairs"] / found["clean_pairs"] * 1000
    yield most("  false detections in 1,000 clean pairs", false, 5)
    yield most("  ms a pair, files read and written", found["ms_per_pair"], 1.5)


def vietnamese_rows(found: dict[str, Any]) -> Iterator[Row]:
    """Yield the figures of generated Vietnamese."""
    for kind, figure in found["detected"].items():
        name = f"detected: {kind} (of {found['passages'][kind]})"
        yield least(name, figure, DETECTED[kind]) if kind in DETECTED else Row(name, figure)
    yield most("false strong hits a clean document", found["false_strong"], 0.15)
    yield most("false probable hits a clean document", found["false_probable"], 0.5)
    yield Row("check, p50 ms", found["check_p50_ms"])
    yield Row("check, p99 ms", found["check_p99_ms"])


PARTS: dict[
    str, tuple[Callable[[], dict[str, Any]], Callable[[dict[str, Any]], Iterator[Row]]]
] = {
    "pan": (pan.measure, pan_rows),
    "vietnamese": (vietnamese.measure, vietnamese_rows),
}


@click.command()
@click.option("--only", type=click.Choice(sorted(PARTS)), multiple=True, help="These parts alone.")
def main(only: tuple[str, ...]) -> None:
    """Measure originality on this machine."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str, Any] = {"at": at}
    passed = True
    for part, (measure, rows) in PARTS.items():
        if only and part not in only:
            continue
        found[part] = measure()
        passed &= show(rows(found[part]))
    path = ROOT / ".local" / "bench" / f"originality-{at.replace(':', '')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"written to {path}")
    sys.exit(not passed)


if __name__ == "__main__":
    main()

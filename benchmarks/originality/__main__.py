"""`make bench-originality`: measure what the check finds, print it beside its gates, write JSON.

Status 1 if a gate is missed. The data is not part of the repository; see `benchmarks/data.py`.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from os import getloadavg
from subprocess import PIPE, Popen
from typing import Any

import click

from benchmarks.data import ROOT
from benchmarks.originality import checks, pan, vietnamese
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
    "checks": (checks.measure, checks.rows),
    "detection": (checks.detect, checks.detection_rows),
}
# Programs of their own, which print their gates themselves, in sizes that take some minutes.
PROGRAMS: dict[str, tuple[str, ...]] = {
    "scale": ("--sizes", "10000,50000", "--real", "6000", "--peers", "2000"),
    "reading": ("--documents", "20"),
    "ideas": (),
}


def told(program: str, arguments: tuple[str, ...]) -> list[str]:
    """Run a program of this folder and pass on what it prints; return the lines."""
    lines = []
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.originality.{program}"]
    with Popen([*command, *arguments], stdout=PIPE, text=True) as process:
        for line in process.stdout or ():
            click.echo(line, nl=False)
            lines.append(line.rstrip())
    if process.returncode:
        lines.append(f"MISSED: status {process.returncode}")
        click.echo(lines[-1])
    return lines


@click.command()
@click.option(
    "--only",
    type=click.Choice(sorted({*PARTS, *PROGRAMS})),
    multiple=True,
    help="These parts alone.",
)
def main(only: tuple[str, ...]) -> None:
    """Measure originality on this machine."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str, Any] = {"at": at, "load before": getloadavg()[0]}
    passed = True
    for part, (measure, rows) in PARTS.items():
        if not only or part in only:
            found[part] = measure()
            passed &= show(rows(found[part]))
    for program, arguments in PROGRAMS.items():
        if not only or program in only:
            found[program] = told(program, arguments)
            passed &= not any("MISSED" in line for line in found[program])
    path = ROOT / ".local" / "bench" / f"originality-{at.replace(':', '')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"written to {path}")
    sys.exit(not passed)


if __name__ == "__main__":
    main()

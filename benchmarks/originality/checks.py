"""What a whole check of an entry costs: `python -m benchmarks.originality.checks`.

An index is filled with long texts of real news, and entries with copied and disguised passages
are handed in to a process of the service (`worker`): prepared, understood, indexed, searched for
by words, triples and ideas, compared, reported on, filed. Beside it, on the same texts, stands
the standard library's comparison of one entry with one source.

With `--detection` the kinds of disguises are looked for through the index in PostgreSQL and by
`finder`, on the same documents.
"""

import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean
from subprocess import run
from typing import Any

import click
import msgspec
from sqlalchemy import create_engine

from benchmarks.measuring import Timed
from benchmarks.originality import corpus, vietnamese
from benchmarks.originality.generator import Corpus, Document, generate
from benchmarks.originality.plagdet import Passage, meets
from benchmarks.originality.rows import Row, least, most, show
from benchmarks.originality.scale import TENANT, index, settle, work
from benchmarks.originality.worker import DESCRIPTION, Cost, Done, Task
from contracts.originality import Report
from deploy.local.instance import LOCAL
from services.originality import store
from services.originality.domain import Policy, Scope
from services.originality.engine import warm
from services.originality.understanding import prints_of

CONTEST = "HG-2022"
CUTOFF = date(2022, 6, 30)
BATCH = 100  # texts kept in one transaction
SEED = 4
P50, P99, MEGABYTES = 60.0, 300.0, 400.0
LOST = 0.02  # of a kind's passages, that the index may find less than `finder`
PEERS = 5  # pairs that the standard library compares


def fill(url: str, texts: tuple[str, ...]) -> float:
    """Keep texts as initiatives of a register and merge their index; return the seconds it took.

    The n-th has the code n.
    """
    database, began = create_engine(url), time.perf_counter()
    with work(database) as session:
        store.save_policy(session, policy(), 0)
    for first in range(0, len(texts), BATCH):
        bodies = texts[first : first + BATCH]
        kept = [
            (text, prints_of(text, prepared))
            for number, (body, prepared) in enumerate(
                zip(bodies, corpus.prepare(list(bodies)), strict=True), first
            )
            for text in [known(number, body)]
        ]
        with work(database) as session:
            store.save_texts(session, kept)
    settle(database)
    database.dispose()
    return time.perf_counter() - began


def policy() -> Policy:
    """Return rules by which a report names everything that was found."""
    return Policy(
        contest_id=CONTEST,
        title="Contest of a measurement",
        descriptions=frozenset({DESCRIPTION}),
        cutoff=CUTOFF,
        report_above=Decimal(0),
        must_review_above=Decimal(1),
        scopes=frozenset({Scope.PROVINCE}),
    )


def known(number: int, body: str) -> store.KeptText:
    """Return a text as an initiative of the register."""
    title = body.split("\n", 1)[0]
    return store.KeptText(
        store.Kind.KNOWN_INITIATIVE, str(number), title=title, body=body, register="TINH"
    )


def served(url: str, documents: tuple[Document, ...], *, is_filed: bool) -> Done:
    """Let a process of the service check documents."""
    task = Task(TENANT, CONTEST, tuple(each.text for each in documents), is_filed)
    with tempfile.TemporaryDirectory() as folder:
        given, told = Path(folder) / "task", Path(folder) / "done"
        given.write_bytes(msgspec.msgpack.encode(task))
        command = ["-W", "ignore", "-m", "benchmarks.originality.worker", url, given, told]
        warm.warm()  # else the first check waits for kernels to be compiled
        run([sys.executable, *map(str, command)], check=True)
        return msgspec.msgpack.decode(told.read_bytes(), type=Done)


def measure(sources: int = 2_400, checks: int = 150) -> dict[str, Any]:
    """Measure whole checks of so many entries among so many texts, and a peer."""
    made = generate(SEED, sources, checks, 0)
    with index("checks") as url:
        filling = fill(url, made.sources)
        done = served(url, made.copied, is_filed=True)
    return {
        "sources": sources,
        "words": round(mean(len(each.text.split()) for each in made.copied)),
        "checks": len(done.whole),
        "filled_per_second": sources / filling,
        "whole": figures(done.whole),
        "stages": {stage: figures(each) for stage, each in done.stages.items()},
        "worker_megabytes": done.worker_megabytes,
        "child_megabytes": done.child_megabytes,
        "difflib_pair_ms": beside(made),
    }


def figures(costs: list[Cost]) -> dict[str, float]:
    """Return what is told of a check or a stage, in milliseconds."""
    took = Timed([cost.took / 1000 for cost in costs])
    told = {f"p{share} ms": round(took.percentile(share / 100), 2) for share in (50, 95, 99)}
    return told | {"processor ms": round(mean(cost.work for cost in costs), 2)}


def beside(made: Corpus) -> float:
    """Return the milliseconds `difflib` takes for one entry and one source it is copied from."""
    spent = Timed()
    for document in made.copied[:PEERS]:
        source = made.sources[int(document.planted[0].place.source)]
        began = time.perf_counter()
        SequenceMatcher(
            None, document.text.split(), source.split(), autojunk=False
        ).get_matching_blocks()
        spent.each.append(time.perf_counter() - began)
    return spent.percentile(0.5)


def rows(found: dict[str, Any]) -> Iterator[Row]:
    """Yield the figures of whole checks beside their gates."""
    name = f"check of {found['words']} words among {found['sources']} texts"
    whole = found["whole"]
    yield most(f"{name}, p50 ms", whole["p50 ms"], P50)
    yield Row("  p95 ms", whole["p95 ms"])
    yield most("  p99 ms", whole["p99 ms"], P99)
    yield Row("  processor ms", whole["processor ms"])
    for stage, figure in found["stages"].items():
        for what, milliseconds in figure.items():
            yield Row(f"    {stage}, {what}", milliseconds)
    yield Row("  difflib, one source of one entry, ms", found["difflib_pair_ms"])
    yield most("a worker's memory at most, MB", found["worker_megabytes"], MEGABYTES)
    yield most("its computing child's, MB", found["child_megabytes"], MEGABYTES)
    yield Row("texts prepared and kept a second", found["filled_per_second"])


def detect(sources: int = 800, copied: int = 120, clean: int = 40) -> dict[str, Any]:
    """Look for each kind of disguise through PostgreSQL and by `finder`, in the same documents."""
    made = generate(vietnamese.GATE, sources, copied, clean)
    with index("detection") as url:
        fill(url, made.sources)
        done = served(url, (*made.copied, *made.clean), is_filed=False)
    detected = defaultdict(list)
    for document, report in zip(made.copied, done.reports, strict=False):
        said = passages(document.name, report)
        for each in document.planted:
            detected[each.disguise].append(any(meets(each.place, other) for other in said))
    accused = done.reports[copied:]
    by_finder = vietnamese.measure(vietnamese.GATE, sources, copied, clean)
    return {
        "sources": sources,
        "passages": by_finder["passages"],
        "detected": {kind: mean(cases) for kind, cases in sorted(detected.items())},
        "by_finder": by_finder["detected"],
        "false_strong": false(accused, "STRONG"),
        "false_probable": false(accused, "STRONG", "PROBABLE"),
        "false_by_finder": [by_finder["false_strong"], by_finder["false_probable"]],
    }


def passages(name: str, report: Report) -> list[Passage]:
    """Return every passage that is told, with its source."""
    return [
        Passage(
            name,
            passage.start,
            passage.end - passage.start,
            match.source_id,
            passage.source_start,
            passage.source_end - passage.source_start,
        )
        for match in report.matches
        for passage in match.passages
    ]


def false(reports: tuple[Report, ...], *tiers: str) -> float:
    """Return how many passages of these tiers a clean document has on average."""
    return mean(
        sum(passage.tier in tiers for match in report.matches for passage in match.passages)
        for report in reports
    )


def detection_rows(found: dict[str, Any]) -> Iterator[Row]:
    """Yield the figures of detection through the index, at least those of `finder`."""
    for kind, figure in found["detected"].items():
        by_finder = found["by_finder"][kind]
        name = f"through the index: {kind} (of {found['passages'][kind]})"
        yield least(name, figure, round(by_finder - LOST, 3))
    yield Row("  false strong hits a clean document", found["false_strong"])
    yield Row("  by finder", found["false_by_finder"][0])
    yield Row("  false probable hits a clean document", found["false_probable"])
    yield Row("  by finder", found["false_by_finder"][1])


@click.command()
@click.option("--texts", default=2_400, help="In the index.")
@click.option("--checks", default=150, help="How many entries are handed in.")
@click.option("--detection", is_flag=True, help="Look for each kind of disguise instead.")
def main(*, texts: int, checks: int, detection: bool) -> None:
    """Measure on this machine, print the figures beside their gates and write them as JSON."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    load = os.getloadavg()[0]
    found = detect() if detection else measure(texts, checks)
    passed = show(detection_rows(found) if detection else rows(found))
    path = LOCAL / "bench" / f"originality-checks-{at.replace(':', '')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"at": at, "load before": load} | found, indent=2))
    click.echo(f"load before {load:.1f}; written to {path}")
    sys.exit(not passed)


if __name__ == "__main__":
    main()

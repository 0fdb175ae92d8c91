"""One process of originality that checks texts as the service does, and says what each cost.

`python -m benchmarks.originality.worker URL TASK FIGURES`, with a `Task` in and `Done` out. It is
the code of the service from its entrypoint on; only the reading of files is left out, and each
stage's function is wrapped in a stopwatch.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import msgspec
import psutil
from msgspec import Struct
from sqlalchemy import text

from contracts import intake, originality
from kernel.testing import NOON, Bench, actor
from services.originality import checking, matching, store
from services.originality.extraction import Extracted
from services.originality.reporting import making
from services.originality.service import OriginalityService

DESCRIPTION = "BAN_THUYET_MINH"
FIRST = 5  # checks that are not counted: the process and its child have just started

# What a check consists of, and the function that does it.
STAGES: dict[str, tuple[ModuleType, str]] = {
    "prepare": (matching, "prepare"),
    "understand": (checking, "prints_of"),
    "keep": (store, "save_texts"),
    "search": (store, "candidates"),
    "fetch": (store, "find_packed"),
    "titles": (store, "find_titles"),
    "ideas": (making, "ideas_of"),
    "compare": (making, "compare"),
    "report": (making, "report_on"),
    "file": (making, "file_report"),
    "owed": (store, "later_entries_alike"),
}


class Task(Struct, frozen=True):
    """Texts to check in a contest; filed as entries of it, or only tried."""

    tenant: str
    contest_id: str
    texts: tuple[str, ...]
    is_filed: bool


class Cost(Struct, frozen=True, array_like=True):
    """Milliseconds: how long it took, and of processor time in all processes that took part."""

    took: float
    work: float


class Done(Struct, frozen=True):
    """Reports in order, what each check and each of its stages cost, and memory at most."""

    reports: tuple[originality.Report, ...]
    whole: list[Cost]
    stages: dict[str, list[Cost]]
    worker_megabytes: float
    child_megabytes: float


class Stopwatch:
    """Times checks and their stages, as clocks and as processors see it.

    Processors are those of the worker, its child that computes and the database's process.
    """

    def __init__(self, bench: Bench) -> None:
        self.pids = processes(bench)
        self.whole: list[Cost] = []
        self.stages: dict[str, list[Cost]] = defaultdict(list)

    def timed(self, costs: list[Cost], function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function; each of its calls puts one cost to the others."""

        def call(*arguments: object, **named: object) -> Any:  # noqa: ANN401
            before, began = sum(map(spent, self.pids)), time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                took = time.perf_counter() - began
                costs.append(Cost(1000 * took, sum(map(spent, self.pids)) - before))

        return call

    def attach(self, stack: ExitStack) -> None:
        """Time every stage while the stack is open."""
        for stage, (module, name) in STAGES.items():
            timed = self.timed(self.stages[stage], getattr(module, name))
            stack.enter_context(patch.object(module, name, timed))


def check(bench: Bench, task: Task, number: int) -> originality.Report | None:
    """Check one of the texts."""
    if not task.is_filed:
        asked = originality.CheckText(contest_id=task.contest_id, text=task.texts[number])
        secretary = actor("secretary")
        return bench.ask(asked, actor=secretary, tenant=task.tenant, reply=originality.Report)  # type: ignore[no-any-return]
    said = bench.hear(submitted(task, number), tenant=task.tenant)
    if said != "done":
        raise RuntimeError(f"text {number}: {said}; {bench.errors()}")
    return None


def submitted(task: Task, number: int) -> intake.EntrySubmitted:
    """Return the event of one entry."""
    paper = intake.DocumentRef(
        document_id=f"d-{number}",
        code=DESCRIPTION,
        key=str(number),
        sha256=f"{number:064x}",
        media_type="text/plain",
        size=len(task.texts[number]),
    )
    return intake.EntrySubmitted(
        contest_id=task.contest_id,
        entry_id=f"e-{number}",
        receipt_code=f"H30-220801-{number}",
        filed_by=f"p-{number}",
        author_ids=(f"p-{number}",),
        title=f"Entry {number}",
        version=1,
        received_at=NOON + timedelta(seconds=number),
        area="TTHC",
        kind="INDIVIDUAL",
        group="NGUOI_DAN",
        channel="ONLINE",
        documents=(paper,),
    )


def work(bench: Bench, task: Task) -> Done:
    """Check every text, one after the other."""

    def read(*given: Any) -> Extracted:  # noqa: ANN401
        return Extracted(task.texts[int(given[2][0].key)])

    with ExitStack() as stack:
        stack.enter_context(patch.object(matching, "read_documents", read))
        first = [check(bench, task, number) for number in range(FIRST)]
        watch = Stopwatch(bench)
        watch.attach(stack)
        timed = watch.timed(watch.whole, check)
        rest = [timed(bench, task, number) for number in range(FIRST, len(task.texts))]
    ours, child, _ = watch.pids
    return Done(
        reports=tuple(report for report in (*first, *rest) if report),
        whole=watch.whole,
        stages=watch.stages,
        worker_megabytes=peak(ours),
        child_megabytes=peak(child),
    )


def processes(bench: Bench) -> list[int]:
    """Return the worker, its child that computes, and what the database runs for it."""
    children = [child.pid for child in psutil.Process().children()]
    with bench.database.engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
    return [os.getpid(), *children[:1], int(backend or 0)]


def spent(pid: int) -> float:
    """Return the processor milliseconds of a process so far, as exactly as Linux knows them."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def peak(pid: int) -> float:
    """Return the most memory a process has had resident, in megabytes."""
    lines: Iterable[str] = Path(f"/proc/{pid}/status").read_text().splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(most) / 1024


def main() -> None:
    """Do the task."""
    url, given, figures = sys.argv[1:]
    task = msgspec.msgpack.decode(Path(given).read_bytes(), type=Task)
    os.environ |= {"DATABASE_URL": url, "AMQP_URL": "pyamqp://unused", "S3_URL": "http://unused"}
    bench = Bench(OriginalityService, dict(os.environ))
    Path(figures).write_bytes(msgspec.msgpack.encode(work(bench, task)))
    bench.close()


if __name__ == "__main__":
    main()

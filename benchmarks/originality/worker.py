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
    "fetch": (making, "sources_of"),
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


class Done(Struct, frozen=True):
    """Reports in order, milliseconds of each stage and check, and what the processes used.

    `work` is milliseconds of processor time a check, of the worker, its child and the database.
    """

    reports: tuple[originality.Report, ...]
    stages: dict[str, list[float]]
    whole: list[float]
    work: float
    worker_megabytes: float
    child_megabytes: float


class Stopwatch:
    """Sums up what each stage of a check takes."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = defaultdict(list)

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed."""

        def timed(*arguments: object, **named: object) -> Any:  # noqa: ANN401
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self.stages[stage].append(1000 * (time.perf_counter() - began))

        return timed

    def attach(self, stack: ExitStack) -> None:
        """Time every stage while the stack is open."""
        for stage, (module, name) in STAGES.items():
            timed = self.around(stage, getattr(module, name))
            stack.enter_context(patch.object(module, name, timed))


def check(bench: Bench, task: Task, number: int) -> originality.Report | None:
    """Check one of the texts."""
    if not task.is_filed:
        asked = originality.CheckText(contest_id=task.contest_id, text=task.texts[number])
        secretary = actor("secretary")
        return bench.ask(
            asked, actor=secretary, tenant=task.tenant, reply=originality.Report
        )  # type: ignore[no-any-return]
    said = bench.hear(submitted(task, number), tenant=task.tenant)
    if said != "done":
        raise RuntimeError(f"text {number}: {said}")
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
    watch, whole, reports = Stopwatch(), [], []

    def read(*given: Any) -> Extracted:  # noqa: ANN401
        return Extracted(task.texts[int(given[2][0].key)])

    before = 0.0
    with ExitStack() as stack:
        stack.enter_context(patch.object(matching, "read_documents", read))
        for number in range(len(task.texts)):
            if number == FIRST:
                watch.attach(stack)
                before = sum(map(spent, processes(bench)))
            began = time.perf_counter()
            told = check(bench, task, number)
            whole.append(1000 * (time.perf_counter() - began))
            reports += [told] if told else []
    counted = max(len(task.texts) - FIRST, 1)
    ours, child, *_ = processes(bench)
    return Done(
        reports=tuple(reports),
        stages=watch.stages,
        whole=whole[FIRST:],
        work=1000 * (sum(map(spent, processes(bench))) - before) / counted,
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
    """Return the processor seconds of a process."""
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


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

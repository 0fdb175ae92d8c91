"""People work, everything fails, and at the end all that must hold is checked: `play`."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import pytest

from demo.cast import read_cast
from demo.hook import Ear
from demo.stage import TENANT, Stage
from deploy.local import assembly
from deploy.local.instance import ROOT, load
from deploy.local.stack import Stack
from kernel.envelope import known_messages
from services.gateway.domain import command_id
from tests.reliability.callers import NotingApi
from tests.reliability.chaos.far import Far
from tests.reliability.chaos.faults import Fault, plan
from tests.reliability.chaos.load import Load, PatientApi
from tests.reliability.chaos.striking import SmallDisk, Striker
from tests.reliability.chaos.tap import Tap

COPIES = {"gateway": 2, "intake": 2}
FAR = ("intake", "review", "notify")
AT_ONCE = 6  # faults that befall the stack together
BREATH = 60  # faults after which everybody is waited for


@dataclass(frozen=True)
class Outcome:
    """What befell the stack, what was done meanwhile, and what the invariants say."""

    faults: tuple[Fault, ...]
    struck: Counter[str]
    repeated: int  # messages published once more
    granted: int  # changes that callers were told are done
    entries: int
    sheets: int
    verdicts: list[dict[str, Any]]
    seconds: float

    @property
    def broken(self) -> dict[str, list[str]]:
        """Return what is wrong, by the invariant it breaks."""
        return {each["invariant"]: each["faults"] for each in self.verdicts if not each["holds"]}

    def lines(self) -> Iterator[str]:
        """Yield what happened, for a person."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.struck.items()))
        yield f"{self.struck.total()} faults in {self.seconds:.0f} s: {kinds}"
        yield f"{self.repeated} messages published once more"
        yield f"{self.granted} changes granted, {self.entries} entries, {self.sheets} sheets"
        for each in self.verdicts:
            word = "holds" if each["holds"] else "BROKEN"
            yield f"{word:<6}  {each['invariant']:<18} {each['looked_at']:>8} {each['unit']}"
            yield from (f"        - {fault}" for fault in each["faults"])


def play(stack: Stack, seed: int, count: int, disk: SmallDisk) -> Outcome:
    """Let so many faults befall a fresh stack while people work on it, then check everything."""
    ports = [assembly.http_port(load(stack.name), number) for number in range(COPIES["gateway"])]
    with (
        pytest.MonkeyPatch.context() as patch,
        Ear() as ear,
        closing(Stage(stack, read_cast(), {}, ear)) as stage,
        Far(stack, FAR) as far,
        Tap(stack.addresses.amqp_url) as tap,
    ):
        patch.setattr(NotingApi, "ports", ports)
        patch.setattr(NotingApi, "granted", [])
        patch.setattr("demo.stage.Api", PatientApi)
        striker, work = Striker(stack, far, tap, disk), Load(stage, seed, far.follow)
        work.open()
        faults = plan(seed, count, striker.targets())
        began = time.monotonic()
        half = max(1, count // 2)
        with strikes(striker, faults[:half], seed) as over:
            work.entering(over)
        work.open_round()
        with strikes(striker, faults[half:], seed + 1) as over:
            work.judging(over)
        seconds = time.monotonic() - began
        stack.wait_healthy()
        entries = sum(len(each.receipts) for each in work.authors)
        acknowledged = ids_of(NotingApi.granted, stack)
        verdicts = verdicts_of(stack, acknowledged)
    return Outcome(
        faults, striker.struck, striker.repeated, len(acknowledged), entries, work.sheets,
        verdicts, seconds,
    )  # fmt: skip


@contextmanager
def strikes(striker: Striker, faults: Sequence[Fault], seed: int) -> Iterator[Event]:
    """Strike beside the work; the event is set once the last fault is over."""
    over, wrong = Event(), []

    def strike() -> None:
        try:
            befall(striker, faults, Random(seed), over)  # noqa: S311
        except BaseException as failure:  # noqa: BLE001  # raised below
            wrong.append(failure)
        finally:
            over.set()

    thread = Thread(target=strike)
    thread.start()
    try:
        yield over
    finally:
        over.set()
        thread.join()
    if wrong:
        raise wrong[0]


def befall(striker: Striker, faults: Sequence[Fault], chance: Random, over: Event) -> None:
    """Let some faults happen together, then the next, until none is left or all is over."""
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for first in range(0, len(faults), AT_ONCE):
            if over.wait(chance.uniform(0.02, 0.5)):
                return
            together = faults[first : first + AT_ONCE]
            print(f"{time.monotonic() - began:>6.0f} s {first:>4}", *together, flush=True)  # noqa: T201
            list(pool.map(striker.strike, together))
            # Who starts again needs the processor; with all of them down nothing is shown.
            if first // BREATH != (first + AT_ONCE) // BREATH:
                striker.stack.wait_healthy()


def ids_of(granted: Sequence[tuple[str, str, str]], stack: Stack) -> list[str]:
    """Return the ids of the commands granted; where no kind of command fits, the path says so."""
    from sqlalchemy import text  # noqa: PLC0415

    from tests.bookkeeping import HEARERS, tables_of  # noqa: PLC0415

    known: set[str] = set()
    for service in HEARERS:
        with tables_of(stack, service) as tables:
            known |= set(tables.scalars(text("SELECT id FROM request")))
    kinds = known_messages()
    return [
        next((one for kind in kinds if (one := command_id(TENANT, who, key, kind)) in known), path)
        for who, key, path in granted
    ]


def verdicts_of(stack: Stack, acknowledged: Sequence[str]) -> list[dict[str, Any]]:
    """Ask `sangkien check-invariants`, as an operator would, once everything has settled."""
    folder = stack.logs_dir.parent
    told = folder / "acknowledged.txt"
    told.write_text("\n".join(acknowledged))
    environment = operator_environment(folder)
    asked = subprocess.run(
        [sys.executable, "-m", "kernel.operate", "check-invariants", "--json", "--grace", "0",
         "--patience", "300", "--acknowledged", str(told)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if asked.returncode not in {0, 1} or not asked.stdout:
        raise AssertionError(asked.stderr)
    return json.loads(asked.stdout)


def operator_environment(folder: Path) -> dict[str, str]:
    """Return what an operator of a local stack sets to look into all services."""
    secrets = folder / "secrets"
    return os.environ | {
        "DATABASE_URL_FILE": str(secrets / "{service}.database_url"),
        "AMQP_URL_FILE": str(secrets / "{service}.amqp_url"),
        "CLOCK_FILE": str(folder / "clock"),
        "AUDIT_LOG": str(folder / "commands.jsonl"),
    }

"""The processes of a storm: counterparties, copies of notify, a clock that jumps over waiting."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil
import urllib3
from sqlalchemy import Engine, create_engine, text

TENANT = "hau-giang"
PYTHON = (sys.executable, "-W", "ignore", "-m")
CONTEST = {
    "contest_id": "c-1",
    "number": 0,
    "title": "Cuộc thi sáng kiến (mẫu)",
    "host": "UBND tỉnh (mẫu)",
    "intake_desk": "Phòng Cải cách hành chính (mẫu)",
    "timezone": "Asia/Ho_Chi_Minh",
    "papers": {},
    "rounds": [],
    "prizes": {},
}
LETTER = {"entry": {"receipt_code": "H00-220815-0001", "title": "Một cửa số (mẫu)"}}
PUSH = {"contest_id": "c-1", "entry_id": "e-1", "receipt_code": "H00-220815-0001"}
COLUMNS = (
    "tenant, delivery_id, event_id, event_type, recipient, channel, counterparty, template,"
    " content, contest_id, entry_ids, state, queued_at, due_at, attempts"
)


@dataclass
class Processes:
    """Child processes that are ended with the body."""

    folder: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End those that still run."""
        for process in self.running:
            process.kill()
        for process in self.running:
            process.wait()
            if process.stdout:
                process.stdout.close()

    def address(self, *command: str) -> str:
        """Start a counterparty; return the address it prints."""
        process = subprocess.Popen([*PYTHON, *command], stdout=subprocess.PIPE, text=True)
        self.running.append(process)
        assert process.stdout  # noqa: S101  # asked for above
        return process.stdout.readline().strip()

    def notify(self, environment: Mapping[str, str]) -> subprocess.Popen[str]:
        """Start a copy of the service, as in production."""
        log = (self.folder / f"notify-{len(self.running)}.log").open("w")
        process = subprocess.Popen(
            [*PYTHON, "kernel.runner", "notify"],
            env=os.environ | environment,
            stdout=log,
            stderr=log,
            text=True,
        )
        log.close()
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[str]) -> None:
        """End a process and its children as a power cut does."""
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
        process.wait()


class Queue:
    """The database of notify, seen past row-level security."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        self.run("INSERT INTO tenant (id) VALUES (:tenant) ON CONFLICT DO NOTHING", tenant=TENANT)
        self.run(
            "INSERT INTO contest VALUES (:tenant, 'c-1', 0, CAST(:facts AS jsonb))",
            tenant=TENANT,
            facts=json.dumps(CONTEST),
        )
        self.run(
            "INSERT INTO person (tenant, person_id, full_name, email, told_at)"
            " VALUES (:tenant, 'p-1', 'Người nhận (mẫu)', 'mau@example.vn', now())",
            tenant=TENANT,
        )

    def run(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        """Run a statement in a transaction of its own."""
        with self.engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
            result = connection.execute(text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []

    def fill(self, counterparty: str, count: int, tenant: str = TENANT, prefix: str = "") -> None:
        """Queue so many messages: letters to the relay, or pushes to a client, an entry each."""
        is_mail = counterparty == "channel:mail"
        self.run(
            "INSERT INTO counterparty (tenant, name, failures) VALUES (:tenant, :name, 0)"
            " ON CONFLICT DO NOTHING",
            tenant=tenant,
            name=counterparty,
        )
        name = prefix + counterparty.replace(":", "-")
        self.run(
            f"INSERT INTO delivery ({COLUMNS})"  # noqa: S608  # nothing from outside
            " SELECT :tenant, :name || '-' || n, 'm-' || :name || n, 'intake.EntryAccepted',"
            " :recipient, :channel, :counterparty, :template, CAST(:content AS jsonb), 'c-1',"
            " ARRAY[:prefix || 'e-' || n], 'QUEUED', now(), now(), 0"
            " FROM generate_series(1, :count) n",
            tenant=tenant,
            name=name,
            recipient="p-1" if is_mail else counterparty,
            channel="EMAIL" if is_mail else "WEBHOOK",
            counterparty=counterparty,
            template="accepted" if is_mail else "entry_state",
            content=json.dumps(LETTER if is_mail else PUSH),
            count=count,
            prefix=prefix,
        )
        self.run(
            "INSERT INTO about SELECT tenant, unnest(entry_ids), delivery_id, counterparty,"
            " queued_at, sequence, channel = 'WEBHOOK' FROM delivery"
            " WHERE counterparty = :counterparty ON CONFLICT DO NOTHING",
            counterparty=counterparty,
        )

    def push(self, client: str, delivery_id: str) -> None:
        """Queue one push about an entry of its own."""
        self.run(
            f"INSERT INTO delivery ({COLUMNS}) VALUES (:tenant, :id, :id, 'intake.EntryAccepted',"  # noqa: S608
            " :client, 'WEBHOOK', :client, 'entry_state', CAST(:content AS jsonb), 'c-1',"
            " '{}', 'QUEUED', clock_timestamp(), now(), 0)",
            tenant=TENANT,
            id=delivery_id,
            client=client,
            content=json.dumps(PUSH),
        )
        self.run(
            "INSERT INTO counterparty (tenant, name, failures) VALUES (:tenant, :name, 0)"
            " ON CONFLICT DO NOTHING",
            tenant=TENANT,
            name=client,
        )

    def expire(self, counterparty: str, minutes: int) -> None:
        """Have what is queued for a counterparty be pointless after so many minutes."""
        self.run(
            "UPDATE delivery SET expires_at = queued_at + make_interval(mins => :minutes)"
            " WHERE counterparty = :name",
            name=counterparty,
            minutes=minutes,
        )

    def client(self, name: str, url: str, secret: str) -> None:
        """Register a webhook."""
        self.run(
            "INSERT INTO client VALUES (:tenant, :name, :url, :secret)",
            tenant=TENANT,
            name=name,
            url=f"{url}/hook",
            secret=secret,
        )

    def waiting(self, counterparty: str) -> int:
        """Count what is queued for a counterparty."""
        found = self.run(
            "SELECT count(*) FROM delivery WHERE counterparty = :name AND state = 'QUEUED'",
            name=counterparty,
        )
        return int(str(found[0][0]))

    def send_failed_again(self) -> int:
        """Begin the tries of what was given up anew, as an operator does; return how many."""
        return len(
            self.run(
                "UPDATE delivery SET state = 'QUEUED', attempts = 0 WHERE state = 'FAILED'"
                " RETURNING delivery_id"
            )
        )

    def states(self) -> Counter[tuple[str, str]]:
        """Count the deliveries by counterparty and state."""
        found = self.run("SELECT counterparty, state, count(*) FROM delivery GROUP BY 1, 2")
        return Counter({(str(name), str(state)): int(str(n)) for name, state, n in found})

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


@dataclass
class Clock:
    """The clock of the copies: where everything waits, it jumps."""

    file: Path
    offset: float = 0.0

    def jump(self, seconds: float) -> None:
        """Move it forwards for everybody who reads it."""
        self.offset += seconds
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps({"offset": self.offset}))
        fresh.replace(self.file)


def wait_until_over(queue: Queue, clock: Clock, seconds: float) -> bool:
    """Wait until nothing is queued; where nothing happens any more, jump to what is due last."""
    until = time.monotonic() + seconds
    before, still = -1.0, 0
    while time.monotonic() < until:
        counted = queue.run(
            "SELECT count(*), sum(tries), extract(epoch FROM max(due_at) - now())"
            " FROM delivery WHERE state = 'QUEUED'"
        )
        waiting, tries, ahead = (float(str(one or 0)) for one in counted[0])
        if not waiting:
            return True
        still = still + 1 if before == waiting + tries else 0
        before = waiting + tries
        if still >= 4:
            clock.jump(max(120, ahead - clock.offset))
            still = 0
        time.sleep(0.3)
    return False


def taken_by(url: str) -> tuple[dict[str, object], dict[str, int]]:
    """Ask a sandbox what it has taken, and how often each id came."""
    said = urllib3.request("GET", url, timeout=60).json()
    return said["taken"], said["calls"]

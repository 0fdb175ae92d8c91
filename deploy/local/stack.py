"""A whole sangkien on this machine: servers and services under one name, up, poked and down again.

    with Stack("demo", copies={"review": 2}) as stack:
        stack.set_clock(datetime(2022, 6, 1, tzinfo=UTC))
        httpx.get(stack.addresses.http_url)

What it consists of is in `assembly`; each server's set-up in `broker`, `database` and `objects`.
"""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from deploy.local import assembly, broker, database, leftovers, objects
from deploy.local.assembly import Note
from deploy.local.instance import LOCAL, SERVICES, SYNC_VARIABLE, Instance, load
from deploy.local.migrate import migrate
from deploy.local.running import Running, StackFailed
from deploy.local.supervision import Program

__all__ = ["Stack", "StackFailed"]


class Stack(Running):
    """One named stack under `.local/<name>/`, on ports of its own.

    `services` is True for all seven, False for none (the servers alone), or the names of some;
    `copies` says how many processes of a service run, one where it is silent.
    """

    def __init__(
        self,
        name: str,
        copies: Mapping[str, int] | None = None,
        services: bool | Iterable[str] = True,  # noqa: FBT001, FBT002 -- reads well at the call
        note: Note = lambda line: print(line, flush=True),
    ) -> None:
        super().__init__(name)
        self.started = False  # by this object: then it also stops it as a context manager
        wanted = SERVICES if services is True else tuple(services or ())
        if unknown := set(wanted) - set(SERVICES):
            raise ValueError(f"No such service: {', '.join(sorted(unknown))}")
        self._copies = {service: (copies or {}).get(service, 1) for service in wanted}
        self._note = note

    # -- up and down

    def up(self, *, fresh: bool = True) -> Self:
        """Start the stack; `fresh` wipes what an earlier one of this name has left.

        Without `fresh` a running stack is used as it is, with the services asked for added.
        A start that fails is undone; its logs stay.
        """
        with self._lock():
            self._use(load(self.name))
            self._began = time.monotonic()
            try:
                if fresh or not self._runs():
                    self._start(fresh=fresh)
                else:
                    self._add_services()
                self._start_services()
            except BaseException:
                if self.started:
                    self._halt()
                raise
        return self

    def down(self) -> None:
        """Stop everything that runs under this name; what it has written stays."""
        with self._lock():
            self._use(load(self.name))
            self._halt()

    def __enter__(self) -> Self:
        return self.up()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.started:
            self.down()

    def _halt(self) -> None:
        self._supervisor.shut_down()
        leftovers.stop(self._instance.folder)
        objects.forget(self._instance)
        self.started = False

    @contextmanager
    def _lock(self) -> Iterator[None]:
        LOCAL.mkdir(exist_ok=True)
        with (LOCAL / f"{self.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _runs(self) -> bool:
        same = self._instance.broker_root == os.environ.get(broker.ROOT_VARIABLE, "")
        return (
            same
            and self._supervisor.answers()
            and all(answers(self._instance) for answers in assembly.QUESTIONS.values())
        )

    def _start(self, *, fresh: bool) -> None:
        self._clear(fresh=fresh)
        instance = self._instance
        instance.logs.mkdir(parents=True, exist_ok=True)
        instance.mail.mkdir(exist_ok=True)
        instance.external = assembly.external(self._note)
        instance.broker_root = os.environ.get(broker.ROOT_VARIABLE, "")
        instance.is_synced = os.environ.get(SYNC_VARIABLE) != "off"
        instance.copies = dict(self._copies)
        self._configure()
        self.started = True
        self._supervisor.launch()
        self._together(
            {
                "postgres": lambda: self._ready_postgres(fresh=fresh),
                "seaweedfs": self._ready_objects,
                "rabbitmq": lambda: self._wait_for("rabbitmq"),
                "mailbox": lambda: self._wait_for("mailbox"),
            }
        )

    def _clear(self, *, fresh: bool) -> None:
        if not fresh:
            self._supervisor.shut_down()
        folder = self._instance.folder
        if count := leftovers.stop(folder, patience=0 if fresh else 10):
            self._note(f"  stopped {count} programs left by an earlier {self.name}")
        objects.forget(self._instance)
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
            self._use(Instance(self.name))
        self._instance.move_off_taken_ports()

    def _configure(self) -> None:
        self._supervisor.configure(self._programs())
        assembly.addresses(self._instance)  # chooses the ports that no program of ours has chosen
        self._instance.save()

    def _together(self, steps: Mapping[str, Callable[[], None]]) -> None:
        with ThreadPoolExecutor() as pool:
            running = {pool.submit(step): program for program, step in steps.items()}
            for done in as_completed(running):
                program = running[done]
                try:
                    done.result()
                except (OSError, RuntimeError, subprocess.SubprocessError) as problem:
                    raise self._failure(program, str(problem)) from problem
                self._note(f"  {program} is ready after {self._elapsed()}")

    def _ready_postgres(self, *, fresh: bool) -> None:
        if "DATABASE_URL" not in self._instance.external:
            database.prepare(self._instance)
            self._supervisor.start("servers:postgres")
            self._wait_for("postgres")
        database.admit(self._instance, afresh=fresh)
        self._migrate(self._instance.copies)

    def _ready_objects(self) -> None:
        if "S3_URL" in self._instance.external:
            objects.make_buckets(self._instance)
        self._wait_for("seaweedfs")

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._began:.1f} s"

    # -- the services

    def _add_services(self) -> None:
        running = self._instance.copies
        missing = {
            service: copies
            for service, copies in self._copies.items()
            if running.get(service, 0) < copies
        }
        if missing:
            running |= missing
            self._configure()
            self._supervisor.adopt()
            self._migrate(missing)

    def _migrate(self, services: Iterable[str]) -> None:
        environments = {service: self.env(service) for service in services}
        if environments and (failed := migrate(environments, self._instance.logs)):
            name = "migrate" if failed == ["all"] else f"migrate-{failed[0]}"
            raise self._failure(name, f"The migration of {', '.join(failed)} failed.")

    def _start_services(self) -> None:
        assembly.receipt_key(self._instance)  # made now, or every process would make its own
        assembly.sealing_key(self._instance)
        assembly.ledger_key(self._instance)
        assembly.door_key(self._instance)
        self._instance.save()
        programs = assembly.services(self._instance)
        for program in programs:
            self._supervisor.start(program.full_name)
        if programs:
            self.wait_healthy()
            self._note(f"  {len(programs)} service processes are well after {self._elapsed()}")

    def _programs(self) -> list[Program]:
        return assembly.servers(self._instance) + assembly.services(self._instance)

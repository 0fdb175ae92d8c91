"""A whole sangkien on this machine: servers and services under one name, up, poked and down again.

    with Stack("demo", copies={"review": 2}) as stack:
        stack.set_clock(datetime(2022, 6, 1, tzinfo=UTC))
        httpx.get(stack.addresses.http_url)

Where each server comes from and how it is set up: `broker`, `database`, `objects`, `mailbox`.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError
from urllib.request import urlopen

from deploy.local import broker, database, leftovers, objects
from deploy.local.instance import (
    LOCAL,
    ROOT,
    SERVICES,
    Instance,
    is_free,
    load,
    write_privately,
)
from deploy.local.supervision import Program, Supervisor, last_lines

_SECRETS = ("AMQP_URL", "DATABASE_URL", "S3_SECRET")


@dataclass(frozen=True)
class Addresses:
    """Where a running stack is reached; the user is always one who may do everything."""

    http_url: str
    amqp_url: str
    admin_database_url: str
    s3_url: str
    s3_key: str
    s3_secret: str
    smtp_url: str
    mail_dir: Path
    logs_dir: Path


class StackFailed(RuntimeError):
    """The stack could not be started; the message says what failed and what to do."""


class Stack:
    """One named stack under `.local/<name>/`, on ports of its own.

    `services` is True for all seven, False for none (the servers alone), or the names of some;
    `copies` says how many processes of a service run, one where it is silent.
    """

    def __init__(
        self,
        name: str,
        copies: Mapping[str, int] | None = None,
        services: bool | Iterable[str] = True,  # noqa: FBT001, FBT002 -- reads well at the call
        note: Callable[[str], object] = lambda line: print(line, flush=True),
    ) -> None:
        self.name = name
        self.started = False  # by this object: then it also stops it as a context manager
        wanted = SERVICES if services is True else tuple(services or ())
        if unknown := set(wanted) - set(SERVICES):
            raise ValueError(f"No such service: {', '.join(sorted(unknown))}")
        self._copies = {service: (copies or {}).get(service, 1) for service in wanted}
        self._note = note
        self._use(load(name))

    def _use(self, instance: Instance) -> None:
        self._instance = instance
        self._supervisor = Supervisor(instance)

    # -- up and down

    def up(self, *, fresh: bool = True) -> Self:
        """Start the stack; `fresh` wipes what an earlier one of this name has left.

        Without `fresh` a running stack is used as it is, with the services asked for added.
        """
        with self._lock():
            self._use(load(self.name))
            if fresh or not self._runs():
                self._start_servers(fresh=fresh)
            self._start_services()
        return self

    def down(self) -> None:
        """Stop everything that runs under this name; what it has written stays."""
        with self._lock():
            self._use(load(self.name))
            self._supervisor.shut_down()
            leftovers.stop(self._instance.folder)
            self.started = False

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

    def _runs(self) -> bool:
        return self._supervisor.answers() and all(
            answers(self._instance) for answers in self._questions().values()
        )

    def _questions(self) -> dict[str, Callable[[Instance], bool]]:
        return {
            "postgres": database.answers,
            "seaweedfs": objects.answers,
            "rabbitmq": broker.answers,
            "mailbox": lambda instance: not is_free(instance.port("mailbox")),
        }

    def _start_servers(self, *, fresh: bool) -> None:
        began = time.monotonic()
        self._clear(fresh=fresh)
        instance = self._instance
        instance.logs.mkdir(parents=True, exist_ok=True)
        instance.mail.mkdir(exist_ok=True)
        instance.external = _external(self._note)
        instance.copies = {}
        programs = self._programs()
        self._supervisor.configure(programs)
        instance.port("http")
        instance.save()
        self.started = True
        self._supervisor.launch()
        with ThreadPoolExecutor() as pool:
            tasks = {
                pool.submit(self._ready_postgres, fresh): "postgres",
                pool.submit(self._ready_objects): "seaweedfs",
                pool.submit(self._wait_for, "rabbitmq", 60): "rabbitmq",
                pool.submit(self._wait_for, "mailbox", 15): "mailbox",
            }
            self._report(tasks, began)

    def _report(self, tasks: Mapping[Future[None], str], began: float) -> None:
        for done in as_completed(tasks):
            program = tasks[done]
            try:
                done.result()
            except (OSError, RuntimeError, subprocess.SubprocessError) as problem:
                raise self._failed(program, str(problem)) from problem
            self._note(f"  {program} answers after {time.monotonic() - began:.1f} s")

    def _clear(self, *, fresh: bool) -> None:
        folder = self._instance.folder
        if not fresh:
            self._supervisor.shut_down()
        if count := leftovers.stop(folder, patience=0 if fresh else 10):
            self._note(f"  stopped {count} programs left by an earlier {self.name}")
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
            self._use(Instance(self.name))
        self._instance.move_off_taken_ports()

    def _ready_postgres(self, fresh: bool) -> None:  # noqa: FBT001
        if "DATABASE_URL" not in self._instance.external:
            database.prepare(self._instance)
            self._supervisor.start("servers:postgres")
            self._wait_for("postgres", 30)
        database.admit(self._instance, afresh=fresh)

    def _ready_objects(self) -> None:
        if "S3_URL" in self._instance.external:
            objects.make_buckets(self._instance)
        self._wait_for("seaweedfs", 30)

    def _wait_for(self, program: str, seconds: float) -> None:
        answers = self._questions()[program]
        deadline = time.monotonic() + seconds
        while not answers(self._instance):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{program} did not answer within {seconds:.0f} s.")
            time.sleep(0.1)

    def _failed(self, program: str, problem: str) -> StackFailed:
        path = self._instance.logs / f"{program}.log"
        return StackFailed(
            f"{problem}\n{path} ends with:\n{last_lines(path)}\n"
            f"Stop what is left with `{_command('down', self.name)}` and try again; "
            "with Docker: docker compose up --wait"
        )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        LOCAL.mkdir(exist_ok=True)
        with (LOCAL / f"{self.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    # -- the services

    def _start_services(self) -> None:
        missing = {
            service: count
            for service, count in self._copies.items()
            if self._instance.copies.get(service, 0) < count
        }
        if not missing:
            return
        began = time.monotonic()
        self._instance.copies |= missing
        self._supervisor.configure(self._programs())
        self._instance.save()
        self._supervisor.adopt()
        self._migrate(missing)
        for program in self._service_programs():
            self._supervisor.start(program.full_name)
        self.wait_healthy()
        self._note(
            f"  {len(self._instance.copies)} services answer after {time.monotonic() - began:.1f} s"
        )

    def _migrate(self, services: Iterable[str]) -> None:
        with ThreadPoolExecutor() as pool:
            runs = {service: pool.submit(self._migrate_one, service) for service in services}
        for service, run in runs.items():
            if run.result() != 0:
                raise self._failed(f"migrate-{service}", f"The migration of {service} failed.")

    def _migrate_one(self, service: str) -> int:
        with (self._instance.logs / f"migrate-{service}.log").open("wb") as output:
            return subprocess.run(
                [sys.executable, "-m", "kernel.operate", "migrate", service],
                cwd=ROOT,
                env=os.environ | self.env(service),
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode

    def _programs(self) -> list[Program]:
        instance = self._instance
        mailbox = (sys.executable, "-m", "deploy.local.mailbox")
        address = (str(instance.port("mailbox")), str(instance.mail))
        programs = [Program("mailbox", (*mailbox, *address))]
        if "AMQP_URL" not in instance.external:
            programs += broker.programs(instance)
        if "DATABASE_URL" not in instance.external:
            programs += database.programs(instance)
        if "S3_URL" not in instance.external:
            programs += objects.programs(instance)
        return programs + self._service_programs()

    def _service_programs(self) -> list[Program]:
        return [
            Program(
                f"{service}-{number}",
                (sys.executable, "-m", "kernel.runner", service),
                self._with_secrets_in_files(service, number),
                group="services",
                starts_by_itself=False,
            )
            for service, count in self._instance.copies.items()
            for number in range(count)
        ]

    def _with_secrets_in_files(self, service: str, number: int) -> dict[str, str]:
        environment = self.env(service, number)
        for name in _SECRETS:
            path = self._instance.secret_file(f"{service}.{name.lower()}", environment.pop(name))
            environment[f"{name}_FILE"] = str(path)
        return environment

    # -- looking at it

    @property
    def addresses(self) -> Addresses:
        """Where everything is reached."""
        instance = self._instance
        key, secret = objects.key(instance, objects.ADMINISTRATOR)
        return Addresses(
            http_url=f"http://127.0.0.1:{instance.port('http')}",
            amqp_url=broker.url(instance),
            admin_database_url=database.administrator_url(instance),
            s3_url=objects.url(instance),
            s3_key=key,
            s3_secret=secret,
            smtp_url=f"smtp://127.0.0.1:{instance.port('mailbox')}",
            mail_dir=instance.mail,
            logs_dir=instance.logs,
        )

    def database_url(self, service: str) -> str:
        """Return the address of a service's own database, with that service's rights."""
        return database.url(self._instance, service)

    def env(self, service: str, number: int = 0) -> dict[str, str]:
        """Return the environment in which this copy of the service runs."""
        instance = self._instance
        key, secret = objects.key(instance, service)
        return {
            "AMQP_URL": broker.url(instance, service),
            "DATABASE_URL": database.url(instance, service),
            "S3_URL": objects.url(instance),
            "S3_KEY": key,
            "S3_SECRET": secret,
            "S3_REGION": "us-east-1",
            "BUCKET": objects.bucket(instance, service),
            "BUCKET_PREFIX": objects.bucket(instance, ""),
            "CLOCK_FILE": str(instance.clock),
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
            "HEALTH_PORT": str(instance.port(f"{service}-{number} health")),
            "HTTP_PORT": str(instance.port("http")),
            "PORTAL_URL": self.addresses.http_url,
            "SMTP_URL": self.addresses.smtp_url,
            "WEBHOOK_ALLOW_LOOPBACK": "true",
        }

    @property
    def logs_dir(self) -> Path:
        """The folder with one `<program>.log` per program."""
        return self._instance.logs

    def states(self) -> dict[str, str]:
        """Return for each program Supervisor's word for its state; nothing if the stack is down."""
        return self._supervisor.states() if self._supervisor.answers() else {}

    def health(self) -> dict[str, bool]:
        """Return for each service process whether it says it is well."""
        programs = self._service_programs()
        with ThreadPoolExecutor(max_workers=max(1, len(programs))) as pool:
            well = pool.map(_is_well, (each.environment["HEALTH_PORT"] for each in programs))
        return dict(zip((program.name for program in programs), well, strict=True))

    def wait_healthy(self, seconds: float = 60) -> None:
        """Wait until every service process answers that it and all it needs is well."""
        deadline = time.monotonic() + seconds
        while ill := [name for name, well in self.health().items() if not well]:
            if time.monotonic() > deadline:
                raise self._failed(ill[0], f"Not well after {seconds:.0f} s: {', '.join(ill)}.")
            time.sleep(0.2)

    # -- poking it

    def pid(self, program: str) -> int | None:
        """Return the process id of a program (`postgres`, `intake-1`, or `intake` for its first)."""
        return self._supervisor.pid(self._full_names(program)[0])

    def kill(self, service: str, number: int = 0) -> None:
        """Kill one process of a service as a power cut would; Supervisor starts it again."""
        if pid := self.pid(f"{service}-{number}"):
            os.kill(pid, signal.SIGKILL)

    def stop(self, program: str) -> None:
        """Stop a server, or all copies of a service, until `start`."""
        for name in self._full_names(program):
            self._supervisor.stop(name)

    def start(self, program: str) -> None:
        """Start what `stop` has stopped, and wait for a server until it answers."""
        for name in self._full_names(program):
            self._supervisor.start(name)
        if program in self._questions():
            self._wait_for(program, 60)

    def restart(self, program: str) -> None:
        """Stop it in good order and start it again."""
        self.stop(program)
        self.start(program)

    def set_clock(self, instant: datetime | None) -> None:
        """Make it `instant` now for all processes of the stack; None returns to real time."""
        offset = (instant - datetime.now(UTC)).total_seconds() if instant else 0.0
        write_privately(self._instance.clock, json.dumps({"offset": offset}))

    def _full_names(self, program: str) -> list[str]:
        every = self._programs()
        return [
            each.full_name
            for each in every
            if each.name == program
            or (each.group == "services" and each.name.rpartition("-")[0] == program)
        ] or _unknown(program, every)


def _unknown(program: str, every: Iterable[Program]) -> list[str]:
    names = ", ".join(each.name for each in every)
    raise ValueError(f"No program {program} in this stack; there are {names}")


def _is_well(port: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=3) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, HTTPError, HTTPException):
        return False


def _external(note: Callable[[str], object]) -> dict[str, str]:
    """Return the addresses of the environment at which a server answers; say which do not."""
    found = {}
    asked = os.environ
    if address := asked.get("AMQP_URL"):
        found |= _if_usable("AMQP_URL", broker.accepts(address), note)
    if address := asked.get("DATABASE_URL"):
        found |= _if_usable("DATABASE_URL", database.accepts(address), note)
    if address := asked.get("S3_URL"):
        keys = {name: asked.get(name, "") for name in ("S3_KEY", "S3_SECRET")}
        if _if_usable("S3_URL", objects.accepts(address, *keys.values()), note):
            found |= {"S3_URL": address, **keys}
    return found


def _if_usable(name: str, usable: bool, note: Callable[[str], object]) -> dict[str, str]:  # noqa: FBT001
    if usable:
        note(f"  using the server of {name}")
        return {name: os.environ[name]}
    note(f"  nothing usable answers at {name}; starting a server of our own instead")
    return {}


def _command(verb: str, name: str) -> str:
    return f".venv/bin/python -m deploy.local {verb} {name}"

"""A stack that runs: looked at, and poked to see what the platform makes of it."""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import psutil

from deploy.local import assembly, database
from deploy.local.assembly import Addresses
from deploy.local.instance import Instance, load, write_privately
from deploy.local.supervision import Supervisor, last_lines


class StackFailed(RuntimeError):
    """The stack could not be started; the message says what failed and what to do."""


class Running:
    """The stack of this name as it is now."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._use(load(name))

    def _use(self, instance: Instance) -> None:
        self._instance = instance
        self._supervisor = Supervisor(instance)

    @property
    def addresses(self) -> Addresses:
        """Where everything is reached."""
        return assembly.addresses(self._instance)

    @property
    def logs_dir(self) -> Path:
        """The folder with one `<program>.log` per program."""
        return self._instance.logs

    def database_url(self, service: str) -> str:
        """Return the address of a service's own database, with that service's rights."""
        return database.url(self._instance, service)

    def env(self, service: str, number: int = 0) -> dict[str, str]:
        """Return the environment in which this copy of the service runs."""
        return assembly.environment(self._instance, service, number)

    def states(self) -> dict[str, str]:
        """Return each program's state in Supervisor's words; nothing if the stack is down."""
        return self._supervisor.states() if self._supervisor.answers() else {}

    def health(self) -> dict[str, bool]:
        """Return for each service process whether it says it is well."""
        programs = assembly.services(self._instance)
        with ThreadPoolExecutor(max_workers=max(1, len(programs))) as pool:
            well = pool.map(_is_well, (each.environment["HEALTH_PORT"] for each in programs))
            return dict(zip((program.name for program in programs), well, strict=True))

    def wait_healthy(self, seconds: float = 240) -> None:
        """Wait until every service process answers that it and all it needs are well.

        Raises StackFailed early if one of them falls again and again.
        """
        deadline = time.monotonic() + seconds
        seen: dict[str, set[int | None]] = {}
        while ill := [name for name, well in self.health().items() if not well]:
            for name in ill:
                seen.setdefault(name, set()).add(self.pid(name))
                if len(seen[name] - {None}) > 3:
                    raise self._failure(name, f"{name} falls again and again.")
            if time.monotonic() > deadline:
                message = f"Not well after {seconds:.0f} s: {', '.join(ill)}."
                raise self._failure(ill[0], message)
            time.sleep(0.2)

    def pid(self, program: str) -> int | None:
        """Return the process id of `postgres`, `intake-1`, or `intake` for its first copy."""
        return self._supervisor.pid(self._full_names(program)[0])

    # -- poking it

    def kill(self, service: str, number: int = 0) -> None:
        """Kill one process of a service as a power cut would; Supervisor starts it again."""
        self.kill_program(f"{service}-{number}")

    def kill_program(self, program: str) -> None:
        """Kill a server, or one process by its full name; Supervisor starts it again."""
        if pid := self.pid(program):
            os.kill(pid, signal.SIGKILL)
            with suppress(psutil.NoSuchProcess):
                psutil.Process(pid).wait(timeout=5)

    def stop(self, program: str) -> None:
        """Stop a server, or all copies of a service, until `start`."""
        for name in self._full_names(program):
            self._supervisor.stop(name)

    def start(self, program: str) -> None:
        """Start what `stop` has stopped, and wait for a server until it answers."""
        for name in self._full_names(program):
            self._supervisor.start(name)
        if program in assembly.QUESTIONS:
            self._wait_for(program)

    def restart(self, program: str) -> None:
        """Stop it in good order and start it again."""
        self.stop(program)
        self.start(program)

    def set_clock(self, instant: datetime | None) -> None:
        """Make it `instant` now for all processes of the stack; None returns to real time."""
        offset = (instant - datetime.now(UTC)).total_seconds() if instant else 0.0
        write_privately(self._instance.clock, json.dumps({"offset": offset}))

    def now(self) -> datetime:
        """Return what time it is for all processes of the stack, aware, in UTC."""
        moved = self._instance.clock
        offset = json.loads(moved.read_text())["offset"] if moved.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=offset)

    def _full_names(self, program: str) -> list[str]:
        states = self._supervisor.states()
        services = [
            f"services:{program}-{n}" for n in range(self._instance.copies.get(program, 0))
        ]
        names = [f"servers:{program}", f"services:{program}", *services]
        if found := [name for name in names if name in states]:
            return found
        raise ValueError(
            f"No program {program} runs in {self.name}; there are {', '.join(states)}"
        )

    def _wait_for(self, server: str, seconds: float = 240) -> None:
        answers = assembly.QUESTIONS[server]
        deadline = time.monotonic() + seconds
        while not answers(self._instance):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{server} did not answer within {seconds:.0f} s.")
            time.sleep(0.1)

    def _failure(self, program: str, problem: str) -> StackFailed:
        path = self._instance.logs / f"{program}.log"
        return StackFailed(
            f"{problem}\n{path} ends with:\n{last_lines(path)}\n"
            "Put that right and try again; with Docker: make containers"
        )


def _is_well(port: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=3) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):  # an answer of 503 is an OSError too
        return False

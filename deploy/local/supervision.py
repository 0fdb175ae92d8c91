"""Supervisor keeps every program of a stack running; here it is configured and spoken to.

Programs belong to a group, as Supervisor stops the programs of one group together and the
groups one after another: first the services, then the servers they need.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xmlrpc.client import Fault, ServerProxy, Transport

import psutil

from deploy.local.instance import LOCAL, ROOT, Instance, write_privately

MARK = "SANGKIEN_STACK"  # in the environment of every program: the folder of its stack


@dataclass(frozen=True)
class Program:
    """One long-running program: `command` runs in the foreground and stops on `stop_signal`."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    group: Literal["servers", "services"] = "servers"
    starts_by_itself: bool = True
    stop_signal: str = "TERM"

    @property
    def full_name(self) -> str:
        """The name by which Supervisor knows it."""
        return f"{self.group}:{self.name}"


def configuration(instance: Instance, programs: Iterable[Program]) -> str:
    """Return the text of `supervisord.conf`."""
    programs = list(programs)
    sections = [_server_section(instance)]
    sections += [_program_section(instance, program) for program in programs]
    for priority, group in enumerate(("servers", "services")):
        names = ",".join(program.name for program in programs if program.group == group)
        if names:
            sections.append(f"[group:{group}]\nprograms={names}\npriority={priority}\n")
    return "\n".join(sections)


def _server_section(instance: Instance) -> str:
    folder = _escaped(str(instance.folder))
    return f"""\
[supervisord]
logfile={folder}/logs/supervisord.log
logfile_maxbytes=10MB
logfile_backups=1
pidfile={folder}/supervisord.pid
childlogdir={folder}/logs
identifier=sangkien-{instance.name}
{"user=root" if os.geteuid() == 0 else ""}

[inet_http_server]
port=127.0.0.1:{instance.port("supervisor")}
username=operator
password={instance.password("supervisor")}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""


def _program_section(instance: Instance, program: Program) -> str:
    environment = ",".join(
        f'{key}="{_escaped(value)}"' for key, value in program.environment.items()
    )
    # startsecs=0 takes a program for started at once, so that however often it falls it is
    # started again a second later; with the default its pauses would grow without a limit.
    return f"""\
[program:{program.name}]
command={" ".join(_quoted(word) for word in program.command)}
directory={_escaped(str(ROOT))}
environment={environment}
autostart={str(program.starts_by_itself).lower()}
autorestart=true
startsecs=0
startretries=1000000
stopsignal={program.stop_signal}
stopwaitsecs=10
stopasgroup={str(program.stop_signal == "TERM" and program.group == "servers").lower()}
killasgroup=true
redirect_stderr=true
stdout_logfile={_escaped(str(instance.logs / program.name))}.log
stdout_logfile_maxbytes=50MB
stdout_logfile_backups=1
"""


def _escaped(value: str) -> str:
    return value.replace("%", "%%")


def _quoted(word: str) -> str:
    return f'"{_escaped(word)}"'


class _Impatient(Transport):
    """Gives up on an answer after twenty seconds, so that nothing here waits for ever."""

    def make_connection(self, host: Any) -> http.client.HTTPConnection:  # noqa: ANN401
        connection = super().make_connection(host)
        connection.timeout = 20
        return connection


def surroundings() -> dict[str, str]:
    """Return this process's environment as the programs of a stack may have it."""
    # What a person has set for servers of their own must not reach ours. Without compiled
    # modules every start would take half as long again, so they are kept, whatever is set here.
    foreign = ("AMQP_", "DATABASE_", "S3_", "RABBITMQ_", "ERL_", "PG", "PYTHONDONTWRITEBYTECODE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    return kept | {"PYTHONPYCACHEPREFIX": str(LOCAL / "cache" / "python"), "PYTHONUNBUFFERED": "1"}


class Supervisor:
    """A stack's supervisord, started, asked and stopped."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._file = instance.folder / "supervisord.conf"

    def configure(self, programs: Iterable[Program]) -> None:
        """Write what is to run, for `launch` to start with or for `adopt` to change to."""
        write_privately(self._file, configuration(self._instance, programs))

    def launch(self) -> None:
        """Start supervisord as a daemon, beyond the reach of a terminal's Ctrl-C."""
        out = self._instance.logs / "supervisord.out"
        with out.open("ab") as output:
            launched = subprocess.run(
                [sys.executable, "-m", "supervisor.supervisord", "-c", str(self._file)],
                cwd=ROOT,
                env=surroundings() | {MARK: str(self._instance.folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        deadline = time.monotonic() + 15
        while not self.answers():
            if launched.returncode != 0 or time.monotonic() > deadline:
                message = f"supervisord did not start; {out} ends with:\n{last_lines(out)}"
                raise RuntimeError(message)
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether the supervisord of this stack runs."""
        if "supervisor" not in self._instance.ports:
            return False
        try:
            return bool(self._ask("getIdentification") == f"sangkien-{self._instance.name}")
        except (OSError, http.client.HTTPException, RuntimeError):
            return False

    def start(self, program: str) -> None:
        """Start the program if it does not run."""
        self._tolerate("ALREADY_STARTED", "startProcess", program, False)  # noqa: FBT003

    def stop(self, program: str) -> None:
        """Stop the program and wait until it has ended; it stays stopped."""
        self._tolerate("NOT_RUNNING", "stopProcess", program, True)  # noqa: FBT003

    def stop_group(self, group: str) -> None:
        """Stop all programs of the group together."""
        self._tolerate("BAD_NAME", "stopProcessGroup", group, True)  # noqa: FBT003

    def pid(self, program: str) -> int | None:
        """Return the program's process id, None while it does not run."""
        found = self._ask("getProcessInfo", program)
        return int(found["pid"]) or None

    def states(self) -> dict[str, str]:
        """Return for each program, as `group:name`, Supervisor's word for its state."""
        return {
            f"{each['group']}:{each['name']}": str(each["statename"])
            for each in self._ask("getAllProcessInfo")
        }

    def adopt(self) -> None:
        """Make the running supervisord follow `configure`, leaving unchanged groups alone."""
        added, changed, removed = self._ask("reloadConfig")[0]
        for group in (*changed, *removed):
            self.stop_group(group)
            self._ask("removeProcessGroup", group)
        for group in (*added, *changed):
            self._ask("addProcessGroup", group)

    def shut_down(self) -> None:
        """Stop everything in good order, then supervisord itself, if it runs."""
        try:
            supervisord = psutil.Process(self._ask("getPID"))
            self._ask("shutdown")
        except (OSError, http.client.HTTPException, RuntimeError, psutil.NoSuchProcess):
            return
        with suppress(psutil.TimeoutExpired):  # `leftovers` does what is left to do
            supervisord.wait(timeout=40)

    def _tolerate(self, fault: str, method: str, *arguments: Any) -> None:  # noqa: ANN401
        try:
            self._ask(method, *arguments)
        except RuntimeError as problem:
            if fault not in str(problem):
                raise

    def _ask(self, method: str, *arguments: Any) -> Any:  # noqa: ANN401
        login = f"operator:{self._instance.password('supervisor')}"
        address = f"http://{login}@127.0.0.1:{self._instance.port('supervisor')}/RPC2"
        with ServerProxy(address, _Impatient(), allow_none=True) as proxy:
            try:
                return getattr(proxy.supervisor, method)(*arguments)
            except Fault as fault:
                raise RuntimeError(f"{method}{arguments}: {fault.faultString}") from fault


def last_lines(path: Path, count: int = 15) -> str:
    """Return the end of a log, or say that there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    except OSError:
        return "(nothing was written)"

"""How each fault is done to the running stack, and undone. Start with `Striker.strike`."""

import errno
import os
import resource
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Self

import psutil

from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from kernel.broker import CONNECTION_ERRORS
from tests.reliability.chaos.far import Far
from tests.reliability.chaos.faults import Fault
from tests.reliability.chaos.tap import Tap

DISK = "400m"  # of the store
PIECE = 1 << 20


class SmallDisk:
    """A disk of its own for the store of a stack, small enough to be filled; needs root."""

    def __init__(self, name: str) -> None:
        self.folder = LOCAL / name / "seaweedfs"
        self.is_there = False

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            self.folder.mkdir(parents=True, exist_ok=True)
            command = ("mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(self.folder))
            self.is_there = subprocess.run(command, check=False).returncode == 0
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_there:
            subprocess.run(("umount", "--lazy", str(self.folder)), check=False)

    def fill(self, seconds: float) -> None:
        """Leave no room for a while."""
        ballast = self.folder / "ballast"
        try:
            write_until_full(ballast)
            time.sleep(seconds)
        finally:
            ballast.unlink(missing_ok=True)


def write_until_full(path: Path) -> None:
    """Write zeros until there is no room for more."""
    with path.open("wb", buffering=0) as file:
        for size in (PIECE, 4096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError as problem:
                if problem.errno != errno.ENOSPC:
                    raise


class Striker:
    """Does to a stack what a plan says."""

    def __init__(self, stack: Stack, far: Far, tap: Tap, disk: SmallDisk) -> None:
        self.stack = stack
        self.far = far
        self.tap = tap
        self.disk = disk
        self.struck: Counter[str] = Counter()
        self.repeated = 0

    def targets(self) -> dict[str, list[str]]:
        """Say what each kind of fault may befall here; a kind this machine can't do is missing."""
        copies = [name.partition(":")[2] for name in self.stack.states() if "services" in name]
        far = [f"far {service}" for service in self.far.services]
        network = {"slow": ["cable"], "cut": ["cable"]} if self.far.is_apart else {}
        return network | {
            "kill": [*copies, *far],
            "pause": [*copies, *far, "rabbitmq", "seaweedfs"],
            "skew": far,
            "again": ["broker"],
            "full": ["seaweedfs"],
            "crash": ["postgres"],
            "restart": ["rabbitmq"],
        }

    def strike(self, fault: Fault) -> None:
        """Let a fault happen, and be over."""
        getattr(self, f"do_{fault.kind}")(fault)
        self.struck[fault.kind] += 1

    def pid(self, target: str) -> int | None:
        """Return the process of a target."""
        if target.startswith("far "):
            return self.far.pid(target.removeprefix("far "))
        return self.stack.pid(target)

    def do_kill(self, fault: Fault) -> None:
        """Kill a process; its keeper starts it again."""
        if (pid := self.pid(fault.target)) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def do_pause(self, fault: Fault) -> None:
        """Stop a process in its tracks, with all it has started, and let it go on."""
        if (pid := self.pid(fault.target)) is None:
            return
        with suppress(psutil.NoSuchProcess):
            family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
            for sign in (signal.SIGSTOP, signal.SIGCONT):
                for each in family:
                    with suppress(psutil.NoSuchProcess):
                        each.send_signal(sign)
                if sign is signal.SIGSTOP:
                    time.sleep(fault.seconds)

    def do_skew(self, fault: Fault) -> None:
        """Let a clock be wrong, and right again."""
        service = fault.target.removeprefix("far ")
        self.far.skew(service, fault.number)
        time.sleep(fault.seconds)
        self.far.skew(service, 0)

    def do_again(self, fault: Fault) -> None:
        """Publish once more what has travelled, in another order."""
        with suppress(*CONNECTION_ERRORS):
            self.repeated += self.tap.again(fault.number, Random(fault.number))  # noqa: S311

    def do_slow(self, fault: Fault) -> None:
        """Slow the network down."""
        self.far.slow(fault.seconds)

    def do_cut(self, fault: Fault) -> None:
        """Cut the network."""
        self.far.cut(fault.seconds)

    def do_full(self, fault: Fault) -> None:
        """Fill the store's disk; without one of its own, forbid it to write.

        SeaweedFS writes no more once its index met the end of the disk, until it is started anew.
        """
        if self.disk.is_there:
            self.disk.fill(fault.seconds)
        elif (pid := self.stack.pid(fault.target)) is not None:
            allowed = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, allowed[1]))
            time.sleep(fault.seconds)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, allowed)
        self.stack.restart(fault.target)

    def do_crash(self, fault: Fault) -> None:
        """Kill the database server; it recovers when it is started again."""
        self.stack.kill_program(fault.target)

    def do_restart(self, fault: Fault) -> None:
        """Stop a server as its operator would, and start it again."""
        self.stack.restart(fault.target)

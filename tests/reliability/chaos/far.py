"""Copies of services that stand apart: over a network of their own, by a clock of their own.

With root they live in a network namespace, joined to this machine by one virtual cable that can be
cut or made slow. Without it they run beside the others, and only their clocks are their own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self
from urllib.parse import urlsplit

from deploy.local.instance import ROOT, write_privately
from deploy.local.stack import Stack
from deploy.local.supervision import surroundings
from tests.reliability.chaos.forward import SHIFT

NET = f"10.213.{os.getpid() % 250}"  # so that two runs do not meet
HERE, THERE = f"{NET}.1", f"{NET}.2"
REMOTE = ("AMQP_URL", "DATABASE_URL", "S3_URL", "SMTP_URL")
SLOW = "tbf rate 96kbit burst 8kb latency 600ms"


def run(command: str) -> bool:
    """Run a command of the system; tell whether it could be done."""
    done = subprocess.run(command.split(), capture_output=True, check=False)
    return done.returncode == 0


def carried(url: str) -> str:
    """Return the address that leads over the cable to a server of this machine."""
    port = urlsplit(url).port or 0
    return url.replace(f"127.0.0.1:{port}", f"{HERE}:{port + SHIFT}")


class Far:
    """The copies, one of each of these services, kept running until the end."""

    def __init__(self, stack: Stack, services: tuple[str, ...]) -> None:
        self.stack = stack
        self.services = services
        self.space = f"chaos-{os.getpid()}"
        self.cable = f"ch{os.getpid()}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.offset = 0.0
        self.over = Event()
        self.keeper = Thread(target=self.keep, daemon=True)
        self.is_apart = self.lay_cable()

    def lay_cable(self) -> bool:
        """Make the namespace and the cable to it; False where this machine does not let us."""
        return os.geteuid() == 0 and all(
            run(command)
            for command in (
                f"ip netns add {self.space}",
                f"ip link add {self.cable} type veth peer name far netns {self.space}",
                f"ip addr add {HERE}/30 dev {self.cable}",
                f"ip link set {self.cable} up",
                f"ip -n {self.space} addr add {THERE}/30 dev far",
                f"ip -n {self.space} link set far up",
                f"ip -n {self.space} link set lo up",
            )
        )

    def __enter__(self) -> Self:
        self.carrier = None
        if self.is_apart:
            ports = {urlsplit(self.stack.env("notify")[name]).port for name in REMOTE}
            command = ("-m", "tests.reliability.chaos.forward", HERE, *map(str, sorted(ports)))
            self.carrier = subprocess.Popen([sys.executable, *command], cwd=ROOT)
        self.follow()
        for service in self.services:
            self.start(service)
        self.keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.keeper.join()
        for process in (*self.running.values(), self.carrier):
            if process is not None:
                process.kill()
                process.wait()
        run(f"ip link del {self.cable}")
        run(f"ip netns del {self.space}")

    def start(self, service: str) -> None:
        """Start a copy."""
        told = self.stack.env(service, 0)
        told["S3_PUBLIC_URL"] = told["S3_URL"]
        into: tuple[str, ...] = ()
        if self.is_apart:
            told |= {name: carried(told[name]) for name in REMOTE}
            into = ("ip", "netns", "exec", self.space)
        told |= {"HEALTH_PORT": "0", "CLOCK_FILE": str(self.clock(service))}
        with (self.stack.logs_dir / f"far-{service}.log").open("ab") as log:
            self.running[service] = subprocess.Popen(
                [*into, sys.executable, "-m", "kernel.runner", service],
                cwd=ROOT, env=surroundings() | told, stdout=log, stderr=log,
            )  # fmt: skip

    def keep(self) -> None:
        """Start again what has ended."""
        while not self.over.wait(1):
            for service, process in list(self.running.items()):
                if process.poll() is not None:
                    self.start(service)

    def pid(self, service: str) -> int:
        """Return the process of a copy."""
        return self.running[service].pid

    def clock(self, service: str) -> Path:
        """Name the file of a copy's own clock."""
        return self.stack.logs_dir.parent / f"clock-far-{service}"

    def skew(self, service: str, seconds: float) -> None:
        """Let a copy's clock be wrong by so much."""
        offset = (self.stack.now().timestamp() - time.time()) + seconds
        write_privately(self.clock(service), json.dumps({"offset": offset}))

    def follow(self) -> None:
        """Set the clocks of all copies by the stack's."""
        for service in self.services:
            self.skew(service, 0)

    def slow(self, seconds: float) -> None:
        """Let the cable carry 12 kB a second for a while, both ways."""
        run(f"tc qdisc add dev {self.cable} root {SLOW}")
        run(f"ip netns exec {self.space} tc qdisc add dev far root {SLOW}")
        time.sleep(seconds)
        run(f"tc qdisc del dev {self.cable} root")
        run(f"ip netns exec {self.space} tc qdisc del dev far root")

    def cut(self, seconds: float) -> None:
        """Let the cable carry nothing for a while; nobody is told that it is cut."""
        run(f"ip link set {self.cable} down")
        time.sleep(seconds)
        run(f"ip link set {self.cable} up")

    def kill(self, service: str) -> None:
        """Kill a copy as a power cut would."""
        with suppress(ProcessLookupError):
            os.kill(self.pid(service), signal.SIGKILL)

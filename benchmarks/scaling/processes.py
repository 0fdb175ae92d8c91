"""What is done to processes here: held, counted, moved away from the servers they use."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil

PYTHON = (sys.executable, "-W", "ignore", "-m")
REACHED = ("AMQP_URL", "DATABASE_URL", "S3_URL", "SMTP_URL")


def family_seconds(pid: int) -> float:
    """Return the CPU seconds of a process and all it has started, those that have ended too."""
    parent = psutil.Process(pid)
    total = 0.0
    for each in (parent, *parent.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:  # its parent has counted it by now
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


@contextmanager
def held(pids: Sequence[int]) -> Iterator[None]:
    """Hold processes in their tracks meanwhile, so that all begin at once."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def far(told: Mapping[str, str], delay: float) -> Iterator[dict[str, str]]:
    """Put every server so many milliseconds away; give the environment that leads there."""
    ports = {name: urlsplit(told[name]).port for name in REACHED}
    command = [*PYTHON, "benchmarks.scaling.far", str(delay), *map(str, {*ports.values()})]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as carrier:
        if carrier.stdout is None:  # never: a pipe was asked for
            raise RuntimeError
        led = json.loads(carrier.stdout.readline())
        moved = {
            name: told[name].replace(f"127.0.0.1:{port}", f"127.0.0.1:{led[str(port)]}")
            for name, port in ports.items()
        }
        try:
            yield {**told, **moved}
        finally:
            carrier.kill()

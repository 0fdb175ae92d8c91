"""Counterparties for tests: the sandbox that ships with the product, as a process of its own."""

import os
import signal
import subprocess
import sys
from threading import Condition, Thread

import httpx

COMMAND = [sys.executable, "-W", "ignore", "-m", "kernel.operate", "onegate-sandbox"]


class Portal:
    """A running sandbox; `calls` are the lines it has printed since its address."""

    def __init__(self, *switches: str) -> None:
        self.switches, self.port = switches, "0"
        self.start()

    def start(self) -> None:
        """Start it, on the port it had before if it was killed."""
        self.process = subprocess.Popen(
            [*COMMAND, "--port", self.port, *self.switches],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http"), "the sandbox did not start"
        self.port = self.url.rpartition(":")[2]
        self.calls, self.news = [], Condition()
        self.reader = Thread(target=self.listen, daemon=True)
        self.reader.start()

    def listen(self) -> None:
        for line in self.process.stdout:
            with self.news:
                self.calls.append(line.strip())
                self.news.notify_all()

    def wait_for(self, word: str, count: int = 1) -> None:
        """Wait until so many calls with this word have come."""
        with self.news:
            done = self.news.wait_for(
                lambda: sum(word in call for call in self.calls) >= count, timeout=30
            )
        assert done, self.calls

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()

    @property
    def dossiers(self) -> dict:
        return httpx.get(f"{self.url}/dossiers", timeout=30).json()

    def shown(self) -> dict[str, tuple[int, str, list[str]]]:
        """Return of each dossier how often it is there, its status and its progress."""
        return {
            code: (
                len(found),
                found[-1]["dossier"]["TrangThaiHoSo"],
                [step["TrangThai"] for step in found[-1]["progress"]],
            )
            for code, found in self.dossiers.items()
        }

"""Prints one line for every message as it travels, from `sangkien watch`."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from threading import Thread
from typing import Self
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


class Tape:
    """Runs the watch in the background and prints what it sees."""

    def __init__(self, amqp_url: str, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.count: Counter[str] = Counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kernel.operate", "watch"],
            env={**os.environ, "AMQP_URL": amqp_url, "DATABASE_URL": "unused"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.thread = Thread(target=self.run, daemon=True)

    def run(self) -> None:
        """Print until the watch ends."""
        for line in self.process.stdout or ():
            said = json.loads(line)
            speaker, _, name = said["type"].partition(".")
            self.count[said["type"]] += 1
            if self.quiet:
                continue
            at = datetime.fromisoformat(said["at"]).astimezone(LOCAL)
            print(f"    · {at:%d-%m-%Y %H:%M:%S}  {speaker:<11} {name:<20} {said['id'][:8]}")

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        self.thread.join()
        if self.process.stdout:
            self.process.stdout.close()

"""A service that does what its messages tell it, to death: `python -m tests.reliability.poisoned`.

It goes by the name of notify, so that broker and database know it. The reason of a withdrawal is
its order; every effect is a row of `effect`, which nothing keeps from being written twice, and
every try a line of the file `TRIES` names. Where the file `MENDED` names exists, all orders work.
"""

import os
import signal
import sys
import time
from pathlib import Path
from typing import ClassVar

import eventlet

eventlet.monkey_patch()

from sqlalchemy import text  # noqa: E402  # only after the patch

from contracts import intake  # noqa: E402
from kernel.database import Database, Work  # noqa: E402
from kernel.hosting import host  # noqa: E402
from kernel.messaging import subscribe  # noqa: E402

EFFECT = text(
    "INSERT INTO effect (entry_id, at) VALUES (:entry_id, extract(epoch FROM clock_timestamp()))"
)


class PoisonedService:
    """Hears withdrawals and obeys them."""

    name = "notify"
    database = Database()
    failed: ClassVar[dict[str, int]] = {}  # how often each entry has failed in this process

    @subscribe
    def obey(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Write the effect, then do as told; what is told may undo it."""
        with Path(os.environ["TRIES"]).open("a") as tries:
            tries.write(f"{heard.entry_id} {time.time()}\n")
        work.session.execute(EFFECT, {"entry_id": heard.entry_id})
        if Path(os.environ["MENDED"]).exists():
            return
        match heard.reason.split():
            case ["die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["fail"]:
                raise ValueError(heard.entry_id)
            case ["fail", times] if self.failed.get(heard.entry_id, 0) < int(times):
                self.failed[heard.entry_id] = self.failed.get(heard.entry_id, 0) + 1
                raise ValueError(heard.entry_id)
            case ["fail", "then", "die"] if len(tries_of(heard.entry_id)) == 1:
                raise ValueError(heard.entry_id)
            case ["fail", "then", "die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["rest", seconds]:
                time.sleep(float(seconds))


def tries_of(entry_id: str) -> list[float]:
    """Return the instants at which an entry's message was tried, by any process."""
    lines = Path(os.environ["TRIES"]).read_text().splitlines()
    return [float(at) for who, at in map(str.split, lines) if who == entry_id]


if __name__ == "__main__":
    status = host(PoisonedService)
    sys.stdout.flush()
    os._exit(status)

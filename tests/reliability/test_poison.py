"""Messages that cannot be read, that fail, that kill; and what becomes of their neighbours."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from threading import Thread

import httpx
import pytest
from sqlalchemy import text

from contracts import intake
from deploy.local.stack import Stack
from kernel import envelope, schema
from kernel.broker import connect, exchange
from kernel.testing import actor
from tests.bookkeeping import eventually, tables_of

pytestmark = [pytest.mark.slow, pytest.mark.stack]

ROOT = Path(__file__).parents[2]
TENANT = "hau-giang"
QUEUE = "notify.obey"
PAUSES = (0.1, 0.2, 0.3, 0.4, 0.5)
GIVEN_UP = "It ended its process, or was returned, too often."


class Poisoned:
    """The service as a process that is started again whenever it dies, and what it has done."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self.stack = stack
        self.tries, self.mended = folder / "tries", folder / "mended"
        self.tries.touch()
        self.environment = stack.env("notify") | {
            "TRIES": str(self.tries),
            "MENDED": str(self.mended),
            "RETRY_PAUSES": ",".join(map(str, PAUSES)),
        }
        self.statuses: list[int] = []
        self.wanted = True
        self.keeper = Thread(target=self.keep)
        self.keeper.start()

    def keep(self) -> None:
        """Run it, again and again."""
        while self.wanted:
            with (self.stack.logs_dir / "poisoned.log").open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", "tests.reliability.poisoned"],
                    cwd=ROOT,
                    env={**os.environ, **self.environment},
                    stdout=log,
                    stderr=log,
                )
                self.statuses.append(self.process.wait())

    def stop(self) -> int:
        """Stop it as an operator does; return its exit status."""
        self.wanted = False
        self.process.send_signal(signal.SIGTERM)
        self.keeper.join()
        return self.statuses[-1]

    def is_well(self) -> bool:
        """Ask it how it is."""
        try:
            port = self.environment["HEALTH_PORT"]
            return httpx.get(f"http://127.0.0.1:{port}/health", timeout=3).is_success
        except httpx.TransportError:
            return False

    def effects(self) -> Counter[str]:
        """Return how often each entry's order had its effect."""
        with tables_of(self.stack, "notify") as tables:
            return Counter(tables.scalars(text("SELECT entry_id FROM effect")).all())

    def done_at(self, entry_id: str) -> float:
        """Return when an entry's order had its effect."""
        with tables_of(self.stack, "notify") as tables:
            effect = text("SELECT at FROM effect WHERE entry_id = :entry_id")
            return float(tables.scalars(effect, {"entry_id": entry_id}).one())

    def tried(self, entry_id: str) -> list[float]:
        """Return when an entry's order was tried."""
        lines = map(str.split, self.tries.read_text().splitlines())
        return [float(at) for who, at in lines if who == entry_id]

    def dead(self) -> dict[str, str]:
        """Return why each dead message is dead, as `sangkien dead list` says."""
        listed = self.sangkien("dead", "list").stdout.splitlines()
        return {line.split()[5]: line.split(maxsplit=6)[6] for line in listed}

    def sangkien(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an operator's command on its database."""
        return subprocess.run(
            [sys.executable, "-m", "kernel.operate", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=True,
        )


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack("poison", services=False) as running:
        schema.migrate("notify", running.database_url("notify"))
        with tables_of(running, "notify") as tables:
            tables.execute(text("CREATE TABLE effect (entry_id text, at double precision)"))
            tables.commit()
        yield running


@pytest.fixture(scope="module")
def channel(stack):
    """Speak to the broker as its operator; what intake would say is said here."""
    with connect(stack.addresses.amqp_url, heartbeat=0) as connection:
        exchange("intake")(connection.default_channel).declare()
        yield connection.default_channel


@pytest.fixture
def poisoned(stack, channel, tmp_path) -> Iterator[Poisoned]:
    del channel  # the exchange it listens to must be there
    running = Poisoned(stack, tmp_path)
    eventually(running.is_well, seconds=60)
    yield running
    running.stop()


def withdrawn(entry_id: str, order: str = "") -> bytes:
    """Return the event that gives this order; its id is the entry's."""
    event = intake.EntryWithdrawn(
        contest_id="hau-giang-2022",
        entry_id=entry_id,
        receipt_code="H30-220815-0001",
        filed_by="p-1",
        author_ids=("p-1",),
        title="Nhật ký ruộng lúa",
        reason=order,
    )
    wrapped = envelope.wrap(
        event,
        tenant=TENANT,
        actor=actor("entrant", id="p-1"),
        occurred_at=datetime(2022, 8, 1, tzinfo=UTC),
        message_id=f"event-of-{entry_id}",
    )
    return envelope.encode(wrapped)


def send(channel, *messages: bytes) -> None:
    """Put messages on the service's queue, as the exchanges would."""
    for message in messages:
        frame = channel.prepare_message(message, content_type="application/json")
        channel.basic_publish(frame, "", QUEUE)


def test_what_cannot_be_read_is_dead_at_once_and_the_queue_moves_on(poisoned, channel):
    bad_body = withdrawn("unread").replace(b'"title"', b'"titel"')

    send(channel, b"\xff no envelope", bad_body, withdrawn("after-unreadable"))

    eventually(lambda: poisoned.effects()["after-unreadable"])
    dead = eventually(lambda: len(poisoned.dead()) == 2 and poisoned.dead())
    assert dead["event-of-unread"].startswith("Undecodable: intake.EntryWithdrawn: ")
    assert poisoned.effects()["unread"] == 0


def test_what_always_fails_is_dead_and_shown_and_done_once_it_is_mended(poisoned, channel):
    send(channel, withdrawn("failing", "fail"), withdrawn("beside-failing"))

    eventually(lambda: "event-of-failing" in poisoned.dead())
    tries, effects = len(poisoned.tried("failing")), poisoned.effects()
    shown = poisoned.sangkien("dead", "show", "event-of-failing").stdout
    poisoned.mended.touch()
    poisoned.sangkien("retry", "event-of-failing")
    eventually(lambda: poisoned.effects()["failing"])

    assert tries == 1 + len(PAUSES)
    assert (effects["failing"], effects["beside-failing"]) == (0, 1)
    assert '"reason":"fail"' in shown
    assert poisoned.effects()["failing"] == 1
    assert "event-of-failing" not in poisoned.dead()


def test_what_fails_five_times_then_works_is_done_in_its_own_time(poisoned, channel):
    others = [f"other-{number}" for number in range(20)]

    send(channel, withdrawn("stubborn", "fail 5"), *map(withdrawn, others))

    eventually(lambda: poisoned.effects()["stubborn"])
    tried = poisoned.tried("stubborn")
    waited = [later - earlier for earlier, later in pairwise(tried)]
    assert len(tried) == 6
    assert all(wait >= pause for wait, pause in zip(waited, PAUSES, strict=False))
    effects = poisoned.effects()
    assert [effects[each] for each in ("stubborn", *others)] == [1] * 21
    assert max(map(poisoned.done_at, others)) < poisoned.done_at("stubborn")


def test_what_kills_its_process_is_dead_alone(poisoned, channel):
    neighbours = [f"neighbour-{number}" for number in range(30)]
    died = len(poisoned.statuses)

    send(channel, *map(withdrawn, neighbours[:5]), withdrawn("deadly", "die"))
    send(channel, *map(withdrawn, neighbours[5:]))
    eventually(lambda: "event-of-deadly" in poisoned.dead(), seconds=90)
    eventually(lambda: poisoned.effects().keys() >= set(neighbours), seconds=30)

    dead, effects = poisoned.dead(), poisoned.effects()
    assert dead["event-of-deadly"] == GIVEN_UP
    assert not {f"event-of-{each}" for each in neighbours} & dead.keys()
    assert {effects[each] for each in neighbours} == {1}
    assert set(poisoned.statuses[died:]) == {-signal.SIGKILL}
    poisoned.mended.touch()
    poisoned.sangkien("retry", "event-of-deadly")
    eventually(lambda: poisoned.effects()["deadly"])
    assert poisoned.effects()["deadly"] == 1


def test_what_kills_its_process_only_when_tried_again_is_dead_too(poisoned, channel):
    send(channel, withdrawn("late-killer", "fail then die"), withdrawn("beside-late-killer"))

    eventually(lambda: "event-of-late-killer" in poisoned.dead(), seconds=90)

    assert poisoned.dead()["event-of-late-killer"] == GIVEN_UP
    assert len(poisoned.tried("late-killer")) == 1 + len(PAUSES)
    assert (poisoned.effects()["late-killer"], poisoned.effects()["beside-late-killer"]) == (0, 1)


def test_a_stop_under_load_is_quick_and_loses_and_doubles_nothing(stack, poisoned, channel):
    load = [f"load-{number}" for number in range(400)]
    send(channel, *(withdrawn(each, "rest 0.05") for each in load))
    eventually(lambda: 20 < len(poisoned.effects().keys() & set(load)) < 380)
    began = time.monotonic()

    status = poisoned.stop()

    seconds = time.monotonic() - began
    left = set(load) - poisoned.effects().keys()
    again = Poisoned(stack, poisoned.tries.parent)
    eventually(lambda: poisoned.effects().keys() >= set(load))
    again.stop()
    assert (status, seconds < 10) == (0, True)
    assert left, "it must have been stopped in the midst of its work"
    effects = poisoned.effects()
    assert {effects[each] for each in load} == {1}

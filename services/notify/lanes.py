"""Lanes: each counterparty of each tenant is sent to beside all others, and waits for none.

A lane takes a batch out of the queue, sends it without holding any lock, writes down what came
of it, and goes on until nothing is due. Copies of the service share a lane's queue. A long queue
is left to a process of its own (`bulk`), where up to three lanes share it.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event, Lock, Thread, current_thread

from kernel.database import Database, Origin, Work
from services.notify import store
from services.notify.domain import Breaker
from services.notify.loading import Load, Tried, make_ready
from services.notify.recording import settle
from services.notify.settings import NotifySettings

BATCH = 200
CHUNK = 50  # sent but not yet recorded at most: what a killed process sends again, by the same id
CHUNK_SECONDS = 1.0
BATCH_SECONDS = 30.0  # well within `store.LEASE`
MOST = 64  # lanes of one process at once
WIDTH = 3  # lanes of one process to the same counterparty, while its queue is long
SPARE = 32  # lanes of one process beyond which none is doubled: the others need their own
HEAD_START = 0.2  # seconds for which a lane that has little to send goes before the long ones
STEP_ASIDE = 0.005  # seconds that a long one leaves to it after each message

log = logging.getLogger(__name__)


class Lanes:
    """The lanes that one process runs at the moment."""

    def __init__(self) -> None:
        self.busy: Counter[tuple[int, str, str]] = Counter()
        self.threads: dict[Thread, int] = {}  # with the id of the database each works on
        self.fresh: dict[object, float] = {}  # since when, those that may have little to send
        self.lock = Lock()
        self.over = Event()  # set when the process ends: lanes stop after the message they are at

    def start(self, lane: "Lane") -> None:
        """Run a lane in a thread of its own, unless it runs already or there are too many."""
        self.begin(lane, width=1, most=MOST)

    def widen(self, lane: "Lane") -> None:
        """Run a lane beside one that has more to send than it can at once."""
        self.fresh.pop(current_thread(), None)
        beside = replace(lane, began=lane.now(), started=time.monotonic())
        self.begin(beside, WIDTH, SPARE, is_fresh=False)

    def look(self, *, channels: bool) -> None:
        """Have long lanes step aside while a timer looks for what is due; see `seen`."""
        self.fresh[channels] = time.monotonic()

    def seen(self, *, channels: bool) -> None:
        """Say that it has looked."""
        self.fresh.pop(channels, None)

    def step_aside(self) -> bool:
        """Let those go first that may have little to send, if this lane is none of them.

        Return whether there are any.
        """
        since = time.monotonic() - HEAD_START
        if current_thread() in self.fresh or all(at < since for at in [*self.fresh.values()]):
            return False
        time.sleep(STEP_ASIDE)
        return True

    def begin(self, lane: "Lane", width: int, most: int, *, is_fresh: bool = True) -> None:
        """Run a lane in a thread of its own, if there are fewer of its kind and of all."""
        key = (id(lane.database), lane.tenant, lane.counterparty)
        with self.lock:
            if self.busy[key] >= width or self.busy.total() >= most:
                return
            self.busy[key] += 1
            # A daemon: one that hangs must not keep the service from stopping.
            thread = Thread(target=lambda: self.run(key, lane, thread), daemon=True)
            self.threads[thread] = id(lane.database)
            if is_fresh:
                self.fresh[thread] = time.monotonic()
            thread.start()

    def wait(self, database: Database, seconds: float) -> None:
        """Wait until no lane works on a database, but no longer than so many seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with self.lock:
                working = [one for one, other in self.threads.items() if other == id(database)]
            if not working:
                return
            working[0].join(left)

    def run(self, key: tuple[int, str, str], lane: "Lane", thread: Thread) -> None:
        """Run it, and leave the place to the next."""
        try:
            lane.run(self)
        except Exception:
            log.exception("lane failed", extra={"fields": {"tenant": key[1]}})
        finally:
            with self.lock:
                self.busy[key] -= 1
                self.busy += Counter()  # forgets those that no lane is left of
                del self.threads[thread]
                self.fresh.pop(thread, None)


@dataclass
class Batch:
    """What a lane has taken out of the queue."""

    load: Load
    breaker: Breaker
    probing: bool
    is_full: bool
    left: dict[str, store.DeliveryRow]  # not tried yet


@dataclass
class Lane:
    """One counterparty of one tenant; `began` is the instant of the clock when it was started."""

    database: Database
    settings: NotifySettings
    tenant: str
    counterparty: str
    began: datetime
    started: float = field(default_factory=time.monotonic)

    def run(self, lanes: Lanes) -> None:
        """Send until nothing is due, or the counterparty is to be left alone.

        Where there is more than one lane can send at once, others are started beside it, or it
        leaves the rest to who sends long queues.
        """
        # What a client is told about an entry comes one by one: after each there may be a next.
        one_by_one = not store.is_channel(self.counterparty)
        while not lanes.over.is_set() and (batch := self.take()):
            is_long = batch.is_full and not batch.probing
            if is_long and not self.settings.long_queue:
                lanes.widen(self)
            if not self.send(batch, lanes) or not (batch.is_full or one_by_one):
                return
            if is_long and self.settings.long_queue:
                return

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open a transaction at the instant it is now."""
        origin = Origin.own("notify", self.tenant)
        with self.database.work(replace(origin, now=self.now())) as work:
            yield work

    def now(self) -> datetime:
        """Return the instant, by whole seconds since the lane was started."""
        return self.began + timedelta(seconds=int(time.monotonic() - self.started))

    def take(self) -> Batch | None:
        """Take what is due; None if nothing is, or if nothing may be sent."""
        with self.work() as work:
            name = (work.session, work.tenant, self.counterparty)
            # Not locked while a batch is written: lanes beside this one would wait for it.
            breaker = store.peek_at_breaker(*name)
            if breaker.state(work.now) != "CLOSED":
                breaker = store.load_breaker(*name)
            state = breaker.state(work.now)
            if state == "OPEN":
                return None
            probing = state == "HALF_OPEN"
            limit = 1 if probing else min(BATCH, self.settings.long_queue or BATCH)
            rows = store.claim(*name, work.now, limit)
            if not rows:
                return None
            load = make_ready(work, rows, self.settings, self.work)
            settle(work, rows, load.unsendable)
            for until, resting in load.resting.items():
                store.give_back(work.session, work.tenant, resting, until)
            if probing and load.ready:
                breaker = breaker.probe(work.now)
                store.save_breaker(*name, breaker)
            left = {row.delivery_id: row for row in load.ready}
            return Batch(load, breaker, probing, len(rows) == limit, left)

    def send(self, batch: Batch, lanes: Lanes) -> bool:
        """Send a batch as far as the counterparty lets us; return whether to go on."""
        until = time.monotonic() + BATCH_SECONDS
        tried: list[Tried] = []
        written = time.monotonic()
        breaker, opened = batch.breaker, False
        results = iter(batch.load.carry())
        for result in results:
            tried.append(result)
            now = self.now()
            breaker = breaker.after(result[1], now, probing=batch.probing)
            opened = breaker.state(now) == "OPEN"
            if opened or lanes.over.is_set() or time.monotonic() > until:
                break
            if len(tried) >= CHUNK or time.monotonic() - written > CHUNK_SECONDS:
                self.record(batch, tried)
                tried, written = [], time.monotonic()
            lanes.step_aside()
        self.record(batch, tried)
        if hasattr(results, "close"):
            results.close()
        if batch.left:
            self.give_back(batch)
        return not opened

    def record(self, batch: Batch, tried: list[Tried]) -> None:
        """Write what came of tries; wait while the database is away, for it has happened."""

        def attempt() -> None:
            with self.work() as work:
                name = (work.session, work.tenant, self.counterparty)
                breaker = before = store.load_breaker(*name)
                for _, outcome in tried:
                    breaker = breaker.after(outcome, work.now, probing=batch.probing)
                if breaker != before:
                    store.save_breaker(*name, breaker)
                settle(work, batch.load.ready, tried)

        if tried:
            self.database.weather(attempt)
            for delivery_id, _ in tried:
                batch.left.pop(delivery_id, None)

    def give_back(self, batch: Batch) -> None:
        """Put what was not tried into the queue again, at once and as if it had stayed there."""

        def attempt() -> None:
            with self.work() as work:
                store.give_back(work.session, work.tenant, batch.left.values(), work.now)

        self.database.weather(attempt)

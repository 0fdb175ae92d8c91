"""Whose turn it is: what a tenant has beyond its share at a handler waits in the inbox.

So one tenant's flood leaves the queue as fast as it can be written down, and what comes behind it,
of another, is at work at once. What waits is worked off tenants in turn: `Turns`.
"""

from collections import Counter
from functools import partial
from itertools import count
from time import monotonic
from typing import Any

import eventlet
from eventlet.queue import LightQueue
from nameko.extensions import SharedExtension

from contracts.message import Envelope
from kernel import execute
from kernel.database import database_of
from kernel.execute import Turn

MOST = 50  # events taken off a queue at once, and set aside in one transaction
LATELY = 5.0  # seconds for which another tenant counts as there, after an event of its own
GIVING_WAY = 10  # looks, 10 ms apart, for which what waits lets go first what has just come


class Turns(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Works off what waits in the inbox: set aside by this copy, left by another, or failed.

    It looks often after something here has failed; else as seldom as finds what others left.
    """

    pause, rest = 0.2, 5  # seconds between looks, and how many of them are left out else
    soon = 10  # looks that follow a failure

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.seen: dict[str, float] = {}  # when a tenant's event was last begun as it came
        self.at_work = 0  # events being worked on as they came
        self.looks = 0  # of those that follow a failure, still to come

    def start(self) -> None:
        """Begin to look."""
        self.container.spawn_managed_thread(self.run)

    def run(self) -> None:
        """Look, and wait, for ever."""
        database = database_of(self.container)
        for number in count():
            eventlet.sleep(self.pause)
            if self.looks <= 0 and number % self.rest:
                continue
            self.looks -= 1
            for name, tenant, again in database.weather(lambda: execute.due(database)):
                if name in self.lines:
                    self.lines[name].admit(tenant, again=again)

    def hand(self, tenant: str) -> int:
        """Return how many of a tenant's are begun together of what waits.

        One where others are there; else half of the workers, which keeps a processor busy.
        """
        lately = [other for other, at in self.seen.items() if at > monotonic() - LATELY]
        return 1 if {*lately} - {tenant} else max(1, int(self.container.max_workers) // 2)


class Line:
    """One handler's, in one copy: what each tenant has at work, and whose turn is next."""

    def __init__(self, entrypoint: Any, turns: Turns) -> None:  # noqa: ANN401  # nameko has no types
        self.entrypoint, self.turns = entrypoint, turns
        turns.lines[entrypoint.handler.name] = self
        self.at_work: Counter[str] = Counter()  # by tenant, wherever it came from
        # How many of a tenant's may be at work as they came: a third of the workers.
        self.share = max(1, min(4, int(entrypoint.container.max_workers) // 3))
        self.unwritten: list[tuple[Any, Envelope]] = []  # set aside, not yet among what waits
        # Tenants, and whether it was tried before, with how often they were admitted.
        self.waiting: Counter[Turn] = Counter()
        self.underway: Counter[Turn] = Counter()  # tries of what waited
        self.news = LightQueue()  # that a try has ended, or somebody waits
        self.is_closed = False

    def is_free_for(self, tenant: str) -> bool:
        """Tell whether a tenant's event can be begun as it came: none of its own waits."""
        waits = (tenant, False) in self.waiting or any(
            enveloped.tenant == tenant for _, enveloped in self.unwritten
        )
        return self.at_work[tenant] < self.share and not waits

    def begin(self, tenant: str) -> None:
        """Count an event that is begun as it came."""
        self.at_work[tenant] += 1
        self.turns.at_work += 1
        self.turns.seen[tenant] = monotonic()

    def end(self, tenant: str, result: object) -> None:
        """Count what has been begun as it came off again."""
        self.at_work[tenant] -= 1
        self.turns.at_work -= 1
        self.note(result)

    def note(self, result: object) -> None:
        """Have what failed tried again soon."""
        if result == "retry":
            self.turns.looks = self.turns.soon

    def set_aside(self, message: Any, enveloped: Envelope) -> None:  # noqa: ANN401
        """Have an event written into the inbox, with those that come meanwhile."""
        self.unwritten.append((message, enveloped))
        if len(self.unwritten) == 1:  # nobody writes
            self.entrypoint.container.spawn_managed_thread(self.write)

    def write(self) -> None:
        """Write down what came; only then let go of the messages."""
        database = database_of(self.entrypoint.container)
        while batch := self.unwritten[:MOST]:
            events = [(enveloped, bytes(message.body)) for message, enveloped in batch]
            database.weather(partial(execute.put_aside, database, self.entrypoint.handler, events))
            for message, enveloped in batch:
                self.entrypoint.inlet.ack_message(message)
                self.admit(enveloped.tenant, again=False)
            del self.unwritten[: len(batch)]

    def admit(self, tenant: str, *, again: bool) -> None:
        """Give a tenant its turns, after those who have some already."""
        is_first = not self.waiting
        self.waiting[tenant, again] += 1
        self.news.put(None)
        if is_first and not self.is_closed:
            self.entrypoint.container.spawn_managed_thread(self.work_off)

    def work_off(self) -> None:
        """Give each tenant in turn a hand of its own, until nobody waits.

        Who has most of a hand under way still is passed over: a slow try holds up no other tenant.
        """
        pool = self.entrypoint.container._worker_pool  # noqa: SLF001  # nameko has no other way
        while self.waiting and not self.is_closed:
            self.news = LightQueue()
            due = (turn for turn in self.waiting if self.underway[turn] <= self.hand(turn) // 2)
            if (turn := next(due, None)) is None:
                self.news.get()
                continue
            for _ in range(GIVING_WAY):
                # To what has come within a second, and to a flood that is being written down.
                if (
                    (self.turns.at_work and max(self.turns.seen.values()) > monotonic() - 1.0)
                    or len(self.unwritten) > MOST // 5
                    or pool.free() <= pool.size // 4
                ):
                    eventlet.sleep(0.01)
            if not self.is_closed:
                most = min(self.hand(turn) - self.underway[turn], pool.free() - pool.size // 4)
                self.give(turn, max(1, most))

    def hand(self, turn: Turn) -> int:
        """Return how many are begun together: what was tried before alone, as it may be deadly."""
        return 1 if turn[1] else self.turns.hand(turn[0])

    def give(self, turn: Turn, most: int) -> None:
        """Begin so many at most of those that wait longest; the tenant stays if it has more."""
        container, admitted = self.entrypoint.container, self.waiting[turn]
        database = database_of(container)
        found = database.weather(
            lambda: execute.begin_tries(
                database, self.entrypoint.handler, turn, most, database.pauses
            )
        )
        for data, tried in found:
            self.underway[turn] += 1
            self.at_work[turn[0]] += 1
            done = partial(self.finish, turn)
            container.spawn_worker(self.entrypoint, (data,), {"tried": tried}, handle_result=done)
        since = self.waiting.pop(turn)
        if len(found) == most or since != admitted:
            self.waiting[turn] = since  # behind the others

    def finish(self, turn: Turn, _worker: object, result: Any, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Leave a place to the next."""
        self.at_work[turn[0]] -= 1
        self.underway[turn] -= 1
        self.news.put(None)
        self.note(result)
        return result, exc_info

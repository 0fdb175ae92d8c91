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

    @property
    def share(self) -> int:
        """Return how many of a tenant's may be at work at one handler: a third of the workers."""
        return max(1, min(4, int(self.container.max_workers) // 3))

    def hand(self, tenant: str) -> int:
        """Return how many of a tenant's are begun together of what waits.

        One where others are there; else half of the workers, which keeps a processor busy.
        """
        since = monotonic() - LATELY
        others = any(at > since for other, at in self.seen.items() if other != tenant)
        return 1 if others else max(1, int(self.container.max_workers) // 2)


class Line:
    """One handler's, in one copy: what each tenant has at work, and whose turn is next."""

    def __init__(self, entrypoint: Any, turns: Turns) -> None:  # noqa: ANN401  # nameko has no types
        self.entrypoint, self.turns = entrypoint, turns
        turns.lines[entrypoint.handler.name] = self
        self.spawn = entrypoint.container.spawn_managed_thread
        self.at_work: Counter[str] = Counter()  # by tenant, wherever it came from
        self.unwritten: list[tuple[Any, Envelope]] = []
        self.waiting: dict[tuple[str, bool], None] = {}  # tenants, and whether tried before
        self.underway, self.ended = 0, LightQueue()  # tries of what waited
        self.is_writing = self.is_working = self.is_closed = False

    def is_free_for(self, tenant: str) -> bool:
        """Tell whether a tenant's event can be begun as it came: none of its own waits."""
        return self.at_work[tenant] < self.turns.share and (tenant, False) not in self.waiting

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
        if not self.is_writing:
            self.is_writing = True
            self.spawn(self.write, identifier="setting aside")

    def write(self) -> None:
        """Write down what came; only then let go of the messages."""
        database = database_of(self.entrypoint.container)
        while batch := self.unwritten[:MOST]:
            self.unwritten = self.unwritten[MOST:]
            events = [enveloped for _, enveloped in batch]
            database.weather(partial(execute.put_aside, database, self.entrypoint.handler, events))
            for message, enveloped in batch:
                self.entrypoint.inlet.ack_message(message)
                self.admit(enveloped.tenant, again=False)
        self.is_writing = False

    def admit(self, tenant: str, *, again: bool) -> None:
        """Give a tenant its turns, after those who have some already."""
        self.waiting[tenant, again] = None
        if not self.is_working and not self.is_closed:
            self.is_working = True
            self.spawn(self.work_off, identifier="taking turns")

    def work_off(self) -> None:
        """Give each tenant in turn a hand of its own, until nobody waits."""
        while self.waiting and not self.is_closed:
            tenant, again = key = next(iter(self.waiting))
            del self.waiting[key]
            for _ in range(GIVING_WAY):
                if self.turns.at_work or self.unwritten:
                    eventlet.sleep(0.01)
            # What was tried before is begun alone: it may be what ends its process.
            most = 1 if again else self.turns.hand(tenant)
            if self.begin_hand(tenant, again, most) == most:
                self.waiting[key] = None
            while self.underway > most // 2:
                self.ended.get()
                self.underway -= 1
        self.is_working = False

    def begin_hand(self, tenant: str, again: bool, most: int) -> int:  # noqa: FBT001
        """Begin so many at most of a tenant's, those that wait longest; return how many it had."""
        container = self.entrypoint.container
        database = database_of(container)
        found = database.weather(
            lambda: execute.begin_tries(
                database, self.entrypoint.handler, (tenant, again), most, database.pauses
            )
        )
        for data, tried in found:
            self.underway += 1
            self.at_work[tenant] += 1
            done = partial(self.finish, tenant)
            container.spawn_worker(self.entrypoint, (data,), {"tried": tried}, handle_result=done)
        return len(found)

    def finish(self, tenant: str, _worker: object, result: Any, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Leave a place to the next."""
        self.at_work[tenant] -= 1
        self.ended.put(None)
        self.note(result)
        return result, exc_info

"""The books of a running stack: what must hold of it, and what it has announced and answered.

Start with `settled_books`. It reads the databases as the services' own roles, all tenants at once.
"""

import email
import email.policy
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection, create_engine, text

from contracts.message import Envelope
from contracts.notify import Delivered
from deploy.local.stack import Stack
from invariants.catalogue import INVARIANTS
from invariants.command import Verdict, check
from invariants.places import SERVICES as HEARERS
from invariants.places import Terms, opened
from kernel import envelope
from kernel.tables import EVERY_TENANT

T = TypeVar("T")

# Heads are signed by a timer: a test of its own waits for them.
AT_ONCE = [each for each in INVARIANTS if each.name != "heads-signed"]


@dataclass
class Books:
    """What the tables of all services say about each other; `faults` is empty when they agree."""

    verdicts: list[Verdict]
    announced: dict[str, Envelope] = field(default_factory=dict)
    requests: dict[str, set[str]] = field(default_factory=dict)  # ids answered, by service
    untold: set[str] = field(default_factory=set)  # deliveries that are about to be tried

    @property
    def faults(self) -> dict[str, object]:
        """Return what is wrong, by the invariant it breaks."""
        broken = {
            each.invariant.name: each.finding.faults
            for each in self.verdicts
            if not each.finding.holds
        }
        waiting = {"retries-waiting": self.looked_at("retries-moving"), "untold": self.untold}
        return broken | {kind: found for kind, found in waiting.items() if found}

    def looked_at(self, invariant: str) -> int:
        """Return how much was looked at for an invariant."""
        found = (each for each in self.verdicts if each.invariant.name == invariant)
        return sum(each.finding.looked_at for each in found)

    @property
    def effects(self) -> int:
        """Return how many events were heard, by all handlers together."""
        return self.looked_at("events-announced")

    @property
    def said(self) -> Counter[str]:
        """Return how many events of each type were announced."""
        return Counter(each.type for each in self.announced.values())

    @property
    def to_record(self) -> dict[str, int]:
        """Return the events that the ledger writes down, each once: all but its own heads."""
        others = (each for each in self.announced.values() if each.type != "ledger.HeadSigned")
        return {each.id: 1 for each in others}

    def __str__(self) -> str:
        answered = sum(len(ids) for ids in self.requests.values())
        return (
            f"{answered} commands, {len(self.announced)} events, {self.effects} effects, "
            f"wrong: {self.faults or 'nothing'}"
        )


def eventually(look: Callable[[], T], *, seconds: float = 30) -> T:
    """Look until what is seen is true; fail with what was seen last."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not within {seconds} s; last seen: {seen!r}"
        time.sleep(0.05)
    return seen


def settled_books(stack: Stack, *, seconds: float = 150) -> Books:
    """Return the books once nothing is on its way any more, or as they are when time is up."""
    deadline = time.monotonic() + seconds
    while (books := read_books(stack)).faults and time.monotonic() < deadline:
        time.sleep(0.2)
    return books


def read_books(stack: Stack) -> Books:
    """Check what must hold, and read what every service has announced and answered."""
    # First of all: what is told later announces that it was, after the outbox has been read.
    untold = about_to_be_told(stack)
    urls = {service: stack.database_url(service) for service in HEARERS}
    with opened(urls, {}, Terms(grace=timedelta(0))) as places:
        books = Books(check(places, AT_ONCE), untold=untold)
        for service in HEARERS:
            answered = places.rows(service, "SELECT id FROM request WHERE reply IS NOT NULL")
            books.requests[service] = {row.id for row in answered}
            for row in places.rows(service, "SELECT envelope FROM outbox ORDER BY sequence"):
                announced = envelope.decode(bytes(row.envelope))
                books.announced[announced.id] = announced
    return books


def about_to_be_told(stack: Stack) -> set[str]:
    """Return the deliveries that go within two minutes, and will announce that they went.

    One whose process was killed between its claim and its end is due again a minute later.
    """
    soon = stack.now() + timedelta(minutes=2)
    with tables_of(stack, "notify") as tables:
        queued = "SELECT delivery_id FROM delivery WHERE state = 'QUEUED' AND due_at <= :soon"
        return set(tables.scalars(text(queued), {"soon": soon}))


def recorded(stack: Stack) -> Counter[str]:
    """Return how often each event stands in the ledger."""
    with tables_of(stack, "ledger") as tables:
        return Counter(tables.scalars(text("SELECT event_id FROM line")).all())


def mails_by_id(stack: Stack) -> Counter[str]:
    """Return how often each letter lies in the mailbox, by the delivery its Message-ID names."""
    found: Counter[str] = Counter()
    for path in stack.addresses.mail_dir.glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[letter["Message-ID"].removeprefix("<").partition("@")[0]] += 1
    return found


def letters_delivered(books: Books) -> set[str]:
    """Return the deliveries that notify says have gone by e-mail."""
    said = (each for each in books.announced.values() if each.type == "notify.Delivered")
    delivered = [envelope.unwrap(each, Delivered) for each in said]
    return {each.delivery_id for each in delivered if each.channel == "EMAIL"}


@contextmanager
def tables_of(
    stack: Stack, service: str, tenant: str | None = EVERY_TENANT
) -> Iterator[Connection]:
    """Open a service's database with that service's own rights, as one tenant or as none."""
    engine = create_engine(stack.database_url(service))
    try:
        with engine.connect() as connection:
            if tenant is not None:
                connection.execute(
                    text("SELECT set_config('app.tenant', :t, true)"), {"t": tenant}
                )
            yield connection
    finally:
        engine.dispose()

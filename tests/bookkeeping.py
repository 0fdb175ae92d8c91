"""The books of a running stack: every event announced against every hearer's tables.

Start with `settled_books`. It reads the databases as the services' own roles, all tenants at once.
"""

import email
import email.policy
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, create_engine, text

from contracts.message import Envelope, Event
from contracts.notify import Delivered
from deploy.local.instance import SERVICES
from deploy.local.stack import Stack
from kernel import envelope
from kernel.hosting import service_class
from kernel.tables import EVERY_TENANT

T = TypeVar("T")

HEARERS = tuple(service for service in SERVICES if service != "gateway")


@dataclass(frozen=True)
class Heard:
    """One event due to one handler."""

    service: str
    handler: str
    event_id: str


@dataclass
class Books:
    """What the tables of all services say about each other; `faults` is empty when they agree."""

    announced: dict[str, Envelope] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)  # by type, over all handlers
    requests: dict[str, set[str]] = field(default_factory=dict)  # ids answered, by service
    unsent: set[str] = field(default_factory=set)
    waiting: set[Heard] = field(default_factory=set)
    dead: set[Heard] = field(default_factory=set)
    lost: set[Heard] = field(default_factory=set)
    strange: set[Heard] = field(default_factory=set)  # heard, though nobody announced it
    doubled: list[str] = field(default_factory=list)
    unanswered: set[str] = field(default_factory=set)

    @property
    def faults(self) -> dict[str, object]:
        """Return what is wrong, by kind."""
        kinds = ("unsent", "waiting", "dead", "lost", "strange", "doubled", "unanswered")
        return {kind: found for kind in kinds if (found := getattr(self, kind))}

    @property
    def said(self) -> Counter[str]:
        """Return how many events of each type were announced."""
        return Counter(each.type for each in self.announced.values())

    def __str__(self) -> str:
        answered = sum(len(ids) for ids in self.requests.values())
        return (
            f"{answered} commands, {len(self.announced)} events, {self.heard.total()} effects, "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.dead)} dead"
        )


def eventually(look: Callable[[], T], *, seconds: float = 30) -> T:
    """Look until what is seen is true; fail with what was seen last."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not within {seconds} s; last seen: {seen!r}"
        time.sleep(0.05)
    return seen


def settled_books(stack: Stack, *, seconds: float = 60) -> Books:
    """Return the books once nothing is on its way any more, or as they are when time is up."""
    deadline = time.monotonic() + seconds
    while (books := read_books(stack)).faults and time.monotonic() < deadline:
        time.sleep(0.2)
    return books


def read_books(stack: Stack) -> Books:
    """Read every service's outbox, inbox and requests, and hold them against each other."""
    books = Books()
    rows: dict[Heard, str] = {}
    # Hearers first: whatever an inbox holds by then is in an outbox that is read later.
    for service in HEARERS:
        with tables_of(stack, service) as tables:
            for handler, event_id, state in tables.execute(
                text("SELECT handler, message_id, state FROM inbox")
            ):
                rows[Heard(service, handler, event_id)] = state
            answered = tables.execute(text("SELECT id, reply IS NOT NULL FROM request")).all()
            books.requests[service] = {each for each, has_reply in answered if has_reply}
            books.unanswered |= {each for each, has_reply in answered if not has_reply}
    for service in HEARERS:
        with tables_of(stack, service) as tables:
            for data, is_sent in tables.execute(
                text("SELECT envelope, sent_at IS NOT NULL FROM outbox ORDER BY sequence")
            ):
                announced = envelope.decode(bytes(data))
                books.announced[announced.id] = announced
                if not is_sent:
                    books.unsent.add(announced.id)
    due = set(events_due(books.announced.values()))
    books.waiting = {key for key, state in rows.items() if state == "retry"}
    books.dead = {key for key, state in rows.items() if state == "dead"}
    books.lost = due - rows.keys()
    books.strange = rows.keys() - due
    for key in due & rows.keys():
        books.heard[books.announced[key.event_id].type] += rows[key] == "done"
    books.doubled = [*said_twice(books.announced.values()), *recorded_twice(stack)]
    return books


def events_due(announced: Iterator[Envelope]) -> Iterator[Heard]:
    """Yield every event with every handler whose type hints say that it hears it."""
    announced = list(announced)
    for service in HEARERS:
        kind = service_class(service)
        for name in dir(kind):
            handler = getattr(getattr(kind, name), "handler", None)
            if handler is None or not issubclass(handler.message_type, Event | Envelope):
                continue
            everything = issubclass(handler.message_type, Envelope)
            wanted = "" if everything else envelope.name_of(handler.message_type)
            yield from (
                Heard(service, handler.name, each.id)
                for each in announced
                if everything or each.type == wanted
            )


def said_twice(announced: Iterator[Envelope]) -> Iterator[str]:
    """Yield what one message caused twice: the same words again under another id."""
    told = Counter((each.causation_id, each.type, bytes(each.body)) for each in announced)
    yield from (f"{kind} twice after {cause}" for (cause, kind, _), n in told.items() if n > 1)


def recorded_twice(stack: Stack) -> Iterator[str]:
    """Yield what stands in the ledger more than once."""
    with tables_of(stack, "ledger") as tables:
        lines = Counter(tables.scalars(text("SELECT event_id FROM line")).all())
    yield from (f"line of {event_id}" for event_id, n in lines.items() if n > 1)


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

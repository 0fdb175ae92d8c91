"""The relay: from the outbox to the broker, confirmed, in the order of announcing.

`send_batch` is one transaction: rows are locked (copies of a service share the work), published,
confirmed, and only then marked as sent. Killed in between, they are sent again; the hearers'
inboxes see to it that nothing happens twice.
"""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from amqp import Message as Frame
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError

from kernel.broker import CONNECTION_ERRORS, connect, exchange
from kernel.database import Database, enter
from kernel.settings import KernelSettings
from kernel.tables import EVERY_TENANT

log = logging.getLogger(__name__)

BATCH = 200
PATIENCE = 5.0  # seconds until an event that nobody took is offered again

UNSENT = (
    "SELECT sequence, id, type, envelope, created_at FROM outbox"
    " WHERE sent_at IS NULL AND sequence <> ALL(CAST(:kept AS bigint[]))"
    " ORDER BY sequence LIMIT :batch FOR UPDATE SKIP LOCKED"
)
MARK = text("UPDATE outbox SET sent_at = now() WHERE sequence = ANY(:sent)")

# Told of each row the broker has confirmed.
observers: list[Callable[[Row[Any]], None]] = []

INTERRUPTIONS = (*CONNECTION_ERRORS, DBAPIError)


class Line:
    """A channel in confirm mode, and what the broker has said about the frames put on it."""

    def __init__(self, connection: Any, service: str) -> None:  # noqa: ANN401  # kombu has no types
        self.connection = connection
        self.service = service
        self.channel = connection.channel()
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self.on_ack)
        self.channel.events["basic_nack"].add(self.on_nack)
        self.channel.events["basic_return"].add(self.on_return)
        self.published = 0
        self.pending: set[int] = set()
        self.refused: set[int] = set()
        self.unheard: set[str] = set()
        self.has_more = False
        self.kept: dict[int, float] = {}  # what nobody took, by its sequence, and until when

    def publish(self, row: Row[Any]) -> int:
        """Put one event on the line; return its delivery tag."""
        frame = Frame(
            bytes(row.envelope),
            content_type="application/json",
            delivery_mode=2,
            message_id=row.id,
            type=row.type,
        )
        key = f"event.{row.type.partition('.')[2]}"
        self.published += 1
        self.pending.add(self.published)
        self.channel.basic_publish(frame, self.service, key, mandatory=True)
        return self.published

    def settle(self) -> None:
        """Wait until the broker has spoken about every frame; raise if it falls silent."""
        while self.pending:
            self.connection.drain_events(timeout=10)

    def keep_alive(self) -> None:
        """Answer heartbeats while there is nothing to send."""
        with suppress(socket.timeout):
            self.connection.drain_events(timeout=0.001)
        self.connection.heartbeat_check()

    def keep_back(self, sequences: set[int]) -> None:
        """Offer these again, but not at once."""
        self.kept |= dict.fromkeys(sequences, time.monotonic() + PATIENCE)

    def kept_back(self) -> list[int]:
        """Return what is not to be offered now."""
        now = time.monotonic()
        self.kept = {sequence: until for sequence, until in self.kept.items() if until > now}
        return list(self.kept)

    def on_ack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001  # the library's signature
        """Note what the broker has safely."""
        self.pending = {t for t in self.pending if t > tag} if multiple else self.pending - {tag}

    def on_nack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001
        """Note what the broker could not take."""
        self.refused |= {t for t in self.pending if t <= tag} if multiple else {tag}
        self.on_ack(tag, multiple)

    def on_return(self, _reason: Any, _exchange: str, _key: str, frame: Any) -> None:  # noqa: ANN401
        """Note what nobody listens to yet."""
        self.unheard.add(frame.properties["message_id"])


@contextmanager
def open_line(settings: KernelSettings, service: str) -> Iterator[Line]:
    """Connect to the broker for relaying, and make sure the service's exchange exists."""
    connection = connect(settings.amqp_url, settings.heartbeat)
    try:
        exchange(service)(connection.default_channel).declare()
        yield Line(connection, service)
    finally:
        with suppress(*CONNECTION_ERRORS):
            connection.release()


def send_batch(database: Database, line: Line) -> int:
    """Send the oldest unsent events; return how many the broker has confirmed.

    What the broker returns because nobody listens, or refuses because it is full, stays unsent;
    for a while it also stays out of the way of the others.
    """
    with database.sessions.begin() as session:
        asked = enter(session, EVERY_TENANT, UNSENT, batch=BATCH, kept=line.kept_back())
        rows = asked.all()
        line.has_more = len(rows) == BATCH
        if not rows:
            return 0
        line.refused.clear()
        line.unheard.clear()
        tags = {line.publish(row): row for row in rows}
        line.settle()
        taken = [
            row
            for tag, row in tags.items()
            if tag not in line.refused and row.id not in line.unheard
        ]
        sent = [row.sequence for row in taken]
        session.execute(MARK, {"sent": sent})
    for observe in observers:
        for row in taken:
            observe(row)
    if kept := {row.sequence for row in rows}.difference(sent):
        line.keep_back(kept)
        log.warning("events nobody took", extra={"fields": {"kept": len(kept)}})
    return len(sent)

"""Who hears which events, and what is due to each beside what it has heard: `due_and_heard`."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from invariants.places import SERVICES, Places
from upkeep.backup.unheard import handlers, type_heard
from upkeep.pairing import side_by_side

# Sorted as Python sorts, whatever the database's language.
SAID = (
    "SELECT id, type, sent_at IS NOT NULL AS is_sent,"
    " sent_at IS NOT NULL AND now() - sent_at < :grace AS is_fresh FROM outbox"
    " WHERE (CAST(:types AS text[]) IS NULL OR type = ANY(:types))"
    " AND (CAST(:since AS timestamptz) IS NULL OR created_at >= :since)"
    ' ORDER BY id COLLATE "C"'
)
HEARD = (
    "SELECT message_id AS id, handler, type, state, received_at FROM inbox"
    ' WHERE handler = ANY(:handlers) ORDER BY message_id COLLATE "C"'
)


@dataclass(frozen=True, slots=True)
class Ear:
    """A handler of events; `type` is what it hears, empty where it hears everything."""

    service: str
    handler: str
    type: str

    @property
    def queue(self) -> str:
        """Name its queue at the broker."""
        return f"{self.service}.{self.handler}"


@cache
def ears() -> tuple[Ear, ...]:
    """Return every handler there is, read off the type hints of the services."""
    return tuple(
        Ear(service, handler.name, type_heard(handler))
        for service in SERVICES
        for handler in handlers(service)
    )


def due_and_heard(
    places: Places, service: str, since: datetime | None = None
) -> Iterator[tuple[Ear, Row[Any] | None, Row[Any] | None]]:
    """Yield each handler with each event it is due to hear or has heard: the one, the other, both.

    One pass over the service's inbox, beside all outboxes.
    """
    own = {ear.handler: ear for ear in ears() if ear.service == service}
    types = {ear.type for ear in own.values()}
    values = {
        "types": None if "" in types else sorted(types),
        "grace": places.terms.grace,
        "since": since,
    }
    said_by = [places.rows(speaker, SAID, **values) for speaker in SERVICES]
    every_said = heapq.merge(*said_by, key=lambda row: row.id)
    inbox = places.rows(service, HEARD, handlers=sorted(own))
    every_heard = groupby(inbox, key=lambda row: row.id)
    gathered = ((key, {row.handler: row for row in rows}) for key, rows in every_heard)
    for said, group in side_by_side(every_said, gathered):
        heard = group[1] if group is not None else {}
        for handler, ear in own.items():
            is_due = said is not None and ear.type in {"", said.type}
            if is_due or handler in heard:
                yield ear, said if is_due else None, heard.get(handler)

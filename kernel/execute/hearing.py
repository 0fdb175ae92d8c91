"""Events as they come: `hear` handles one exactly once, `bury` keeps what nobody can handle.

`put_aside` keeps many whose turn has not come.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy.dialects.postgresql import insert

from contracts.message import Envelope
from kernel import clock, envelope
from kernel.database import Database, Origin, Work, enter
from kernel.envelope import Undecodable
from kernel.execute.handler import Handler
from kernel.execute.trying import (
    ENDED_ITS_PROCESS,
    describe,
    following_pause,
    log_failure,
    pauses_after,
)
from kernel.logs import about
from kernel.tables import EVERY_TENANT, NO_TENANT, Inbox

# What waits in the inbox is done by whoever has counted its last try, and by nobody else.
CLAIM = (
    "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at, attempts)"
    " VALUES (:tenant, :handler, :message_id, :type, 'done', :received_at, 1)"
    " ON CONFLICT (tenant, handler, message_id) DO UPDATE SET state = 'done',"
    " envelope = NULL, next_try_at = NULL, attempts = greatest(inbox.attempts, 1)"
    " WHERE inbox.state = 'retry' AND inbox.attempts = :tried RETURNING message_id"
)

# In the order they came: each is due a microsecond after the one before it.
PUT_ASIDE = (
    "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at, attempts,"
    " next_try_at, envelope) SELECT tenant, :handler, id, type, 'retry', :received_at, 0,"
    " now() + number * interval '1 microsecond', envelope FROM unnest(CAST(:tenants AS text[]),"
    " CAST(:ids AS text[]), CAST(:types AS text[]), CAST(:envelopes AS bytea[]))"
    " WITH ORDINALITY AS heard (tenant, id, type, envelope, number)"
    " ON CONFLICT DO NOTHING"
)

log = logging.getLogger(__name__)


def hear(  # noqa: PLR0913, PLR0917  # all of what is known of one try
    database: Database,
    service: object,
    handler: Handler,
    data: bytes,
    pauses: tuple[float, ...],
    tried: int = 0,
) -> str:
    """Handle an event exactly once; return `done`, `repeated`, `retry` or `dead`.

    `tried` is how often it was, this time included, of one that waits in the inbox.
    """
    try:
        enveloped = envelope.decode(data)
    except Undecodable as error:
        return bury(database, handler.name, data, str(error), tried)
    if tried > len(pauses) + 1:
        return bury(database, handler.name, data, ENDED_ITS_PROCESS, tried)

    def attempt() -> str:
        with database.work(Origin.of(enveloped)) as work:
            if not claim(work, handler, enveloped, tried):
                return "repeated"
            handler.method(service, handler.open(enveloped), work)
            return "done"

    with about(enveloped):
        try:
            return database.weather(attempt)
        except Exception as error:  # noqa: BLE001  # whatever it is, the event is not lost
            attempts = max(tried, 1)
            log_failure(error, attempts)
            row = following_try(attempts, pauses_after(error, pauses))
            keep(database, handler.name, data, tried, error=describe(error), **row)
            return str(row["state"])


def claim(work: Work, handler: Handler, enveloped: Envelope, tried: int) -> bool:
    """Begin by noting the event as done; False if this handler has had it, or another tries it."""
    claimed = work.begin(
        CLAIM,
        handler=handler.name,
        message_id=enveloped.id,
        type=enveloped.type,
        received_at=clock.now(),
        tried=tried,
    )
    return claimed.first() is not None


def following_try(attempts: int, pauses: tuple[float, ...]) -> dict[str, Any]:
    """Return what a row says of the try that follows so many; or that there is none."""
    pause = following_pause(attempts, pauses)
    due = None if pause is None else func.now() + timedelta(seconds=pause)
    return {"attempts": attempts, "state": "dead" if due is None else "retry", "next_try_at": due}


def keep(
    database: Database, handler: str, data: bytes, tried: int | None = None, **columns: object
) -> None:
    """Write the row of an event; one that is there stays, unless it waits and was tried so often.

    What cannot be read is known by its digest, and no tenant's.
    """
    try:
        enveloped = envelope.decode(data)
        origin, name = Origin.of(enveloped), (enveloped.id, enveloped.type)
    except Undecodable:
        origin, name = Origin.own("kernel", NO_TENANT), (sha256(data).hexdigest(), "unreadable")
    keys = {"tenant": origin.tenant, "handler": handler, "message_id": name[0]}
    row = {"type": name[1], "received_at": clock.now(), "envelope": data, **keys, **columns}
    waits = and_(Inbox.state == "retry", Inbox.attempts == tried)
    told = insert(Inbox).values(row).on_conflict_do_update(
        index_elements=list(keys), set_={"envelope": data, **columns}, where=waits
    )  # fmt: skip

    def attempt() -> None:
        with database.work(origin) as work:
            work.session.execute(told)

    database.weather(attempt)


def put_aside(
    database: Database, handler: Handler, events: Sequence[tuple[Envelope, bytes]]
) -> None:
    """Keep events of any tenants for a try as soon as it is their turn; what is known stays.

    Each is kept as it came, with whatever a later version has added to it.
    """
    with database.sessions.begin() as session:
        enter(
            session,
            EVERY_TENANT,
            PUT_ASIDE,
            handler=handler.name,
            received_at=clock.now(),
            tenants=[each.tenant for each, _ in events],
            ids=[each.id for each, _ in events],
            types=[each.type for each, _ in events],
            envelopes=[data for _, data in events],
        )


def bury(
    database: Database, handler: str, data: bytes, error: str, tried: int | None = None
) -> str:
    """Keep what cannot be read, or has killed its process too often, among the dead.

    What is done, or waits for another try than this, is not dead for having come once more.
    """
    log.error("message is dead", extra={"fields": {"handler": handler, "why": error}})
    keep(
        database,
        handler,
        data,
        tried,
        state="dead",
        error=error,
        attempts=max((tried or 1) - 1, 1),
        next_try_at=None,
    )
    return "dead"

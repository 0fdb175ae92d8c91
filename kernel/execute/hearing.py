"""Events as they come: `hear` handles one exactly once, `bury` keeps what nobody can handle."""

import logging
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from contracts.message import Envelope
from kernel import clock, envelope
from kernel.database import Database, Origin, Work
from kernel.envelope import Undecodable
from kernel.execute.handler import Handler
from kernel.execute.trying import describe, log_failure, pauses_after
from kernel.logs import about
from kernel.tables import NO_TENANT, Inbox

CLAIM = (
    "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at, attempts)"
    " VALUES (:tenant, :handler, :message_id, :type, 'done', :received_at, 1)"
    " ON CONFLICT DO NOTHING RETURNING message_id"
)

log = logging.getLogger(__name__)


def hear(
    database: Database,
    service: object,
    handler: Handler,
    data: bytes,
    pauses: tuple[float, ...],
) -> str:
    """Handle an event exactly once; return `done`, `repeated`, `retry` or `dead`."""
    try:
        enveloped = envelope.decode(data)
    except Undecodable as error:
        return bury(database, handler.name, data, str(error))

    def attempt() -> str:
        with database.work(Origin.of(enveloped)) as work:
            if not claim(work, handler, enveloped):
                return "repeated"
            handler.method(service, handler.open(enveloped), work)
            return "done"

    with about(enveloped):
        try:
            return database.weather(attempt)
        except Exception as error:  # noqa: BLE001  # whatever it is, the event is not lost
            log_failure(error, attempts=1)
            why, left = describe(error), pauses_after(error, pauses)
            return database.weather(lambda: set_aside(database, handler, enveloped, why, left))


def claim(work: Work, handler: Handler, enveloped: Envelope) -> bool:
    """Begin by noting the event as done; False if this handler has had it already."""
    claimed = work.begin(
        CLAIM,
        handler=handler.name,
        message_id=enveloped.id,
        type=enveloped.type,
        received_at=clock.now(),
    )
    return claimed.first() is not None


def claim_event(work: Work, handler: Handler, enveloped: Envelope, **columns: object) -> bool:
    """Write the inbox row; False if this handler has one for this event already."""
    row = {
        "tenant": work.tenant,
        "handler": handler.name,
        "message_id": enveloped.id,
        "type": enveloped.type,
        "received_at": clock.now(),
        "attempts": 1,
        **columns,
    }
    claim = insert(Inbox).values(row).on_conflict_do_nothing().returning(Inbox.message_id)
    return work.session.execute(claim).first() is not None


def set_aside(
    database: Database,
    handler: Handler,
    enveloped: Envelope,
    error: str,
    pauses: tuple[float, ...],
) -> str:
    """Keep an event that failed for another try, or as dead where there is none."""
    state = "retry" if pauses else "dead"
    with database.work(Origin.of(enveloped)) as work:
        claim_event(
            work,
            handler,
            enveloped,
            state=state,
            next_try_at=func.now() + timedelta(seconds=pauses[0]) if pauses else None,
            envelope=envelope.encode(enveloped),
            error=error,
        )
    return state


def bury(database: Database, handler: str, data: bytes, error: str) -> str:
    """Keep what cannot be read, or has killed its process too often, among the dead."""

    def attempt() -> None:
        try:
            enveloped = envelope.decode(data)
            origin, message_type = Origin.of(enveloped), enveloped.type
        except Undecodable:
            identity = sha256(data).hexdigest()
            origin, message_type = Origin.own("kernel", NO_TENANT), "unreadable"
        else:
            identity = enveloped.id
        with database.work(origin) as work:
            row = {
                "tenant": work.tenant,
                "handler": handler,
                "message_id": identity,
                "type": message_type,
                "state": "dead",
                "received_at": clock.now(),
                "attempts": 1,
                "envelope": data,
                "error": error,
            }
            # What is done, or waits for another try, is not dead for having come once more.
            work.session.execute(insert(Inbox).values(row).on_conflict_do_nothing())

    log.error("message is dead", extra={"fields": {"handler": handler, "why": error}})
    database.weather(attempt)
    return "dead"

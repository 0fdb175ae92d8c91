"""Events that failed before: `retry_one` tries the one that has been due longest again."""

import logging
from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from contracts.message import Envelope
from kernel import envelope
from kernel.database import Database, Origin, Work, enter, is_passing
from kernel.envelope import Undecodable
from kernel.execute.handler import Handler
from kernel.execute.hearing import bury, claim_event
from kernel.execute.trying import describe, following_pause, log_failure, pauses_after
from kernel.logs import about
from kernel.tables import EVERY_TENANT, Inbox, current_tenant

log = logging.getLogger(__name__)

Key: TypeAlias = tuple[str, str, str]  # of an inbox row: tenant, handler, message id

# Asked again and again: in one trip with what begins the transaction.
DUE = "SELECT DISTINCT handler FROM inbox WHERE state = 'retry' AND next_try_at <= now()"

LAST_TRY = 10.0  # seconds after which a try that did not report back has ended its process
ENDED_ITS_PROCESS = "It ended its process, or was returned, too often."


def try_alone(
    database: Database, handler: Handler, data: bytes, pauses: tuple[float, ...]
) -> None:
    """Keep an event that the broker has given up on for one last try, with no other beside it.

    It may only have stood beside the one that ended their process.
    """
    try:
        enveloped = envelope.decode(data)
    except Undecodable as error:
        bury(database, handler.name, data, describe(error))
        return

    def attempt() -> None:
        with database.work(Origin.of(enveloped)) as work:
            claim_event(
                work,
                handler,
                enveloped,
                state="retry",
                attempts=len(pauses),
                next_try_at=func.now(),
                envelope=data,
                error=ENDED_ITS_PROCESS,
            )

    database.weather(attempt)


def handlers_due(database: Database) -> list[str]:
    """Return the handlers that have an event whose next try is due."""
    with database.sessions.begin() as session:
        return list(enter(session, EVERY_TENANT, DUE, read_only=True).scalars())


def retry_one(
    database: Database, service: object, handler: Handler, pauses: tuple[float, ...]
) -> bool:
    """Try the handler's event that has been due longest again; False if none is due."""
    claimed = begin_try(database, handler, pauses)
    if claimed is None:
        return False
    try:
        make_try(database, service, handler, claimed, pauses)
    except DBAPIError as error:
        if is_passing(error):
            # An outage is no try.
            database.weather(lambda: take_back(database, claimed))
        raise
    return True


def begin_try(database: Database, handler: Handler, pauses: tuple[float, ...]) -> Key | None:
    """Count the next try of the event that has been due longest; None if none is due.

    It is counted before it is made, so that an event that ends its process cannot do so for ever.
    """
    due = (
        select(Inbox)
        .where(Inbox.state == "retry", Inbox.next_try_at <= func.now())
        .where(Inbox.handler == handler.name)
        .order_by(Inbox.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with database.sessions.begin() as session:
        enter(session, EVERY_TENANT)
        row = session.scalar(due)
        if row is None:
            return None
        if row.attempts > len(pauses):
            row.error = ENDED_ITS_PROCESS
            row.state, row.next_try_at = "dead", None
            log.error("message is dead", extra={"fields": {"handler": handler.name}})
            return None
        row.attempts += 1
        pause = following_pause(row.attempts, pauses)
        row.next_try_at = func.now() + timedelta(seconds=LAST_TRY if pause is None else pause)
        return row.tenant, row.handler, row.message_id


def make_try(
    database: Database, service: object, handler: Handler, key: Key, pauses: tuple[float, ...]
) -> None:
    """Handle the event in one transaction with what becomes of its row.

    The row stays locked meanwhile, so copies of the service share the work.
    """
    with database.sessions.begin() as session:
        enter(session, EVERY_TENANT)
        row = session.get(Inbox, key, with_for_update={"skip_locked": True})
        if row is None or row.state != "retry":
            return
        if (enveloped := read(row)) is None:
            return
        work = Work(session, Origin.of(enveloped), is_begun=True)
        token = current_tenant.set(work.tenant)
        try:
            with about(enveloped), session.begin_nested():
                enter(session, work.tenant)
                handler.method(service, handler.open(enveloped), work)
                work.tell()
                row.state, row.envelope, row.next_try_at = "done", None, None
        except Exception as error:
            if isinstance(error, DBAPIError) and is_passing(error):
                raise
            with about(enveloped):
                log_failure(error, row.attempts)
            postpone(row, describe(error), pauses_after(error, pauses))
        finally:
            current_tenant.reset(token)
    if work.news:
        database.wake()


def read(row: Inbox) -> Envelope | None:
    """Return the event of a row; one that cannot be read is dead again, in nobody's way."""
    try:
        return envelope.decode(row.envelope or b"")
    except Undecodable as error:
        postpone(row, describe(error), ())
        return None


def take_back(database: Database, key: Key) -> None:
    """Uncount a try that an outage has cut short; it is due again at once."""
    with database.sessions.begin() as session:
        enter(session, EVERY_TENANT)
        row = session.get_one(Inbox, key, with_for_update=True)
        row.attempts -= 1
        row.next_try_at = func.now()


def postpone(row: Inbox, error: str, pauses: tuple[float, ...]) -> None:
    """Set the next try after a failed one, or give up where there is none."""
    row.error = error
    if (pause := following_pause(row.attempts, pauses)) is not None:
        row.next_try_at = func.now() + timedelta(seconds=pause)
    else:
        row.state, row.next_try_at = "dead", None

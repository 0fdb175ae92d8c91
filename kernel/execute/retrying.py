"""Events that wait in the inbox, failed before or set aside: `begin_tries` counts the next try."""

from typing import Any, TypeAlias

from sqlalchemy import func

from kernel.database import Database, enter
from kernel.execute.handler import Handler
from kernel.execute.hearing import keep
from kernel.execute.trying import ENDED_ITS_PROCESS
from kernel.tables import EVERY_TENANT

Turn: TypeAlias = tuple[str, bool]  # a tenant, and whether it is about what was tried before

# Asked again and again: in one trip with what begins the transaction.
DUE = (
    "SELECT DISTINCT handler, tenant, attempts > 0 AS again FROM inbox"
    " WHERE state = 'retry' AND next_try_at <= now()"
)

LAST_TRY = 10.0  # seconds after which a try that did not report back has ended its process

# Counted before they are made, so that an event that ends its process cannot do so for ever.
BEGIN = (
    "WITH due AS MATERIALIZED (SELECT message_id FROM inbox WHERE tenant = :whose"
    " AND handler = :handler AND state = 'retry' AND next_try_at <= now()"
    " AND (attempts > 0) = :again ORDER BY next_try_at LIMIT :most FOR UPDATE SKIP LOCKED)"
    " UPDATE inbox SET attempts = attempts + 1, next_try_at = now() + make_interval(secs =>"
    " greatest(:patience, (CAST(:pauses AS float[]))[attempts + 1])) FROM due"
    " WHERE tenant = :whose AND handler = :handler AND inbox.message_id = due.message_id"
    " RETURNING attempts, envelope"
)


def try_alone(database: Database, handler: Handler, data: bytes) -> None:
    """Keep an event that the broker has given up on for one last try, with no other beside it.

    It may only have stood beside the one that ended their process. One that cannot be read is dead
    after it.
    """
    last: dict[str, Any] = {"attempts": len(database.pauses), "state": "retry"}
    keep(database, handler.name, data, error=ENDED_ITS_PROCESS, next_try_at=func.now(), **last)


def due(database: Database) -> list[tuple[str, str, bool]]:
    """Return who has an event whose next try is due: handler, tenant, whether tried before."""
    with database.sessions.begin() as session:
        waiting = enter(session, EVERY_TENANT, DUE, read_only=True)
        return [(row.handler, row.tenant, row.again) for row in waiting]


def begin_tries(
    database: Database, handler: Handler, turn: Turn, most: int, pauses: tuple[float, ...]
) -> list[tuple[bytes, int]]:
    """Count the next try of those that have been due longest; return each and its tries.

    A try that has not ended when its pause is over, at least ten seconds, is made again.
    """
    told: dict[str, Any] = {"whose": turn[0], "handler": handler.name, "again": turn[1]}
    told |= {"most": most, "patience": LAST_TRY, "pauses": list(pauses)}
    with database.sessions.begin() as session:
        begun = enter(session, EVERY_TENANT, BEGIN, **told)
        return [(bytes(row.envelope), row.attempts) for row in begun]

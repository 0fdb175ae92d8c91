"""Events that wait in the inbox, failed before or set aside: `begin_tries` counts the next try."""

from typing import TypeAlias

from sqlalchemy import func

from kernel.database import Database, enter
from kernel.execute.handler import Handler
from kernel.execute.hearing import keep
from kernel.execute.trying import ENDED_ITS_PROCESS
from kernel.tables import EVERY_TENANT

Turn: TypeAlias = tuple[str, bool]  # a tenant, and whether it is about what was tried before

# What waits is read in the order of its index, however little of it the server expects.
IN_ORDER = (
    "SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),"
    " set_config('enable_bitmapscan', 'off', true); "
)

# Asked again and again: in one trip with what begins the transaction. Steps from one to the next
# in the index, so that it costs as much as there are tenants, however much waits.
DUE = (
    "WITH RECURSIVE turn AS ((SELECT handler, tenant, attempts FROM inbox WHERE state = 'retry'"
    " ORDER BY handler, tenant, attempts LIMIT 1) UNION ALL SELECT next.* FROM turn CROSS JOIN"
    " LATERAL (SELECT handler, tenant, attempts FROM inbox WHERE state = 'retry' AND"
    " (handler, tenant, attempts) > (turn.handler, turn.tenant, turn.attempts)"
    " ORDER BY handler, tenant, attempts LIMIT 1) AS next)"
    " SELECT DISTINCT turn.handler, turn.tenant, turn.attempts > 0 AS again FROM turn CROSS JOIN"
    " LATERAL (SELECT FROM inbox WHERE state = 'retry' AND inbox.handler = turn.handler AND"
    " inbox.tenant = turn.tenant AND inbox.attempts = turn.attempts AND next_try_at <= now()"
    " LIMIT 1) AS one"
)

LAST_TRY = 10.0  # seconds after which a try that did not report back has ended its process

MANY = 2**31 - 1  # tries that nothing has

# Counted before they are made, so that an event that ends its process cannot do so for ever.
BEGIN = (
    "WITH due AS MATERIALIZED (SELECT message_id FROM inbox WHERE tenant = :whose"
    " AND handler = :handler AND state = 'retry' AND next_try_at <= now()"
    " AND attempts BETWEEN :least AND :utmost ORDER BY attempts, next_try_at LIMIT :most"
    " FOR UPDATE SKIP LOCKED)"
    " UPDATE inbox SET attempts = attempts + 1, next_try_at = now() + make_interval(secs =>"
    " greatest(:patience, (CAST(:pauses AS float[]))[attempts + 1]))"
    " WHERE tenant = :whose AND handler = :handler"
    " AND message_id = ANY (ARRAY(SELECT message_id FROM due)) RETURNING attempts, envelope"
)


def try_alone(database: Database, handler: Handler, data: bytes) -> None:
    """Keep an event that the broker has given up on for one last try, with no other beside it.

    It may only have stood beside the one that ended their process. One that cannot be read is dead
    after it.
    """
    keep(
        database,
        handler.name,
        data,
        state="retry",
        error=ENDED_ITS_PROCESS,
        attempts=len(database.pauses),
        next_try_at=func.now(),
    )


def due(database: Database) -> list[tuple[str, str, bool]]:
    """Return who has an event whose next try is due: handler, tenant, whether tried before."""
    with database.sessions.begin() as session:
        waiting = enter(session, EVERY_TENANT, IN_ORDER + DUE, read_only=True)
        return [(row.handler, row.tenant, row.again) for row in waiting]


def begin_tries(
    database: Database, handler: Handler, turn: Turn, most: int, pauses: tuple[float, ...]
) -> list[tuple[bytes, int]]:
    """Count the next try of those tried least, the longest due first; return each and its tries.

    A try that has not ended when its pause is over, at least ten seconds, is made again.
    """
    least, utmost = (1, MANY) if turn[1] else (0, 0)
    with database.sessions.begin() as session:
        begun = enter(
            session,
            EVERY_TENANT,
            IN_ORDER + BEGIN,
            whose=turn[0],
            handler=handler.name,
            most=most,
            least=least,
            utmost=utmost,
            patience=LAST_TRY,
            pauses=list(pauses),
        )
        return [(bytes(row.envelope), row.attempts) for row in begun]

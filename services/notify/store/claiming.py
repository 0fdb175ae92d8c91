"""Taking deliveries out of the queue, and writing what came of each: `claim`, then `record`.

A claim is a lease: what is claimed is due again when the lease is over, so that nothing is lost
with the process that claimed it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    DateTime,
    Integer,
    Select,
    Text,
    bindparam,
    delete,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from services.notify.domain import Again, Done, GivenUp, Outcome, Pointless, Verdict
from services.notify.store.counterparties import is_channel
from services.notify.store.queue import AboutRow, DeliveryRow
from services.notify.store.tries import TryRow, begin_tries, end_of

LEASE = timedelta(minutes=1)  # far longer than a batch takes; see `services.notify.lanes`

# What came of a try, of its delivery, and that later pushes about its entries may go: in one trip.
RECORD = text(
    "WITH ended AS (SELECT * FROM unnest(CAST(:id AS text[]), CAST(:number AS int[]),"
    " CAST(:outcome AS text[]), CAST(:taken_by AS text[]), CAST(:said AS text[]),"
    " CAST(:state AS text[]), CAST(:due_at AS timestamptz[]), CAST(:sent_at AS timestamptz[]),"
    " CAST(:last_error AS text[]), CAST(:accepted_by AS text[]), CAST(:response AS text[]),"
    " CAST(:version AS text[])) AS ended (id, number, outcome, taken_by, said, state, due_at,"
    " sent_at, last_error, accepted_by, response, version)),"
    " tried AS (UPDATE attempt SET ended_at = :now, outcome = ended.outcome,"
    " accepted_by = ended.taken_by, response = ended.said FROM ended"
    " WHERE attempt.tenant = :tenant AND attempt.delivery_id = ended.id"
    " AND attempt.number = ended.number),"
    " over AS (UPDATE about SET waiting = false FROM ended WHERE about.tenant = :tenant"
    " AND about.delivery_id = ended.id AND about.waiting AND ended.state <> 'QUEUED')"
    " UPDATE delivery SET state = ended.state, due_at = coalesce(ended.due_at, delivery.due_at),"
    " sent_at = ended.sent_at, last_error = ended.last_error, accepted_by = ended.accepted_by,"
    " response = ended.response,"
    " words_version = coalesce(ended.version, delivery.words_version) FROM ended"
    " WHERE delivery.tenant = :tenant AND delivery.delivery_id = ended.id"
    " AND delivery.state = 'QUEUED' RETURNING delivery.delivery_id"
)
ASIDE = {"synchronize_session": False}  # what is written is not in the session


@dataclass(frozen=True, slots=True)
class Ended:
    """A try that has ended, and what becomes of its delivery."""

    row: DeliveryRow
    outcome: Outcome
    verdict: Verdict


def claim(
    session: Session, tenant: str, counterparty: str, now: datetime, limit: int
) -> tuple[DeliveryRow, ...]:
    """Lease what is due to a counterparty, oldest first, and note that it is being tried.

    The rows belong to no session: what is changed in them is kept by `record` alone.
    """
    asked = {"tenant_": tenant, "counterparty_": counterparty, "now_": now, "most_": limit}
    lease = {"until_": now + LEASE}
    query = to_lease(is_channel(counterparty))
    rows = tuple(session.scalars(query, {**asked, **lease}, execution_options=ASIDE))
    for row in rows:
        session.expunge(row)
    if rows:
        begun = [(row.delivery_id, row.tries) for row in rows]
        begin_tries(session, tenant, counterparty, begun, now)
    return tuple(sorted(rows, key=lambda row: row.sequence))


@cache
def to_lease(of_channel: bool) -> ReturningUpdate[DeliveryRow]:  # noqa: FBT001  # of one caller
    """Make `to_claim` an update, once: building it takes longer than asking it."""
    due = to_claim(of_channel).cte("due")
    taken = update(DeliveryRow).where(
        DeliveryRow.tenant == bindparam("tenant_"), DeliveryRow.delivery_id == due.c.delivery_id
    )
    values = {
        "due_at": bindparam("until_", type_=DateTime(timezone=True)),
        "attempts": DeliveryRow.attempts + 1,
        "tries": DeliveryRow.tries + 1,
    }
    return taken.values(values).returning(DeliveryRow)


def to_claim(of_channel: bool) -> Select[str]:  # noqa: FBT001  # of one caller
    """Ask for what may be sent: due, not pointless, and nothing earlier about its entry waits.

    Its parameters are `tenant_`, `counterparty_`, `now_` and `most_`, how many at most.
    """
    tenant: BindParameter[str] = bindparam("tenant_", type_=Text)
    counterparty: BindParameter[str] = bindparam("counterparty_", type_=Text)
    now = bindparam("now_", type_=DateTime(timezone=True))
    mine, earlier = aliased(AboutRow), aliased(AboutRow)
    # Questions that are asked row by row, on purpose: as one join it is planned, where the queue
    # has just grown, as a comparison of everything that waits with everything that waits.
    before = (
        select(earlier.sequence)
        .where(earlier.tenant == tenant, earlier.counterparty == counterparty)
        .where(earlier.entry_id == mine.entry_id, earlier.waiting)
        .where(tuple_(earlier.queued_at, earlier.sequence) < tuple_(mine.queued_at, mine.sequence))
        .limit(1)
        .scalar_subquery()
        .correlate(mine)
    )
    blocking = (
        select(mine.sequence)
        .where(mine.tenant == tenant, mine.delivery_id == DeliveryRow.delivery_id, mine.waiting)
        .where(before.is_not(None))
        .limit(1)
        .scalar_subquery()
        .correlate(DeliveryRow)
    )
    query = (
        select(DeliveryRow.delivery_id)
        .where(DeliveryRow.tenant == tenant, DeliveryRow.counterparty == counterparty)
        .where(DeliveryRow.state == text("'QUEUED'"), DeliveryRow.due_at <= now)
        .where(or_(DeliveryRow.expires_at.is_(None), DeliveryRow.expires_at > now))
        .order_by(DeliveryRow.due_at, DeliveryRow.sequence)
        .limit(bindparam("most_", type_=Integer))
        .with_for_update(skip_locked=True)
    )
    # Only clients are told things in order; for letters the question would cost and say nothing.
    return query if of_channel else query.where(blocking.is_(None))


def record(session: Session, tenant: str, ended: Sequence[Ended], now: datetime) -> set[str]:
    """Write what came of tries; return the deliveries for which it was still open."""
    if not ended:
        return set()
    columns = [
        {
            **end_of(one.outcome),
            **columns_of(one.row.delivery_id, one.verdict, now),
            "number": one.row.tries,
            "version": one.row.words_version,
        }
        for one in ended
    ]
    values = {name: [one[name] for one in columns] for name in columns[0]}
    return set(session.scalars(RECORD, {"tenant": tenant, "now": now, **values}))


def columns_of(delivery_id: str, verdict: Verdict, now: datetime) -> dict[str, Any]:
    """Return what a verdict changes."""
    empty = dict.fromkeys(("due_at", "sent_at", "last_error", "accepted_by", "response"))
    row: dict[str, Any] = {**empty, "id": delivery_id}
    match verdict:
        case Done(accepted_by, response):
            said = {"accepted_by": accepted_by or None, "response": response or None}
            return {**row, **said, "state": "SENT", "sent_at": now}
        case Again(at, reason):
            return {**row, "state": "QUEUED", "due_at": at, "last_error": reason}
        case GivenUp(reason):
            return {**row, "state": "FAILED", "last_error": reason}
        case Pointless(reason):
            return {**row, "state": "EXPIRED", "last_error": reason}


def stop_waiting(session: Session, tenant: str, delivery_ids: Iterable[str]) -> None:
    """Let later pushes about the same entries go."""
    waiting = update(AboutRow).where(AboutRow.tenant == tenant, AboutRow.waiting)
    gone = waiting.where(AboutRow.delivery_id.in_(list(delivery_ids)))
    session.execute(gone.values(waiting=False), execution_options=ASIDE)


def give_back(session: Session, tenant: str, rows: Iterable[DeliveryRow], at: datetime) -> None:
    """Undo the claim of what was not tried after all; it is due at an instant."""
    numbers = [(row.delivery_id, row.tries) for row in rows]
    # Only what no other copy has claimed since, a lease having ended meanwhile.
    same = tuple_(DeliveryRow.delivery_id, DeliveryRow.tries).in_(numbers)
    mine = (DeliveryRow.tenant == tenant, DeliveryRow.state == "QUEUED", same)
    fewer = {"attempts": DeliveryRow.attempts - 1, "tries": DeliveryRow.tries - 1, "due_at": at}
    session.execute(update(DeliveryRow).where(*mine).values(fewer), execution_options=ASIDE)
    begun = tuple_(TryRow.delivery_id, TryRow.number).in_(numbers)
    gone = delete(TryRow).where(TryRow.tenant == tenant, begun, TryRow.outcome == "UNKNOWN")
    session.execute(gone, execution_options=ASIDE)

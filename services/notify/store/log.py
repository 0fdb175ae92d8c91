"""The delivery log: who was told what, when, who took it; and what people change in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, literal, select, tuple_, update
from sqlalchemy.orm import Session

from kernel.tables import Tenant
from services.notify.domain import Breaker
from services.notify.store.counterparties import save_breaker
from services.notify.store.queue import AboutRow, DeliveryRow, UnknownDelivery
from services.notify.store.table import ours
from services.notify.store.tries import TryRow

NEWEST = 1000  # how many deliveries are listed at most
REPLAYED = 10_000  # how many pushes are sent again at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries: about an entry, in a contest, to somebody, in a state; None is any."""

    entry_id: str | None = None
    contest_id: str | None = None
    recipient: str | None = None
    state: str | None = None


def chosen(wanted: Wanted) -> Select[DeliveryRow]:
    """Ask for the deliveries wanted."""
    query = select(DeliveryRow).where(ours(DeliveryRow))
    if wanted.entry_id is not None:
        mine = (ours(AboutRow), AboutRow.entry_id == wanted.entry_id)
        about = select(AboutRow.delivery_id).where(*mine)
        query = query.where(DeliveryRow.delivery_id.in_(about))
    for name in ("contest_id", "recipient", "state"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(DeliveryRow, name) == value)
    return query


def list_deliveries(
    session: Session, wanted: Wanted, limit: int = NEWEST
) -> Iterable[DeliveryRow]:
    """Read the newest deliveries of those wanted, newest first."""
    newest = chosen(wanted).order_by(DeliveryRow.queued_at.desc(), DeliveryRow.sequence.desc())
    return session.scalars(newest.limit(limit))


def list_after(session: Session, wanted: Wanted, delivery_id: str) -> list[DeliveryRow]:
    """Read those wanted that were queued after a delivery, the oldest first; all if it is none."""
    place = (DeliveryRow.queued_at, DeliveryRow.sequence)
    query = chosen(wanted).order_by(*place).limit(NEWEST)
    if delivery_id:
        named = (ours(DeliveryRow), DeliveryRow.delivery_id == delivery_id)
        last = session.scalar(select(DeliveryRow).where(*named))
        if last is None:
            raise UnknownDelivery("There is no delivery {delivery_id}.", delivery_id=delivery_id)
        query = query.where(tuple_(*place) > tuple_(literal(last.queued_at), last.sequence))
    return list(session.scalars(query))


def read_log(
    session: Session, wanted: Wanted, limit: int
) -> Iterator[tuple[DeliveryRow, TryRow | None]]:
    """Read deliveries with their tries, a row a try, oldest first; None for one not tried yet."""
    same = (TryRow.tenant == DeliveryRow.tenant, TryRow.delivery_id == DeliveryRow.delivery_id)
    lines = chosen(wanted).add_columns(TryRow).outerjoin(TryRow, (same[0]) & (same[1]))
    lines = lines.order_by(DeliveryRow.queued_at, DeliveryRow.sequence, TryRow.number)
    for line in session.execute(lines.limit(limit)):
        yield line[0], line[1]


def find_delivery(session: Session, delivery_id: str) -> DeliveryRow | None:
    """Read a delivery and lock it until the work is done, if there is one."""
    named = (ours(DeliveryRow), DeliveryRow.delivery_id == delivery_id)
    return session.scalar(select(DeliveryRow).where(*named).with_for_update())


def tenant_of(session: Session, delivery_id: str) -> str | None:
    """Return whose a delivery is, in a transaction that sees every tenant."""
    query = select(DeliveryRow.tenant).where(DeliveryRow.tenant.in_(select(Tenant.id)))
    return session.scalar(query.where(DeliveryRow.delivery_id == delivery_id))


def some_tenant(session: Session) -> list[str]:
    """Return one tenant, always the same while it stays, if there is any."""
    return list(session.scalars(select(Tenant.id).order_by(Tenant.id).limit(1)))


def load_delivery(session: Session, delivery_id: str) -> DeliveryRow:
    """Read a delivery and lock it until the work is done."""
    row = find_delivery(session, delivery_id)
    if row is None:
        raise UnknownDelivery("There is no delivery {delivery_id}.", delivery_id=delivery_id)
    return row


def requeue(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Begin a delivery's tries anew, at once, even if its counterparty was being left alone."""
    row.state, row.attempts, row.due_at = "QUEUED", 0, now
    wait_again(session, row.tenant, [row.delivery_id] if row.channel == "WEBHOOK" else [])
    save_breaker(session, row.tenant, row.counterparty, Breaker())


def replay(session: Session, tenant: str, client_id: str, span: tuple[datetime, datetime]) -> int:
    """Queue a client's pushes of a span again, those that are over; return how many."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.tenant == tenant, DeliveryRow.recipient == client_id)
        .where(DeliveryRow.channel == "WEBHOOK", DeliveryRow.state.in_(("SENT", "FAILED")))
        .where(DeliveryRow.queued_at >= span[0], DeliveryRow.queued_at < span[1])
        .order_by(DeliveryRow.queued_at, DeliveryRow.sequence)
        .limit(REPLAYED)
        .with_for_update()
    )
    rows = session.scalars(query).all()
    for row in rows:
        row.state, row.attempts, row.due_at = "QUEUED", 0, row.queued_at
    wait_again(session, tenant, [row.delivery_id for row in rows])
    return len(rows)


def add_bounce(session: Session, row: DeliveryRow, reason: str, now: datetime) -> None:
    """Write into the log that a letter which had been taken came back."""
    session.add(
        TryRow(
            tenant=row.tenant,
            delivery_id=row.delivery_id,
            number=row.tries,
            counterparty=row.counterparty,
            began_at=now,
            ended_at=now,
            outcome="BOUNCED",
            accepted_by="",
            response=reason,
        )
    )


def wait_again(session: Session, tenant: str, delivery_ids: list[str]) -> None:
    """Have later pushes about the same entries wait for these."""
    mine = update(AboutRow).where(
        AboutRow.tenant == tenant, AboutRow.delivery_id.in_(delivery_ids)
    )
    session.execute(mine.values(waiting=True), execution_options={"synchronize_session": False})

"""What somebody finds in their box on the portal, and what of it they have opened."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.queue import DeliveryRow
from services.notify.store.table import Table, ours

NEWEST = 200  # how many notices a box shows


class ReadingRow(Row, Table):
    """One row per event that somebody has opened in their box."""

    __tablename__ = "reading"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]


def told_to(session: Session, person_id: str, now: datetime) -> list[DeliveryRow]:
    """Read what somebody was told by now, one row an event, newest first.

    Whatever the way was, and whether or not it arrived: the box is how they can still read it.
    """
    rows = (
        select(DeliveryRow)
        .where(ours(DeliveryRow), DeliveryRow.recipient == person_id)
        .where(DeliveryRow.channel != "WEBHOOK")
        .where(was_told(now))
        .order_by(DeliveryRow.queued_at.desc(), DeliveryRow.delivery_id)
        .limit(NEWEST)
    )
    first: dict[str, DeliveryRow] = {}
    for row in session.scalars(rows):
        first.setdefault(row.event_id, row)
    return list(first.values())


def was_told(now: datetime) -> ColumnElement[bool]:
    """Return the condition that something was told by now, or is being tried."""
    begun = or_(DeliveryRow.tries > 0, DeliveryRow.due_at <= now)  # a try moves when it is due
    return and_(DeliveryRow.state.in_(("QUEUED", "SENT", "FAILED")), begun)


def load_read(session: Session, person_id: str, event_ids: Collection[str]) -> dict[str, datetime]:
    """Return when somebody opened which of these."""
    query = select(ReadingRow).where(ours(ReadingRow), ReadingRow.person_id == person_id)
    rows = session.scalars(query.where(ReadingRow.event_id.in_(event_ids)))
    return {row.event_id: row.read_at for row in rows}


def mark_read(
    session: Session, tenant: str, person_id: str, event_ids: Collection[str], now: datetime
) -> None:
    """Remember that somebody has opened these, in the log too; the first time counts."""
    opened = [
        {"tenant": tenant, "person_id": person_id, "event_id": event_id, "read_at": now}
        for event_id in sorted(event_ids)
    ]
    if not opened:
        return
    session.execute(insert(ReadingRow).values(opened).on_conflict_do_nothing())
    mine = update(DeliveryRow).where(
        DeliveryRow.tenant == tenant,
        DeliveryRow.recipient == person_id,
        DeliveryRow.event_id.in_(event_ids),
        DeliveryRow.opened_at.is_(None),
    )
    session.execute(mine.values(opened_at=now), execution_options={"synchronize_session": False})


def count_unread(session: Session, person_id: str, now: datetime) -> int:
    """Count what somebody was told by now and has not opened."""
    mine = (ours(ReadingRow), ReadingRow.person_id == person_id)
    read = select(ReadingRow.event_id).where(*mine)
    unread = select(func.count(func.distinct(DeliveryRow.event_id))).where(
        ours(DeliveryRow),
        DeliveryRow.recipient == person_id,
        DeliveryRow.channel != "WEBHOOK",
        was_told(now),
        DeliveryRow.event_id.not_in(read),
    )
    return session.scalar(unread) or 0

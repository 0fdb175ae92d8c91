"""The tables of the ledger: the links, and each chain's head. No arithmetic here."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import BigInteger, DateTime, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.ledger.domain import Head, Line, Recorded

BATCH = 1000  # lines held in memory at once while a chain is read


class EventNotRecorded(NotFound):
    """The ledger has not heard of this event."""


class Table(DeclarativeBase):
    """Base of every table the ledger owns."""


class LineRow(Row, Table):
    """One row per event heard; a trigger refuses to change or remove it."""

    __tablename__ = "line"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[str]
    type: Mapped[str]
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    body: Mapped[str | None]  # TEXT, not JSONB: the very characters that were hashed
    body_digest: Mapped[str]
    digest: Mapped[str]


class HeadRow(Row, Table):
    """One row per tenant: where its chain ends."""

    __tablename__ = "head"

    chain: Mapped[str] = mapped_column(primary_key=True, default="events")
    length: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]


def take_head(session: Session, tenant: str) -> HeadRow:
    """Lock the end of the chain, so that links are put on one after another."""
    genesis = Head.genesis(tenant)
    first = {"tenant": tenant, "chain": "events", "length": 0, "digest": genesis.digest}
    session.execute(insert(HeadRow).values(first).on_conflict_do_nothing())
    return session.scalars(select(HeadRow).with_for_update()).one()


def append(session: Session, tenant: str, recorded: Recorded) -> None:
    """Put the event on the chain and move the head."""
    row = take_head(session, tenant)
    line = Head(row.length, row.digest).append(recorded)
    row.length, row.digest = line.sequence, line.digest
    session.add(
        LineRow(
            sequence=line.sequence,
            event_id=recorded.event_id,
            type=recorded.type,
            occurred_at=recorded.occurred_at,
            body=recorded.body,
            body_digest=recorded.body_digest,
            digest=line.digest,
        )
    )


def load_head(session: Session, tenant: str) -> Head:
    """Read where the chain ends; a tenant nobody spoke of has an empty one."""
    row = session.scalar(select(HeadRow))
    return Head(row.length, row.digest) if row else Head.genesis(tenant)


def read_lines(session: Session, up_to: int) -> Iterator[Line]:
    """Read the chain from its first link to `up_to`, a batch at a time.

    Links beyond the head as it is now belong to nobody and are read too, so that they show.
    """
    head = select(HeadRow.length).scalar_subquery()
    loose = LineRow.sequence > func.coalesce(head, 0)
    rows = select(LineRow).where((LineRow.sequence <= up_to) | loose).order_by(LineRow.sequence)
    for row in session.scalars(rows.execution_options(yield_per=BATCH)):
        yield to_line(row)


def load_event(session: Session, event_id: str) -> tuple[Line, str]:
    """Read an event's link, and the digest of the link before it ("" before the first)."""
    row = session.scalar(select(LineRow).where(LineRow.event_id == event_id))
    if row is None:
        raise EventNotRecorded("The ledger has no event {event_id}.", event_id=event_id)
    before = select(LineRow.digest).where(LineRow.sequence == row.sequence - 1)
    return to_line(row), session.scalar(before) or ""


def to_line(row: LineRow) -> Line:
    """Make the value of a row."""
    recorded = Recorded(row.event_id, row.type, row.occurred_at, row.body, row.body_digest)
    return Line(row.sequence, recorded, row.digest)

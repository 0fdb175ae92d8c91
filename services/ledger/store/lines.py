"""The links, each chain's head, and the salts of what may be forgotten. No arithmetic here."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.ledger.domain import Head, Line, Recorded

BATCH = 1000  # lines held in memory at once while a chain is read


# Named beside the policy of the rows, which no index can follow.
OURS = func.current_setting("app.tenant")

# Arrays of one length: a trip and a text that do not grow with the number of links.
ADD = text(
    "INSERT INTO line"
    " (tenant, sequence, event_id, type, occurred_at, body, body_digest, digest)"
    " SELECT :tenant, * FROM unnest(CAST(:sequences AS bigint[]), CAST(:event_ids AS text[]),"
    " CAST(:types AS text[]), CAST(:instants AS timestamptz[]), CAST(:bodies AS text[]),"
    " CAST(:body_digests AS text[]), CAST(:digests AS text[]))"
)


class EventNotRecorded(NotFound):
    """The ledger has not heard of this event."""


class Table(DeclarativeBase):
    """Base of every table the ledger owns."""

    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}


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


class SaltRow(Row, Table):
    """The salt in the digest of a personal event; without it nobody can guess what was said.

    `person_id` is whom it is about. Rows are removed when somebody is to be forgotten.
    """

    __tablename__ = "salt"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    salt: Mapped[bytes]


def take_head(session: Session, tenant: str) -> HeadRow:
    """Lock the end of the chain, so that links are put on one after another."""
    held = select(HeadRow).where(HeadRow.tenant == OURS).with_for_update()
    if (row := session.scalars(held).one_or_none()) is not None:
        return row
    genesis = Head.genesis(tenant)
    first = {"tenant": tenant, "chain": "events", "length": 0, "digest": genesis.digest}
    session.execute(insert(HeadRow).values(first).on_conflict_do_nothing())
    return session.scalars(held).one()


def append(session: Session, tenant: str, heard: Sequence[Recorded]) -> None:
    """Put events on the chain in this order and move the head: two statements, however many."""
    if not heard:
        return
    row = take_head(session, tenant)
    head = Head(row.length, row.digest)
    lines = []
    for recorded in heard:
        line = head.append(recorded)
        head = head.after(line)
        lines.append(line)
    row.length, row.digest = head.length, head.digest
    session.execute(ADD, columns_of(tenant, lines))


def columns_of(tenant: str, lines: Sequence[Line]) -> dict[str, Any]:
    """Return links as arrays, one for each column."""
    own = [line.recorded for line in lines]
    return {
        "tenant": tenant,
        "sequences": [line.sequence for line in lines],
        "event_ids": [one.event_id for one in own],
        "types": [one.type for one in own],
        "instants": [one.occurred_at for one in own],
        "bodies": [one.body for one in own],
        "body_digests": [one.body_digest for one in own],
        "digests": [line.digest for line in lines],
    }


def load_head(session: Session, tenant: str) -> Head:
    """Read where the chain ends; a tenant nobody spoke of has an empty one."""
    row = session.scalar(select(HeadRow).where(HeadRow.tenant == OURS))
    return Head(row.length, row.digest) if row else Head.genesis(tenant)


def read_lines(session: Session, up_to: int) -> Iterator[Line]:
    """Read the chain from its first link to `up_to`, a batch at a time.

    Links beyond the head as it is now belong to nobody and are read too, so that they show.
    """
    head = select(HeadRow.length).where(HeadRow.tenant == OURS).scalar_subquery()
    loose = LineRow.sequence > func.coalesce(head, 0)
    ours = select(LineRow).where(LineRow.tenant == OURS)
    rows = ours.where((LineRow.sequence <= up_to) | loose).order_by(LineRow.sequence)
    for row in session.scalars(rows.execution_options(yield_per=BATCH)):
        yield to_line(row)


def load_event(session: Session, event_id: str) -> tuple[Line, str]:
    """Read an event's link, and the digest of the link before it ("" before the first)."""
    row = session.scalar(
        select(LineRow).where(LineRow.tenant == OURS, LineRow.event_id == event_id)
    )
    if row is None:
        raise EventNotRecorded("The ledger has no event {event_id}.", event_id=event_id)
    before = select(LineRow.digest).where(
        LineRow.tenant == OURS, LineRow.sequence == row.sequence - 1
    )
    return to_line(row), session.scalar(before) or ""


def to_line(row: LineRow) -> Line:
    """Make the value of a row."""
    recorded = Recorded(row.event_id, row.type, row.occurred_at, row.body, row.body_digest)
    return Line(row.sequence, recorded, row.digest)


def keep_salts(session: Session, salts: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep salts of personal events for as long as the persons are known.

    Each is the event's id, the person's, and the salt.
    """
    names = ("event_id", "person_id", "salt")
    if salts:
        session.execute(insert(SaltRow), [dict(zip(names, one, strict=True)) for one in salts])


def forget_person(session: Session, person_id: str) -> int:
    """Remove the salts of all that was said of somebody; return how many there were."""
    gone = session.execute(
        delete(SaltRow).where(SaltRow.tenant == OURS, SaltRow.person_id == person_id)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def count_salts(session: Session, people: Collection[str]) -> int:
    """Count the salts of what was said of these people that are still there."""
    query = select(func.count()).select_from(SaltRow)
    left = query.where(SaltRow.tenant == OURS, SaltRow.person_id.in_(people))
    return session.scalar(left) or 0


def show(session: Session, tenant: str) -> None:
    """Let the session see one tenant's rows, or with `*` everybody's."""
    session.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": tenant})

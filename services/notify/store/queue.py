"""Deliveries waiting, sent and failed; the clients' webhooks; counterparties that are down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, assert_never

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.notify.domain import Again, Done, GivenUp, Telling, counterparty_pause
from services.notify.store.table import Table

MAIL = "channel:mail"  # the counterparty of every letter; that of a push is its client's id
NEWEST = 1000  # how many deliveries are listed at most


class UnknownDelivery(NotFound):
    """There is no such delivery."""


class DeliveryRow(Row, Table):
    """One row per event, recipient and channel. `content` is what the template quotes."""

    __tablename__ = "delivery"

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str]
    event_type: Mapped[str]
    recipient: Mapped[str]
    channel: Mapped[str]
    counterparty: Mapped[str]
    template: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    contest_id: Mapped[str]
    entry_ids: Mapped[list[str]]
    state: Mapped[str]
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class ClientRow(Row, Table):
    """One row per client that wants pushes; `secret` signs them."""

    __tablename__ = "client"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    secret: Mapped[str]


class CounterpartyRow(Row, Table):
    """One row per counterparty that did not answer lately."""

    __tablename__ = "counterparty"

    name: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    paused_until: Mapped[datetime]


def save_webhook(session: Session, client: ClientRow) -> None:
    """Write a client's address and secret in place of earlier ones."""
    session.merge(client)


def load_webhook(session: Session, client_id: str) -> ClientRow | None:
    """Read where a client wants its pushes, if it does."""
    return session.scalar(select(ClientRow).where(ClientRow.client_id == client_id))


def put_in_queue(
    session: Session, common: dict[str, Any], delivery_id: str, told: Telling
) -> None:
    """Queue a message, unless the event has one for this recipient and channel already.

    `common` are the columns shared by all that one event makes. A client without a webhook has
    nowhere to be told.
    """
    if told.channel == "WEBHOOK" and load_webhook(session, told.recipient) is None:
        return
    row = {
        **common,
        "delivery_id": delivery_id,
        "recipient": told.recipient,
        "channel": told.channel,
        "counterparty": MAIL if told.channel == "EMAIL" else told.recipient,
        "template": told.content.template,
        "content": msgspec.to_builtins(told.content),
        "entry_ids": list(told.entry_ids),
        "state": "QUEUED",
        "attempts": 0,
    }
    session.execute(insert(DeliveryRow).values(row).on_conflict_do_nothing())


def ready_clients(session: Session) -> dict[str, ClientRow]:
    """Read the clients that have webhooks, by id."""
    rows = session.scalars(select(ClientRow).order_by(ClientRow.client_id))
    return {row.client_id: row for row in rows}


def tenants_due(session: Session, now: datetime, *, mail: bool) -> list[str]:
    """Return the tenants that have letters due, or else pushes to clients."""
    to_mail = DeliveryRow.counterparty == MAIL
    due = select(DeliveryRow.tenant).where(
        DeliveryRow.state == "QUEUED", DeliveryRow.due_at <= now
    )
    return list(session.scalars(due.where(to_mail if mail else ~to_mail).distinct()))


def claim_due(
    session: Session, counterparty: str, now: datetime, limit: int
) -> tuple[DeliveryRow, ...]:
    """Lock what is due to a counterparty, oldest first; nothing while it is left alone."""
    paused = select(CounterpartyRow.name).where(
        CounterpartyRow.name == counterparty, CounterpartyRow.paused_until > now
    )
    if session.scalar(paused):
        return ()
    due = (
        select(DeliveryRow)
        .where(DeliveryRow.state == "QUEUED", DeliveryRow.counterparty == counterparty)
        .where(DeliveryRow.due_at <= now)
        .order_by(DeliveryRow.due_at, DeliveryRow.queued_at, DeliveryRow.delivery_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(session.scalars(due))


def record(row: DeliveryRow, verdict: Done | Again | GivenUp, now: datetime) -> None:
    """Write what came of a try."""
    row.attempts += 1
    match verdict:
        case Done():
            row.state, row.sent_at, row.last_error = "SENT", now, None
        case Again(at, reason):
            row.due_at, row.last_error = at, reason
        case GivenUp(reason):
            row.state, row.last_error = "FAILED", reason
        case _:
            assert_never(verdict)


def leave_alone(session: Session, counterparty: str, now: datetime) -> None:
    """Count a failure of the counterparty and pause it, longer each time."""
    row = session.scalar(select(CounterpartyRow).where(CounterpartyRow.name == counterparty))
    if row is None:
        row = CounterpartyRow(name=counterparty, failures=0)
        session.add(row)
    row.failures += 1
    row.paused_until = now + counterparty_pause(row.failures)


def welcome_back(session: Session, counterparty: str) -> None:
    """Forget that the counterparty was down."""
    row = session.scalar(select(CounterpartyRow).where(CounterpartyRow.name == counterparty))
    if row is not None:
        session.delete(row)


def load_delivery(session: Session, delivery_id: str) -> DeliveryRow:
    """Read a delivery and lock it until the work is done."""
    query = select(DeliveryRow).where(DeliveryRow.delivery_id == delivery_id).with_for_update()
    row = session.scalar(query)
    if row is None:
        raise UnknownDelivery("There is no delivery {delivery_id}.", delivery_id=delivery_id)
    return row


def requeue(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Begin a delivery's tries anew, at once."""
    row.state, row.attempts, row.due_at = "QUEUED", 0, now
    welcome_back(session, row.counterparty)


def list_deliveries(
    session: Session, entry_id: str | None, contest_id: str | None
) -> Iterable[DeliveryRow]:
    """Read the newest deliveries about an entry, in a contest, or both, newest first."""
    rows = select(DeliveryRow).order_by(DeliveryRow.queued_at.desc(), DeliveryRow.delivery_id)
    if entry_id is not None:
        rows = rows.where(DeliveryRow.entry_ids.contains([entry_id]))
    if contest_id is not None:
        rows = rows.where(DeliveryRow.contest_id == contest_id)
    return session.scalars(rows.limit(NEWEST))

"""The tables every service's database has beside its own: outbox, inbox, request, tenant.

Their columns are made by `kernel/migrations`.
"""

from contextvars import ContextVar
from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, DateTime, Identity, and_
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

current_tenant: ContextVar[str] = ContextVar("the tenant of the transaction at hand")

# Under which what is announced is traced, where somebody traces; else as the message came.
current_traceparent: ContextVar[str | None] = ContextVar("the span at hand", default=None)

# Seen by row-level security as "whoever it belongs to"; only the kernel ever uses it.
EVERY_TENANT = "*"

# What has no readable envelope has no tenant either.
NO_TENANT = "-"


class Row:
    """What every row of every service has: its tenant, first part of its primary key."""

    tenant: Mapped[str] = mapped_column(
        primary_key=True, default=current_tenant.get, sort_order=-1
    )


class Table(DeclarativeBase):
    """Base of the kernel's own tables."""

    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}


class Outbox(Row, Table):
    """Events decided: `sent_at` is empty until the broker has confirmed them."""

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, Identity())
    type: Mapped[str]
    envelope: Mapped[bytes]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Inbox(Row, Table):
    """Events heard, one row per handler: `done`, to be tried (`retry`) or `dead`."""

    __tablename__ = "inbox"

    handler: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    state: Mapped[str]
    received_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    envelope: Mapped[bytes | None]  # kept while it may have to be tried again
    error: Mapped[str | None]


# Events set aside until it is their tenant's turn, the first try included. Else what waits failed.
SET_ASIDE = and_(Inbox.state == "retry", Inbox.error.is_(None))


class Request(Row, Table):
    """Commands answered, so that a repeated one gets the first reply."""

    __tablename__ = "request"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    reply: Mapped[bytes | None]
    received_at: Mapped[datetime]


class Tenant(Table):
    """The tenants this service has worked for; `@every` visits each."""

    __tablename__ = "tenant"

    id: Mapped[str] = mapped_column(primary_key=True)

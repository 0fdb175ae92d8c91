"""Entries, their authors and their history."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class EntryRow(Row, Table):
    """An entry, whatever its state."""

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    kind: Mapped[str]
    group: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    area: Mapped[str]
    channel: Mapped[str]
    filed_by: Mapped[str]
    unit_id: Mapped[str | None]
    external_code: Mapped[str | None]
    state: Mapped[str]
    version: Mapped[int]
    returns: Mapped[int]
    declarations: Mapped[list[str]]
    receipt_code: Mapped[str | None]
    received_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime]
    posted_at: Mapped[date | None]
    counted_at: Mapped[datetime | None]
    counting_rule: Mapped[str | None]
    enterprise: Mapped[dict[str, Any] | None]
    improves: Mapped[list[Any]]
    revision: Mapped[int]
    working: Mapped[dict[str, Any] | None]
    handed_at: Mapped[datetime | None]


class AuthorRow(Row, Table):
    """An author as written on an entry, in order."""

    __tablename__ = "author"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    full_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    unit_id: Mapped[str | None]
    position: Mapped[str | None]
    share: Mapped[Decimal]


class TimelineRow(Row, Table):
    """A step of an entry's history; only ever added."""

    __tablename__ = "timeline"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    entry_id: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    note: Mapped[str]

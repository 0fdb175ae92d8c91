"""Counterparties that mirror dossiers, what they are told, and how they compared."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class CounterpartyRow(Row, Table):
    """A counterparty; `failures` are silences in a row, `busy_until` is whoever tells it now."""

    __tablename__ = "counterparty"

    name: Mapped[str] = mapped_column(primary_key=True)
    setup: Mapped[dict[str, Any]]
    password: Mapped[str]
    contest_ids: Mapped[list[str]]
    active: Mapped[bool]
    failures: Mapped[int]
    paused_until: Mapped[datetime | None]
    busy_until: Mapped[datetime | None]
    reconciled_at: Mapped[datetime | None]


class PushRow(Row, Table):
    """A step of an entry that a counterparty is told; of one entry in the order of `sequence`."""

    __tablename__ = "push"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    counterparty: Mapped[str]
    entry_id: Mapped[str]
    contest_id: Mapped[str]
    step: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class ReconciliationRow(Row, Table):
    """What came of comparing a counterparty's dossiers with ours, once."""

    __tablename__ = "reconciliation"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    counterparty: Mapped[str]
    at: Mapped[datetime]
    checked: Mapped[int]
    missing: Mapped[int]
    differing: Mapped[int]
    complete: Mapped[bool]
    differences: Mapped[list[str]]

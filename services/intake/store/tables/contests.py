"""Contests, their rules, their juries and their receipt numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class ContestRow(Row, Table):
    """A contest under its current rules; `number` is that of the newest amendment."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    number: Mapped[int]
    opened_at: Mapped[datetime]
    watched_from: Mapped[datetime | None]


class RulesRow(Row, Table):
    """The rules as frozen, original (0) and amendments; never changed."""

    __tablename__ = "rules"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    sha256: Mapped[str]
    rules: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    frozen_at: Mapped[datetime]


class SeatRow(Row, Table):
    """Somebody who sits, or once sat, on the jury of a contest; `marks` if ever as a judge."""

    __tablename__ = "seat"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    marks: Mapped[bool]


class ReceiptRow(Row, Table):
    """The last receipt number a unit has given out on a local day."""

    __tablename__ = "receipt_sequence"

    unit_code: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]

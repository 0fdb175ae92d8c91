"""Beats of the door before a deadline, and extensions proposed after outages."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class BeatRow(Row, Table):
    """A stretch of time in which beats came, none later than the next but one was due."""

    __tablename__ = "beat"

    begun_at: Mapped[datetime] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]


class ProposalRow(Row, Table):
    """An extension that an outage has proposed; `gaps` as they were told. The last one counts."""

    __tablename__ = "proposal"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    proposed_at: Mapped[datetime] = mapped_column(primary_key=True)
    closes: Mapped[datetime]
    until: Mapped[datetime]
    missed_minutes: Mapped[int]
    gaps: Mapped[list[Any]]
    decision: Mapped[str]
    reason: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    true_id: Mapped[str | None]

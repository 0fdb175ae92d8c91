"""Contests whose entrants were forgotten."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class ErasureRow(Row, Table):
    """One row per contest, with the minutes it was done by."""

    __tablename__ = "erasure"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
    erased_by: Mapped[str]
    minutes: Mapped[str]

"""Paper dossiers as they came to the desk."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class HandoverRow(Row, Table):
    """Who handed a paper dossier over; `papers` are codes with originals and copies."""

    __tablename__ = "handover"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    applicant: Mapped[str]
    phone: Mapped[str | None]
    papers: Mapped[list[Any]]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]

"""More time for single entrants."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class ExtensionRow(Row, Table):
    """More time for one entry, or for all of one person; only ever added."""

    __tablename__ = "extension"

    extension_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    entry_id: Mapped[str | None]
    person_id: Mapped[str | None]
    until: Mapped[datetime]
    reason: Mapped[str]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]
    true_id: Mapped[str]

"""What clerks have found in the formal check."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class AnswerRow(Row, Table):
    """An answer to a line of a version's checklist; only ever added, the newest counts."""

    __tablename__ = "check_answer"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    entry_id: Mapped[str]
    version: Mapped[int]
    item: Mapped[str]
    ok: Mapped[bool]
    note: Mapped[str]
    answered_by: Mapped[str]
    answered_at: Mapped[datetime]

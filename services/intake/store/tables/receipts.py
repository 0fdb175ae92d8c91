"""Receipts as they were issued."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class IssuedReceiptRow(Row, Table):
    """The receipt of one version of an entry, as printed and as signed; never changed."""

    __tablename__ = "issued_receipt"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str]
    signed: Mapped[str]
    issued_at: Mapped[datetime]

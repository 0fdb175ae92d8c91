"""Receipts as they were issued."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class IssuedReceiptRow(Row, Table):
    """A receipt of one version of an entry, as printed and as signed; never changed.

    `issue` counts those of the version, from 1: a late entry that is admitted gets another.
    """

    __tablename__ = "issued_receipt"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    issue: Mapped[int] = mapped_column(primary_key=True, server_default="1")
    paper: Mapped[str]
    signed: Mapped[str]
    issued_at: Mapped[datetime]

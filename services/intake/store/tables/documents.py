"""Documents of entries."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class DocumentRow(Row, Table):
    """A document: announced, and once `stored_at` is set, verified under its own key.

    `version` counts the documents of one paper of one entry; none is ever overwritten.
    """

    __tablename__ = "document"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    code: Mapped[str]
    version: Mapped[int]
    key: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    begun_at: Mapped[datetime]  # when the upload was asked for
    stored_at: Mapped[datetime | None]

"""Documents of entries."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class DocumentRow(Row, Table):
    """A document: announced, and once `stored_at` is set, verified under its own key.

    `version` counts the documents of one paper of one entry; none is ever overwritten.
    `leftover` is the key of an object to be removed once this row is committed.
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
    state: Mapped[str]
    sent_name: Mapped[str]
    parts: Mapped[list[str]]
    upload_id: Mapped[str]
    kind: Mapped[str | None]
    pages: Mapped[int | None]
    minutes: Mapped[Decimal | None]
    fault: Mapped[dict[str, Any] | None]
    leftover: Mapped[str | None]


class ShareRow(Row, Table):
    """A link to a document for somebody outside; of its token only the digest is kept."""

    __tablename__ = "share"

    share_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    entry_id: Mapped[str]
    document_id: Mapped[str]
    recipient: Mapped[str]
    shared_by: Mapped[str]
    shared_at: Mapped[datetime]
    until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

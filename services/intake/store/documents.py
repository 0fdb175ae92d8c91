"""Documents of entries, kept and found again; their bytes are in the bucket."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.documents import Announced, Document
from services.intake.store.tables import DocumentRow


class UnknownDocument(NotFound):
    """The entry has no such document."""


def add_document(session: Session, entry_id: str, document: Document) -> None:
    """Keep what was announced, as the next version of its paper. The entry must be locked."""
    announced = document.announced
    known = (
        select(func.count())
        .select_from(DocumentRow)
        .where(DocumentRow.entry_id == entry_id, DocumentRow.code == announced.code)
    )
    session.add(
        DocumentRow(
            document_id=document.document_id,
            entry_id=entry_id,
            code=announced.code,
            version=(session.scalar(known) or 0) + 1,
            key=document.key,
            file_name=announced.file_name,
            media_type=announced.media_type,
            size=announced.size,
            sha256=announced.sha256,
            begun_at=document.begun_at,
        )
    )


def load_document(session: Session, entry_id: str, document_id: str) -> Document:
    """Read a document of an entry. Raises `UnknownDocument`."""
    query = select(DocumentRow).where(
        DocumentRow.entry_id == entry_id, DocumentRow.document_id == document_id
    )
    row = session.scalar(query)
    if row is None:
        raise UnknownDocument
    return _document(row)


def mark_stored(session: Session, document_id: str, key: str, at: datetime) -> None:
    """Note that the bytes are verified and kept under this key."""
    query = select(DocumentRow).where(DocumentRow.document_id == document_id)
    row = session.scalars(query).one()
    row.key, row.stored_at = key, at


def load_documents(session: Session, entry_id: str) -> tuple[Document, ...]:
    """Read all documents of an entry, by paper and version."""
    query = select(DocumentRow).where(DocumentRow.entry_id == entry_id)
    rows = session.scalars(query.order_by(DocumentRow.code, DocumentRow.version))
    return tuple(_document(row) for row in rows)


def _document(row: DocumentRow) -> Document:
    announced = Announced(row.code, row.file_name, row.media_type, row.size, row.sha256)
    return Document(
        document_id=row.document_id,
        announced=announced,
        begun_at=row.begun_at,
        version=row.version,
        key=row.key,
        is_stored=row.stored_at is not None,
    )

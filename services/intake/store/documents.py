"""Documents of entries, kept and found again; their bytes are in the bucket."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain.documents import Announced, Document, DocumentState
from services.intake.domain.faults import Fault, Found
from services.intake.store.tables import DocumentRow

SWEPT_AT_ONCE = 100
HELD = "document held"
# Composed once.
OF_ENTRY = select(DocumentRow).where(DocumentRow.entry_id == bindparam("entry_id"))
DOCUMENTS = OF_ENTRY.order_by(DocumentRow.code, DocumentRow.version)
DOCUMENT = OF_ENTRY.where(DocumentRow.document_id == bindparam("document_id"))
LOCKED = DOCUMENT.with_for_update()


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
            version=known.scalar_subquery() + 1,
            key=document.key,
            file_name=announced.file_name,
            media_type=announced.media_type,
            size=announced.size,
            sha256=announced.sha256,
            parts=list(announced.parts),
            sent_name=announced.sent_name,
            begun_at=document.begun_at,
            state=document.state,
            upload_id=document.upload_id,
        )
    )


def find_unfinished(session: Session, entry_id: str, announced: Announced) -> Document | None:
    """Return the upload of the very same file that is under way, the newest."""
    query = select(DocumentRow).where(
        DocumentRow.entry_id == entry_id,
        DocumentRow.state == DocumentState.UPLOADING,
        DocumentRow.code == announced.code,
        DocumentRow.sent_name == announced.sent_name,
        DocumentRow.media_type == announced.media_type,
        DocumentRow.size == announced.size,
        DocumentRow.sha256 == announced.sha256,
        DocumentRow.parts == list(announced.parts),
    )
    row = session.scalar(query.order_by(DocumentRow.version.desc()).limit(1))
    return None if row is None else _document(row)


def load_document(
    session: Session, entry_id: str, document_id: str, *, lock: bool = False
) -> Document:
    """Read a document of an entry, locked if asked. Raises `UnknownDocument`."""
    named = {"entry_id": entry_id, "document_id": document_id}
    row = session.scalar(LOCKED if lock else DOCUMENT, named)
    if row is None:
        raise UnknownDocument
    if lock:
        session.info[HELD, document_id] = row  # what is held need not be read again
    return _document(row)


def mark_stored(session: Session, document_id: str, found: Found, at: datetime) -> None:
    """Note that the bytes are verified, and what they were found to be."""
    row = session.get_one(DocumentRow, (current_tenant.get(), document_id))
    row.state, row.stored_at, row.sha256 = DocumentState.STORED, at, found.sha256
    row.kind, row.pages, row.minutes = found.kind, found.pages, found.minutes


def refuse(
    session: Session, document: Document, fault: Fault, quarantine: str | None = None
) -> None:
    """Note why a document is refused, and where it is kept aside; its object is a leftover."""
    query = select(DocumentRow).where(DocumentRow.document_id == document.document_id)
    row = session.scalars(query).one()
    row.state = DocumentState.QUARANTINED if quarantine else DocumentState.REFUSED
    row.fault = {"code": fault.code, "template": fault.template, "params": dict(fault.params)}
    row.leftover, row.key = row.key, quarantine or row.key


def abandon(session: Session, begun_before: datetime) -> tuple[Document, ...]:
    """Give up and return the uploads that were begun before; those being confirmed are left."""
    query = select(DocumentRow).where(
        DocumentRow.state == DocumentState.UPLOADING, DocumentRow.begun_at < begun_before
    )
    rows = session.scalars(query.limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state = DocumentState.ABANDONED
    return tuple(_document(row) for row in rows)


def take_leftovers(session: Session) -> tuple[str, ...]:
    """Return the keys of objects to be removed; if that fails they stay to be removed."""
    query = select(DocumentRow).where(DocumentRow.leftover.is_not(None))
    rows = session.scalars(query.limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)).all()
    keys = tuple(row.leftover for row in rows if row.leftover)
    for row in rows:
        row.leftover = None
    return keys


def load_documents(session: Session, entry_id: str) -> tuple[Document, ...]:
    """Read all documents of an entry, by paper and version."""
    rows = session.scalars(DOCUMENTS, {"entry_id": entry_id})
    return tuple(_document(row) for row in rows)


def _document(row: DocumentRow) -> Document:
    return Document(
        document_id=row.document_id,
        announced=Announced(
            code=row.code,
            file_name=row.file_name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            parts=tuple(row.parts),
            sent_name=row.sent_name,
        ),
        begun_at=row.begun_at,
        key=row.key,
        version=row.version,
        state=DocumentState(row.state),
        upload_id=row.upload_id,
        kind=row.kind,
        pages=row.pages,
        minutes=row.minutes,
        fault=Fault(**row.fault) if row.fault else None,
    )

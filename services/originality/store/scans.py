"""The queue of entries whose pictures are to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.intake import DocumentRef
from services.originality.domain import Entry
from services.originality.store.tables import ScanRow


@dataclass(frozen=True, slots=True)
class Scan:
    """An entry's documents whose pictures are to be looked at."""

    entry_id: str
    digest: str
    contest_id: str
    documents: tuple[DocumentRef, ...]


def ask_for_scan(
    session: Session,
    entry: Entry,
    documents: Sequence[DocumentRef],
    *,
    is_awaited: bool,
    at: datetime,
) -> None:
    """Put an entry into the queue, unless these very documents of it are there."""
    added = insert(ScanRow).values(
        entry_id=entry.entry_id,
        digest=entry.digest,
        contest_id=entry.contest_id,
        documents=msgspec.to_builtins(tuple(documents)),
        is_awaited=is_awaited,
        asked_at=at,
    )
    session.execute(added.on_conflict_do_nothing())


def tenants_scanning(session: Session) -> list[str]:
    """Return the tenants that have scanned pages to be read."""
    return list(session.scalars(select(ScanRow.tenant).distinct()))


def take_scan(session: Session) -> Scan | None:
    """Return what has waited longest, reports that wait for it first, and lock its row."""
    query = select(ScanRow).order_by(ScanRow.is_awaited.desc(), ScanRow.asked_at, ScanRow.entry_id)
    row = session.scalar(query.limit(1).with_for_update(skip_locked=True))
    if row is None:
        return None
    documents = msgspec.convert(row.documents, tuple[DocumentRef, ...])
    return Scan(row.entry_id, row.digest, row.contest_id, documents)


def drop_scan(session: Session, scan: Scan) -> None:
    """Take a scan out of the queue."""
    session.execute(
        delete(ScanRow).where(ScanRow.entry_id == scan.entry_id, ScanRow.digest == scan.digest)
    )


def drop_scans(session: Session, entry_id: str) -> None:
    """Take all of an entry's scans out of the queue."""
    session.execute(delete(ScanRow).where(ScanRow.entry_id == entry_id))

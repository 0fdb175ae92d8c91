"""Receipts, kept as they were issued and found again."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.store.tables import EntryRow, IssuedReceiptRow


class UnknownReceipt(NotFound):
    """The entry has no such receipt; there is one for every time it was handed in."""


def keep_receipt(session: Session, row: IssuedReceiptRow) -> None:
    """Keep a receipt for good, as the next of its version. The entry must be locked."""
    known = (
        select(func.count())
        .select_from(IssuedReceiptRow)
        .where(IssuedReceiptRow.entry_id == row.entry_id, IssuedReceiptRow.version == row.version)
    )
    row.issue = (session.scalar(known) or 0) + 1
    session.add(row)


def load_receipt(session: Session, entry_id: str, version: int | None) -> IssuedReceiptRow:
    """Return the last receipt of a version of an entry, or of all. Raises `UnknownReceipt`."""
    query = select(IssuedReceiptRow).where(IssuedReceiptRow.entry_id == entry_id)
    if version is not None:
        query = query.where(IssuedReceiptRow.version == version)
    newest = (IssuedReceiptRow.version.desc(), IssuedReceiptRow.issue.desc())
    found = session.scalar(query.order_by(*newest).limit(1))
    if found is None:
        raise UnknownReceipt
    return found


def is_given_out(session: Session, code: str) -> bool:
    """Say whether some entry has a receipt with this code; nobody else gives it out meanwhile."""
    lock = func.hashtextextended(f"receipt:{current_tenant.get()}:{code}", 0)
    session.execute(select(func.pg_advisory_xact_lock(lock)))
    query = select(EntryRow.entry_id).where(EntryRow.receipt_code == code)
    return session.scalar(query.limit(1)) is not None

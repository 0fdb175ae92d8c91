"""Receipts, kept as they were issued and found again."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.store.tables import IssuedReceiptRow

# Two statements that travel together: the second sees what was there once the lock was had.
HELD_AND_GIVEN_OUT = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(:name, 0));"
    " SELECT entry_id FROM entry WHERE receipt_code = :code LIMIT 1"
)


class UnknownReceipt(NotFound):
    """The entry has no such receipt; there is one for every time it was handed in."""


def keep_receipt(session: Session, row: IssuedReceiptRow) -> None:
    """Keep a receipt for good, as the next of its version. The entry must be locked."""
    known = (
        select(func.count())
        .select_from(IssuedReceiptRow)
        .where(IssuedReceiptRow.entry_id == row.entry_id, IssuedReceiptRow.version == row.version)
    )
    row.issue = known.scalar_subquery() + 1
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
    asked = {"name": f"receipt:{current_tenant.get()}:{code}", "code": code}
    return session.execute(HELD_AND_GIVEN_OUT, asked).first() is not None

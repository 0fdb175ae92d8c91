"""What decides whether an entry is in time, kept and found again: extensions, uploads."""

from collections.abc import Collection, Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.intake.domain.deadlines import Extension, Transfer
from services.intake.store.tables import DocumentRow, ExtensionRow


def add_extension(session: Session, row: ExtensionRow) -> None:
    """Keep more time for somebody."""
    session.add(row)
    session.flush()


def extensions_for(
    session: Session, contest_id: str, entry_id: str, people: Collection[str]
) -> tuple[Extension, ...]:
    """Return what was granted to this entry or to one of these people."""
    query = select(ExtensionRow).where(
        ExtensionRow.contest_id == contest_id,
        or_(ExtensionRow.entry_id == entry_id, ExtensionRow.person_id.in_(people)),
    )
    return tuple(Extension(row.until, row.reason) for row in session.scalars(query))


def list_extensions(session: Session, contest_id: str) -> Iterable[ExtensionRow]:
    """Return the extensions of a contest, newest first."""
    query = select(ExtensionRow).where(ExtensionRow.contest_id == contest_id)
    return session.scalars(query.order_by(ExtensionRow.granted_at.desc()))


def transfers_of(session: Session, entry_id: str) -> tuple[Transfer, ...]:
    """Return when each upload of an entry was begun and, if it was, done."""
    query = select(DocumentRow).where(DocumentRow.entry_id == entry_id)
    return tuple(Transfer(row.begun_at, row.stored_at) for row in session.scalars(query))

"""Sessions of signing agents: each gives one file out and takes it back once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.errors import Conflict, NotFound
from services.awards.store.tables import SigningRow


class UnknownSession(NotFound):
    """There is no such signing session."""


class SessionOver(Conflict):
    """The signing session is over: it was used, or its time has passed. Open another."""


def save_signing(session: Session, row: SigningRow) -> None:
    """Keep a session."""
    session.add(row)


def take_signing(session: Session, session_id: str, now: datetime) -> SigningRow:
    """Use a session up. Raises `UnknownSession`, `SessionOver`."""
    query = select(SigningRow).where(SigningRow.session_id == session_id).with_for_update()
    row = session.scalar(query)
    if row is None:
        raise UnknownSession
    if row.used_at is not None or row.ends_at < now:
        raise SessionOver
    row.used_at = now
    return row

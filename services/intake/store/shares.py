"""Links to documents for others: given for days, followed by a token, revoked.

`share` and `revoke` are for any transaction that gives a document to another system.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.store.tables import ShareRow


@dataclass(frozen=True, slots=True)
class Share:
    """A link and its token, which is told once and kept nowhere. `path` is at the door."""

    share_id: str
    token: str
    until: datetime

    @property
    def path(self) -> str:
        """Return where the link leads, after the door's own address."""
        return f"/v1/files/{self.token}"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a link is for and who gives it, from when until when."""

    name: str
    shared_by: str
    at: datetime
    until: datetime


def share(
    session: Session, share_id: str, entry_id: str, document_id: str, to: Recipient
) -> Share:
    """Make a link to a document. The token begins with the tenant, for a door that serves many."""
    token = f"{current_tenant.get()}.{secrets.token_urlsafe(32)}"
    session.add(
        ShareRow(
            share_id=share_id,
            digest=_digest(token),
            entry_id=entry_id,
            document_id=document_id,
            recipient=to.name,
            shared_by=to.shared_by,
            shared_at=to.at,
            until=to.until,
        )
    )
    return Share(share_id, token, to.until)


def find(session: Session, token: str) -> ShareRow | None:
    """Return the link with this token, ended or not."""
    return session.scalar(select(ShareRow).where(ShareRow.digest == _digest(token)))


def revoke(
    session: Session,
    entry_id: str,
    at: datetime,
    *,
    share_id: str | None = None,
    recipient: str | None = None,
) -> int:
    """End links to an entry's documents: one, all of a recipient, or all; return how many."""
    query = (
        update(ShareRow)
        .where(ShareRow.entry_id == entry_id, ShareRow.revoked_at.is_(None), ShareRow.until > at)
        .values(revoked_at=at)
        .returning(ShareRow.share_id)
    )
    if share_id is not None:
        query = query.where(ShareRow.share_id == share_id)
    if recipient is not None:
        query = query.where(ShareRow.recipient == recipient)
    return len(session.scalars(query).all())


def list_shares(session: Session, entry_id: str) -> Iterable[ShareRow]:
    """Return the links to an entry's documents, newest first."""
    query = select(ShareRow).where(ShareRow.entry_id == entry_id)
    return session.scalars(query.order_by(ShareRow.shared_at.desc(), ShareRow.share_id))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

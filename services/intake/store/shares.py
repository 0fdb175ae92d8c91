"""Links to documents for others: given for days, followed by a token, revoked.

`share` and `revoke` are for any transaction that gives a document to another system, `renew` for
one that gives it again and again.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.store.tables import ShareRow

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """A link and its token, which is kept nowhere. `path` is at the door."""

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
    _add(session, Share(share_id, token, to.until), (entry_id, document_id), to)
    return Share(share_id, token, to.until)


def renew(
    session: Session, share_id: str, document: tuple[str, str], to: Recipient, secret: bytes
) -> Share:
    """Return the recipient's link to a document, good until then; make it where there is none.

    `document` is its entry and id. The token follows from the row's id and a secret, so that the
    same link can be told again though its token is kept nowhere; under another secret it is new.
    """
    query = select(ShareRow).where(
        ShareRow.document_id == document[1],
        ShareRow.recipient == to.name,
        ShareRow.revoked_at.is_(None),
        ShareRow.until > to.at,
    )
    for row in session.scalars(query.with_for_update()).all():
        token = _derived(row.share_id, secret)
        if row.digest == _digest(token):
            row.until = max(row.until, to.until)
            return Share(row.share_id, token, row.until)
    made = Share(share_id, _derived(share_id, secret), to.until)
    _add(session, made, document, to)
    return made


def forget(session: Session, before: datetime) -> None:
    """Remove links that ended or were revoked before an instant, so many at once."""
    ended = func.least(ShareRow.until, func.coalesce(ShareRow.revoked_at, ShareRow.until))
    old = select(ShareRow.share_id).where(ended < before).limit(AT_ONCE)
    session.execute(delete(ShareRow).where(ShareRow.share_id.in_(old)))


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


def _add(session: Session, made: Share, document: tuple[str, str], to: Recipient) -> None:
    row = ShareRow(share_id=made.share_id, digest=_digest(made.token), until=made.until)
    row.entry_id, row.document_id = document
    row.recipient, row.shared_by, row.shared_at = to.name, to.shared_by, to.at
    session.add(row)


def _derived(share_id: str, secret: bytes) -> str:
    tag = hmac.digest(secret, f"{current_tenant.get()}/{share_id}".encode(), "sha256")
    return f"{current_tenant.get()}.{urlsafe_b64encode(tag).decode().rstrip('=')}"


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

"""Links to a new password: good once, for half an hour; only a digest of each is kept."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import DateTime, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import Refused
from services.gateway import domain
from services.gateway.store import Table

GOOD_FOR = timedelta(minutes=30)
NOT_AGAIN_WITHIN = timedelta(minutes=2)  # so that nobody's letter box is filled by others


class LinkEnded(Refused):
    """This link was used already or is too old; ask for a new one."""


class PasswordResetRow(Row, Table):
    """One row per person who has asked for a new password: the newest link counts."""

    __tablename__ = "password_reset"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    token_digest: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def begin(session: Session, tenant: str, account_id: str, now: datetime) -> str | None:
    """Return the token of a fresh link; None if one was made just now."""
    query = select(PasswordResetRow.expires_at).where(PasswordResetRow.account_id == account_id)
    known = session.scalar(query)
    if known is not None and known > now + GOOD_FOR - NOT_AGAIN_WITHIN:
        return None
    token = f"{tenant}.{secrets.token_urlsafe(32)}"
    made = {"token_digest": domain.token_digest(token), "expires_at": now + GOOD_FOR}
    row = insert(PasswordResetRow).values(account_id=account_id, **made)
    session.execute(row.on_conflict_do_update(index_elements=["tenant", "account_id"], set_=made))
    return token


def whose(session: Session, token: str, now: datetime) -> str:
    """Return the account a link is for; raises `LinkEnded`."""
    query = select(PasswordResetRow.account_id).where(
        PasswordResetRow.token_digest == domain.token_digest(token),
        PasswordResetRow.expires_at > now,
    )
    account_id = session.scalar(query.with_for_update())
    if account_id is None:
        raise LinkEnded
    return account_id


def use_up(session: Session, account_id: str) -> None:
    """End the link of an account."""
    session.execute(delete(PasswordResetRow).where(PasswordResetRow.account_id == account_id))

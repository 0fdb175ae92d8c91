"""The access tokens of providers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.table import Table


class TokenRow(Row, Table):
    """One row per provider: the token in use, and the one that brings the next, good for once.

    `given` is the SHA-256 of the first such token, the one an operator put into a file.
    """

    __tablename__ = "provider_token"

    provider: Mapped[str] = mapped_column(primary_key=True)
    access: Mapped[str]
    access_until: Mapped[datetime]
    refresh: Mapped[str]
    given: Mapped[str]


def load_token(session: Session, tenant: str, provider: str) -> TokenRow | None:
    """Read a provider's token and lock it until the work is done."""
    query = select(TokenRow).where(TokenRow.tenant == tenant, TokenRow.provider == provider)
    return session.scalar(query.with_for_update())


def save_token(session: Session, row: TokenRow) -> None:
    """Write a provider's token in place of the one before."""
    session.merge(row)

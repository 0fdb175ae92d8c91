"""The clients that want pushes: where, and signed with which secrets."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.table import Table


class ClientRow(Row, Table):
    """One row per client. `previous_secret` signs beside `secret` until `previous_until`."""

    __tablename__ = "client"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    secret: Mapped[str]
    previous_secret: Mapped[str | None]
    previous_until: Mapped[datetime | None]

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Return the secrets that sign now, the newest first."""
        if self.previous_secret and self.previous_until and now < self.previous_until:
            return (self.secret, self.previous_secret)
        return (self.secret,)


def save_webhook(
    session: Session, tenant: str, client_id: str, url: str, fresh: tuple[str, datetime]
) -> None:
    """Write a client's address and fresh secret; the one before it stays until the instant."""
    secret, until = fresh
    row = load_webhook(session, client_id)
    if row is None:
        session.add(ClientRow(tenant=tenant, client_id=client_id, url=url, secret=secret))
        return
    row.previous_secret, row.previous_until = row.secret, until
    row.url, row.secret = url, secret


def load_webhook(session: Session, client_id: str) -> ClientRow | None:
    """Read where a client wants its pushes, if it does."""
    return session.scalar(select(ClientRow).where(ClientRow.client_id == client_id))


def listening_of(session: Session, client_ids: Collection[str]) -> frozenset[str]:
    """Return those of the clients that want pushes."""
    query = select(ClientRow.client_id).where(ClientRow.client_id.in_(client_ids))
    return frozenset(session.scalars(query))


def client_ids(session: Session) -> list[str]:
    """Read who wants pushes."""
    return list(session.scalars(select(ClientRow.client_id).order_by(ClientRow.client_id)))

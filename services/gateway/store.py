"""The table of accounts, and the base of the gateway's other tables. No rules here."""

import contextlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, String, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row
from services.gateway.domain import Account, Kind


class Table(DeclarativeBase):
    """Base of every table the gateway owns."""


class AccountRow(Row, Table):
    """One row per person or system that can sign in.

    Of a system whose secret was changed, the old one is good until `old_secret_until`; `rotation`
    is the request that changed it.
    """

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    login: Mapped[str]
    secret_hash: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    unit_id: Mapped[str | None]
    scopes: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    old_secret_hash: Mapped[str | None]
    old_secret_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    rotation: Mapped[str | None]
    # Counted here until sign-ins were tried by login and address; copies of then still write them.
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def add_account(session: Session, account: Account, secret_hash: str) -> None:
    """Add the account; if its id or its login is there already, change nothing."""
    row = AccountRow(
        id=account.id,
        kind=account.kind,
        login=account.login,
        secret_hash=secret_hash,
        roles=sorted(account.roles),
        unit_id=account.unit_id,
        scopes=None if account.scopes is None else sorted(account.scopes),
    )
    with contextlib.suppress(IntegrityError), session.begin_nested():
        session.add(row)


def renew_secret(session: Session, account_id: str, secret_hash: str) -> None:
    """Replace what the account signs in with."""
    ours = AccountRow.id == account_id
    session.execute(update(AccountRow).where(ours).values(secret_hash=secret_hash))


def find_account(session: Session, login: str, kind: Kind) -> tuple[Account, str] | None:
    """Return the account that signs in with this login, and its secret's hash."""
    query = select(AccountRow).where(AccountRow.login == login, AccountRow.kind == kind)
    row = session.scalar(query)
    return None if row is None else (read_account(row), row.secret_hash)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """What a system signs in with from now on, how long the old one is good, by which request."""

    secret_hash: str
    old_until: datetime
    rotation: str


def rotate_secret(session: Session, account_id: str, new: NewSecret) -> None:
    """Replace what a system signs in with; the secret it had is good for a while yet."""
    row = session.scalars(select(AccountRow).where(AccountRow.id == account_id)).one()
    if row.rotation != new.rotation:  # whoever lost the answer and asks again had the one before
        row.old_secret_hash, row.old_secret_until = row.secret_hash, new.old_until
    row.secret_hash, row.rotation = new.secret_hash, new.rotation


def revoke_old_secret(session: Session, account_id: str) -> None:
    """End the secret that was replaced."""
    ours = AccountRow.id == account_id
    gone = {"old_secret_hash": None, "old_secret_until": None}
    session.execute(update(AccountRow).where(ours).values(gone))


def old_secret(session: Session, account_id: str, now: datetime) -> str | None:
    """Return the hash of the secret that was replaced, while it is good."""
    query = select(AccountRow.old_secret_hash).where(
        AccountRow.id == account_id, AccountRow.old_secret_until > now
    )
    return session.scalar(query)


def has_accounts(session: Session) -> bool:
    """Tell whether the tenant has any account."""
    return session.scalar(select(AccountRow.id).limit(1)) is not None


def list_accounts(session: Session) -> list[Account]:
    """Return every account, by login."""
    return [read_account(row) for row in session.scalars(select(AccountRow).order_by("login"))]


def find_by_id(session: Session, account_id: str) -> Account | None:
    """Return the account of a person or system."""
    row = session.scalar(select(AccountRow).where(AccountRow.id == account_id))
    return None if row is None else read_account(row)


def secret_of(session: Session, account_id: str) -> str | None:
    """Return the hash of what the account signs in with."""
    return session.scalar(select(AccountRow.secret_hash).where(AccountRow.id == account_id))


def read_account(row: AccountRow) -> Account:
    """Read an account out of its row."""
    return Account(
        id=row.id,
        kind="CLIENT" if row.kind == "CLIENT" else "PERSON",
        login=row.login,
        roles=frozenset(row.roles),
        unit_id=row.unit_id,
        scopes=None if row.scopes is None else frozenset(row.scopes),
    )

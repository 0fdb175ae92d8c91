"""The tables of the gateway: accounts and sign-ins. No rules here."""

import contextlib
from datetime import datetime

from sqlalchemy import DateTime, String, delete, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row
from services.gateway.domain import Account, Kind, Tries


class Table(DeclarativeBase):
    """Base of every table the gateway owns."""


class AccountRow(Row, Table):
    """One row per person or system that can sign in; `failures` are wrong secrets in a row."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    login: Mapped[str]
    secret_hash: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    unit_id: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SignInRow(Row, Table):
    """One row per sign-in that has not been ended; the token itself is not kept."""

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def add_account(session: Session, account: Account, secret_hash: str) -> None:
    """Add the account; if its id or its login is there already, change nothing."""
    row = AccountRow(
        id=account.id,
        kind=account.kind,
        login=account.login,
        secret_hash=secret_hash,
        roles=sorted(account.roles),
        unit_id=account.unit_id,
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
    return None if row is None else (_account(row), row.secret_hash)


def find_tries(session: Session, account_id: str) -> Tries:
    """Return how often in a row the account's secret was wrong."""
    query = select(AccountRow.failures, AccountRow.failed_at).where(AccountRow.id == account_id)
    return Tries(*session.execute(query).one())


def count_failure(session: Session, account_id: str, now: datetime) -> None:
    """Count a wrong secret."""
    changed = {"failures": AccountRow.failures + 1, "failed_at": now}
    session.execute(update(AccountRow).where(AccountRow.id == account_id).values(changed))


def forget_failures(session: Session, account_id: str) -> None:
    """Forget wrong secrets after a right one."""
    failed = (AccountRow.id == account_id) & (AccountRow.failures > 0)
    session.execute(update(AccountRow).where(failed).values(failures=0, failed_at=None))


def has_accounts(session: Session) -> bool:
    """Tell whether the tenant has any account."""
    return session.scalar(select(AccountRow.id).limit(1)) is not None


def list_accounts(session: Session) -> list[Account]:
    """Return every account, by login."""
    return [_account(row) for row in session.scalars(select(AccountRow).order_by("login"))]


def add_sign_in(session: Session, digest: str, account_id: str, expires_at: datetime) -> None:
    """Keep a sign-in."""
    session.add(SignInRow(token_digest=digest, account_id=account_id, expires_at=expires_at))


def find_sign_in(session: Session, digest: str, now: datetime) -> Account | None:
    """Return whose sign-in this is, if it is one and has not expired."""
    query = (
        select(AccountRow)
        .join(SignInRow, SignInRow.account_id == AccountRow.id)
        .where(SignInRow.token_digest == digest, SignInRow.expires_at > now)
    )
    row = session.scalar(query)
    return None if row is None else _account(row)


def end_sign_in(session: Session, digest: str, now: datetime) -> None:
    """Forget a sign-in, and with it those that have expired."""
    ended = (SignInRow.token_digest == digest) | (SignInRow.expires_at <= now)
    session.execute(delete(SignInRow).where(ended))


def _account(row: AccountRow) -> Account:
    """Read an account out of its row."""
    return Account(
        id=row.id,
        kind="CLIENT" if row.kind == "CLIENT" else "PERSON",
        login=row.login,
        roles=frozenset(row.roles),
        unit_id=row.unit_id,
    )

"""The tables of the gateway: accounts and sign-ins. No rules here."""

import contextlib
from dataclasses import replace
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
    """One row per person or system that can sign in; `failures` are wrong secrets in a row.

    Of a system whose secret was changed, the old one is good until `old_secret_until`.
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
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SignInRow(Row, Table):
    """One row per sign-in that has not been ended; the token itself is not kept.

    `box` is the person's own key, which only the token opens.
    """

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    scopes: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    box: Mapped[bytes | None]


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
    return None if row is None else (_account(row), row.secret_hash)


def rotate_secret(
    session: Session, account_id: str, secret_hash: str, old_until: datetime
) -> None:
    """Replace what a system signs in with; the secret it had is good for a while yet."""
    row = session.scalars(select(AccountRow).where(AccountRow.id == account_id)).one()
    row.old_secret_hash, row.old_secret_until = row.secret_hash, old_until
    row.secret_hash = secret_hash


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


def add_sign_in(session: Session, digest: str, account: Account, expires_at: datetime) -> None:
    """Keep a sign-in with the account's scopes, as far as they were asked for."""
    scopes = None if account.scopes is None else sorted(account.scopes)
    session.add(
        SignInRow(token_digest=digest, account_id=account.id, expires_at=expires_at, scopes=scopes)
    )


def find_sign_in(session: Session, digest: str, now: datetime) -> Account | None:
    """Return whose sign-in this is, if it is one and has not expired."""
    query = (
        select(AccountRow, SignInRow.scopes)
        .join(SignInRow, SignInRow.account_id == AccountRow.id)
        .where(SignInRow.token_digest == digest, SignInRow.expires_at > now)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    account, scopes = _account(found[0]), found[1]
    return account if scopes is None else replace(account, scopes=frozenset(scopes))


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
        scopes=None if row.scopes is None else frozenset(row.scopes),
    )

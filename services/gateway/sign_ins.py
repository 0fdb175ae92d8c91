"""The table of sign-ins: whose, since when, from where, and what they still wait for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, String, delete, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row, Work
from services.gateway import grants, store
from services.gateway.domain import Account
from services.gateway.store import AccountRow, Table

CODE, ENROL = "CODE", "ENROL"  # what a sign-in waits for: the second step, or to set one up
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last request of a sign-in is known
OF_ACCOUNT = ("id", "kind", "login", "roles", "unit_id", "scopes")
OF_SIGN_IN = ("account_id", "scopes", "seen_at", "way", "waits_for", "hint", "seen_as")
# Asked with every request: written out, for composing it costs more than answering it.
WHO = f"""SELECT {", ".join(f"account.{name}" for name in OF_ACCOUNT)},
    {", ".join(f"sign_in.{name}" for name in OF_SIGN_IN)},
    ARRAY(SELECT role || '@' || contest_id FROM contest_grant WHERE account_id = account.id)
    FROM sign_in JOIN account ON account.id = sign_in.account_id
    WHERE sign_in.token_digest = :digest AND sign_in.expires_at > :now"""  # noqa: S608  # our names


class SignInRow(Row, Table):
    """One row per sign-in that has not been ended; the token itself is not kept.

    `box` is the person's own key, which only the token opens. `hint` is the identity token of
    another provider, to sign out there. `seen_as` is the account that they look as.
    """

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    scopes: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    box: Mapped[bytes | None]
    began_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    address: Mapped[str]
    browser: Mapped[str]
    way: Mapped[str]
    waits_for: Mapped[str | None]
    hint: Mapped[str | None]
    seen_as: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in as its owner sees it. `name` tells it from their others and opens nothing."""

    name: str
    began_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    browser: str
    way: str


def find(session: Session, digest: str, now: datetime, idle: timedelta) -> SignInRow | None:
    """Return a sign-in that is still good: neither too old nor left alone for too long.

    A system's is good until it ends, however quiet.
    """
    row = session.scalar(select(SignInRow).where(*is_good(digest, now)))
    return None if row is None or is_left(row, now, idle) else row


def is_good(digest: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Fit the sign-in of a token until it ends."""
    return SignInRow.token_digest == digest, SignInRow.expires_at > now


def is_left(row: SignInRow, now: datetime, idle: timedelta) -> bool:
    """Say whether a person's sign-in was left alone for too long."""
    return row.scopes is None and row.seen_at <= now - idle


def find_who(
    work: Work, digest: str, now: datetime, idle: timedelta
) -> tuple[SignInRow, Account] | None:
    """Return a sign-in that is still good with whom it acts as: one trip a request.

    Its statement begins the transaction, so `work` is a fresh one. Only who looks as another
    costs two more.
    """
    found = work.begin(WHO, digest=digest, now=now).first()
    if found is None:
        return None
    of_account, of_sign_in = found[: len(OF_ACCOUNT)], found[len(OF_ACCOUNT) : -1]
    owner = AccountRow(**dict(zip(OF_ACCOUNT, of_account, strict=True)))
    row = SignInRow(**dict(zip(OF_SIGN_IN, of_sign_in, strict=True)))
    if is_left(row, now, idle):
        return None
    account = acting(work.session, row, store.read_account(owner))
    if row.scopes is None and not row.waits_for:
        account = replace(account, grants=granted(work.session, account, found[-1]))
    return row, account


def granted(session: Session, account: Account, held: list[str]) -> frozenset[str]:
    """Return the roles in single contests of whom a sign-in acts as; `held` are its owner's."""
    return frozenset(held) if account.true_id is None else grants.of(session, account.id)


def account_of(session: Session, row: SignInRow) -> Account:
    """Return whom a sign-in acts as, with who that truly is where they look as another."""
    query = select(AccountRow).where(AccountRow.id == row.account_id)
    return acting(session, row, store.read_account(session.scalars(query).one()))


def acting(session: Session, row: SignInRow, account: Account) -> Account:
    """Return whom a sign-in of this account acts as."""
    if row.scopes is not None:
        account = replace(account, scopes=frozenset(row.scopes))
    if row.waits_for == ENROL:
        return replace(account, roles=frozenset(), limited=True)
    seen = store.find_by_id(session, row.seen_as) if row.seen_as else None
    if seen is None:
        return account
    return replace(seen, true_id=account.id, true_login=account.login)


def touch(session: Session, digest: str, now: datetime) -> None:
    """Note that a sign-in is in use."""
    ours = SignInRow.token_digest == digest
    session.execute(update(SignInRow).where(ours).values(seen_at=now))


def look_as(session: Session, digest: str, account_id: str | None) -> None:
    """Have a sign-in look as another account, or as itself again."""
    ours = SignInRow.token_digest == digest
    session.execute(update(SignInRow).where(ours).values(seen_as=account_id))


def of_account(session: Session, account_id: str, now: datetime) -> list[SignIn]:
    """Return somebody's sign-ins, those used last first."""
    query = (
        select(SignInRow)
        .where(SignInRow.account_id == account_id, SignInRow.expires_at > now)
        .order_by(SignInRow.seen_at.desc())
    )
    return [
        SignIn(
            name=name_of(row.token_digest),
            began_at=row.began_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            address=row.address,
            browser=row.browser,
            way=row.way,
        )
        for row in session.scalars(query)
        if row.waits_for != CODE
    ]


def name_of(digest: str) -> str:
    """Return what tells a sign-in from the others on a page."""
    return digest[:16]


def end(session: Session, digest: str, now: datetime) -> None:
    """Forget a sign-in, and with it those that have expired."""
    ended = (SignInRow.token_digest == digest) | (SignInRow.expires_at <= now)
    session.execute(delete(SignInRow).where(ended))


def end_named(session: Session, account_id: str, name: str) -> None:
    """Forget one sign-in of an account."""
    ours = (SignInRow.account_id == account_id) & SignInRow.token_digest.startswith(name)
    session.execute(delete(SignInRow).where(ours))


def end_others(session: Session, account_id: str, digest: str = "") -> None:
    """Forget every sign-in of an account but one; without one, all."""
    others = (SignInRow.account_id == account_id) & (SignInRow.token_digest != digest)
    session.execute(delete(SignInRow).where(others))

"""The table of wrong secrets. A login that does not exist is counted like one that does."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, DateTime, case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.gateway import tries
from services.gateway.domain import Kind
from services.gateway.store import Table
from services.gateway.tries import Told, Tries


class WrongTryRow(Row, Table):
    """One row per thing counted; `about` is a digest, as what is typed may be a password."""

    __tablename__ = "wrong_try"

    about: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    good_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody tries to sign in: as whom, and from which address."""

    kind: Kind
    login: str
    address: str

    @property
    def keys(self) -> tuple[str, str, str]:
        """Return what the try is counted about: the login, the login here, the address."""
        return (
            _about("login", self.kind, self.login),
            _about("here", self.kind, self.login, self.address),
            _about("address", self.address),
        )


def look_up(session: Session, tried: Try) -> Told:
    """Return what is known before a try."""
    keys = tried.keys
    found = session.scalars(select(WrongTryRow).where(WrongTryRow.about.in_(keys)))
    known = {row.about: Tries(row.failures, row.failed_at, row.good_at) for row in found}
    return Told(*(known.get(key, Tries()) for key in keys))


def count_failure(session: Session, tried: Try, now: datetime) -> None:
    """Count a wrong secret, and forget the old ones of everybody."""
    login, here, address = tried.keys
    told = look_up(session, tried)
    for about in (here if told.is_known_here(now) else login, address):
        rested = WrongTryRow.failed_at < now - tries.ADDRESS_RESTS
        again: ColumnElement[int] = WrongTryRow.failures + 1
        if about == address:
            again = case((rested, 1), else_=again)
        query = insert(WrongTryRow).values(about=about, failures=1, failed_at=now)
        changed = {"failures": again, "failed_at": now}
        session.execute(
            query.on_conflict_do_update(index_elements=["tenant", "about"], set_=changed)
        )
    old = WrongTryRow.failed_at < now - tries.FORGOTTEN_AFTER
    session.execute(delete(WrongTryRow).where(old, WrongTryRow.good_at.is_(None)))


def forget_failures(session: Session, tried: Try, now: datetime) -> None:
    """Forget wrong secrets after a right one, and remember where it came from."""
    login, here, _ = tried.keys
    session.execute(delete(WrongTryRow).where(WrongTryRow.about == login))
    query = insert(WrongTryRow).values(about=here, failures=0, good_at=now)
    changed = {"failures": 0, "failed_at": None, "good_at": now}
    session.execute(query.on_conflict_do_update(index_elements=["tenant", "about"], set_=changed))
    session.execute(delete(WrongTryRow).where(WrongTryRow.good_at < now - tries.KNOWN_FOR))


def _about(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()

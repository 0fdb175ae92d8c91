"""Signed heads and the public keys they hold by. No arithmetic here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.ledger.store.lines import OURS, Table


class HeadNotSigned(NotFound):
    """No head covers this event yet; one is signed within a minute."""


class TreeHeadRow(Row, Table):
    """A signed head; never changed."""

    __tablename__ = "tree_head"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    root: Mapped[str]
    milestone: Mapped[str]
    kid: Mapped[str]
    signature: Mapped[str]


class KeyRow(Row, Table):
    """A public key heads were signed with, since when; kept for ever."""

    __tablename__ = "head_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    x: Mapped[str]
    since: Mapped[datetime]


def keep_head(session: Session, row: TreeHeadRow) -> None:
    """Write a signed head down; said twice for one size at one instant, it is kept once."""
    columns = ("contest_id", "size", "at", "root", "milestone", "kid", "signature")
    values = {name: getattr(row, name) for name in columns}
    session.execute(upsert(TreeHeadRow).values(values).on_conflict_do_nothing())


def keep_key(session: Session, kid: str, x: str, now: datetime) -> None:
    """Remember a public key that heads are signed with."""
    known = {"kid": kid, "x": x, "since": now}
    session.execute(upsert(KeyRow).values(known).on_conflict_do_nothing())


def load_keys(session: Session) -> Sequence[KeyRow]:
    """Read the tenant's public keys, oldest first."""
    return session.scalars(
        select(KeyRow).where(KeyRow.tenant == OURS).order_by(KeyRow.since, KeyRow.kid)
    ).all()


def load_heads(
    session: Session, contest_id: str, limit: int | None = None, before: int | None = None
) -> Sequence[TreeHeadRow]:
    """Read heads of a tree, newest first; with `before` only those of fewer leaves."""
    rows = select(TreeHeadRow).where(
        TreeHeadRow.tenant == OURS, TreeHeadRow.contest_id == contest_id
    )
    if before is not None:
        rows = rows.where(TreeHeadRow.size < before)
    newest = rows.order_by(TreeHeadRow.size.desc(), TreeHeadRow.at.desc())
    return session.scalars(newest.limit(limit)).all()


def load_head_over(
    session: Session, contest_id: str, least: int, size: int | None = None
) -> TreeHeadRow:
    """Read the newest head of at least so many leaves, or that of `size`; or `HeadNotSigned`."""
    rows = select(TreeHeadRow).where(
        TreeHeadRow.tenant == OURS,
        TreeHeadRow.contest_id == contest_id,
        TreeHeadRow.size >= least,
    )
    if size is not None:
        rows = rows.where(TreeHeadRow.size == size)
    newest = rows.order_by(TreeHeadRow.size.desc(), TreeHeadRow.at.desc())
    if (found := session.scalar(newest.limit(1))) is None:
        raise HeadNotSigned
    return found

"""The newest head of each contest's record, as the ledger has told it."""

from typing import Any

from msgspec import convert, to_builtins
from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from contracts.ledger import SignedHead
from kernel.database import Row
from services.intake.store.tables.base import Table


class LedgerHeadRow(Row, Table):
    """One row per contest."""

    __tablename__ = "ledger_head"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[dict[str, Any]] = mapped_column(JSONB)


HEAD = select(LedgerHeadRow.head).where(LedgerHeadRow.contest_id == bindparam("contest_id"))


def keep_head(session: Session, head: SignedHead) -> None:
    """Keep a head unless a newer one is known: they may be heard in any order."""
    row = {"contest_id": head.contest_id, "size": head.size, "head": to_builtins(head)}
    new = insert(LedgerHeadRow).values(row)
    kept = new.on_conflict_do_update(
        index_elements=["tenant", "contest_id"],
        set_={"size": new.excluded.size, "head": new.excluded.head},
        where=LedgerHeadRow.size < new.excluded.size,
    )
    session.execute(kept)


def find_head(session: Session, contest_id: str) -> SignedHead | None:
    """Return the newest head heard of, if any."""
    found = session.scalar(HEAD, {"contest_id": contest_id})
    return None if found is None else convert(found, SignedHead, strict=False)

"""What is kept for the exchange between provinces: keyed fingerprints, and who asked when.

Only initiatives applied in this province are there: what it knows of others is theirs to tell.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Identity, and_, any_, delete, func, insert, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import BigInteger

from contracts import originality
from kernel.database import Row
from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.originality.domain import Scope
from services.originality.store.index import kept_text, lock
from services.originality.store.kept import KeptText, Kind
from services.originality.store.tables import Table, TextRow

OWN = (Scope.UNIT, Scope.PROVINCE)
REMEMBERED = timedelta(days=1)
LISTED = 500


class KeyedTextRow(Row, Table):
    """An initiative whose fingerprints are under the key of an agreement."""

    __tablename__ = "keyed_text"

    agreement: Mapped[str] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class KeyedFingerprintRow(Row, Table):
    """One fingerprint of one initiative under the key of an agreement."""

    __tablename__ = "keyed_fingerprint"

    agreement: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    text_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class ComparisonRow(Row, Table):
    """A comparison with another province: who, when, how much; nothing of what was in it."""

    __tablename__ = "comparison"

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    way: Mapped[str]
    province: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    fingerprints: Mapped[int]
    band: Mapped[str]
    entry_id: Mapped[str | None]


class EntryNotRead(NotFound):
    """There is no text of this entry to ask about."""


def unkeyed(session: Session, agreement: str, most: int) -> dict[int, KeptText]:
    """Return own initiatives that are not yet under an agreement's key."""
    known = select(KeyedTextRow.text_id).where(KeyedTextRow.agreement == agreement)
    wanted = select(TextRow).where(_own(), TextRow.text_id.not_in(known))
    rows = session.scalars(wanted.order_by(TextRow.text_id).limit(most))
    return {row.text_id: kept_text(row) for row in rows}


def save_keyed(session: Session, agreement: str, text_id: int, hashes: Iterable[int]) -> None:
    """Keep a text's fingerprints under an agreement's key."""
    session.add(KeyedTextRow(agreement=agreement, text_id=text_id))
    rows = [{"agreement": agreement, "hash": value, "text_id": text_id} for value in hashes]
    if rows:
        session.execute(insert(KeyedFingerprintRow), rows)


def forget_keyed(session: Session, agreements: Collection[str]) -> None:
    """Forget what is under keys no longer agreed, and what is of initiatives that are gone."""
    there = select(TextRow.text_id).where(TextRow.text_id == KeyedTextRow.text_id, _own())
    ended = KeyedTextRow.agreement.not_in(sorted(agreements))
    gone = delete(KeyedTextRow).where(or_(ended, ~there.exists()))
    for agreement, text_id in session.execute(
        gone.returning(KeyedTextRow.agreement, KeyedTextRow.text_id)
    ):
        session.execute(
            delete(KeyedFingerprintRow).where(
                KeyedFingerprintRow.agreement == agreement, KeyedFingerprintRow.text_id == text_id
            )
        )


def shared_with(
    session: Session, agreement: str, asked: Collection[int], least: int
) -> list[tuple[int, int]]:
    """Return, of each initiative that shares as much as `least`, how much, and how many it has."""
    tenant = current_tenant.get()
    wanted = literal(sorted(asked), ARRAY(BigInteger))
    shared = func.count()
    query = (
        select(shared, TextRow.prints)
        .join(
            KeyedFingerprintRow,
            and_(KeyedFingerprintRow.text_id == TextRow.text_id, TextRow.tenant == tenant),
        )
        .where(
            KeyedFingerprintRow.tenant == tenant,
            KeyedFingerprintRow.agreement == agreement,
            KeyedFingerprintRow.hash == any_(wanted),
            _own(),
        )
        .group_by(TextRow.text_id, TextRow.prints)
        .having(shared >= least)
    )
    return [(found, prints) for found, prints in session.execute(query)]


def _own() -> Any:  # noqa: ANN401  # SQLAlchemy's own type says no more
    return and_(TextRow.kind == Kind.KNOWN_INITIATIVE, TextRow.scope.in_(OWN))


def asked_about(session: Session, entry_id: str) -> KeptText:
    """Return an entry's text; raise `EntryNotRead` if there is none."""
    query = select(TextRow).where(TextRow.kind == Kind.ENTRY, TextRow.source_id == entry_id)
    row = session.scalar(query)
    if row is None:
        raise EntryNotRead("There is no text of entry {entry_id} to ask about.", entry_id=entry_id)
    return kept_text(row)


def answered(session: Session, province: str, now: datetime) -> list[datetime]:
    """Return when a province was answered of late; nobody answers it meanwhile."""
    lock(session, f"exchange {province}")
    return list(
        session.scalars(
            select(ComparisonRow.at).where(
                ComparisonRow.way == "ANSWERED",
                ComparisonRow.province == province,
                ComparisonRow.at > now - REMEMBERED,
            )
        )
    )


def save_comparison(session: Session, line: originality.ComparisonLine) -> None:
    """Record that a comparison was made: who, when and how much; nothing of what was in it."""
    session.add(
        ComparisonRow(
            way=line.way,
            province=line.province,
            at=line.at,
            by=line.by,
            fingerprints=line.fingerprints,
            band=line.band,
            entry_id=line.entry_id,
        )
    )


def list_comparisons(session: Session) -> tuple[originality.ComparisonLine, ...]:
    """Return the newest comparisons on record."""
    rows = session.scalars(
        select(ComparisonRow).order_by(ComparisonRow.number.desc()).limit(LISTED)
    )
    return tuple(
        originality.ComparisonLine(
            way=cast(Any, row.way),
            province=row.province,
            at=row.at,
            by=row.by,
            fingerprints=row.fingerprints,
            band=cast(Any, row.band),
            entry_id=row.entry_id,
        )
        for row in rows
    )

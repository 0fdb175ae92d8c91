"""Texts and their fingerprints: what may be a source of what, and which are worth aligning.

Fingerprints are a posting a row, right for the texts of a contest and a register of thousands.
Every query names the tenant besides row-level security, so that it can use the index.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    and_,
    any_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from kernel.tables import current_tenant
from services.originality.domain import Entry
from services.originality.store.tables import FingerprintRow, TextRow

SHARED = 2  # fingerprints; any 40 words in a row have more


class Kind(StrEnum):
    """Where a text comes from."""

    ENTRY = "ENTRY"
    KNOWN_INITIATIVE = "KNOWN_INITIATIVE"


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text of the index. `source_id` is an entry's id or a code of the register."""

    kind: Kind
    source_id: str
    title: str
    body: str
    register: str = ""
    contest_id: str | None = None
    filed_at: datetime | None = None
    applied_at: str | None = None
    applied_on: date | None = None


def lock_contest(session: Session, contest_id: str) -> None:
    """Let one transaction at a time index and compare entries of a contest.

    Otherwise two entries indexed at once would not see each other. The register stays as it is
    meanwhile.
    """
    register = _key("register")
    session.execute(select(func.pg_advisory_xact_lock_shared(register)))
    session.execute(select(func.pg_advisory_xact_lock(_key(f"contest {contest_id}"))))


def lock_register(session: Session) -> None:
    """Let nobody compare anything while the register changes."""
    session.execute(select(func.pg_advisory_xact_lock(_key("register"))))


def _key(name: str) -> ColumnElement[int]:
    """Return the number of an advisory lock of this tenant."""
    return func.hashtextextended(f"originality {current_tenant.get()} {name}", 0)


def save_text(session: Session, text: KeptText, fingerprints: Iterable[int]) -> int:
    """Put a text into the index in place of what its source had there; return its id."""
    _drop(session, text.kind, text.register, text.source_id)
    text_id = session.scalar(
        insert(TextRow)
        .values(
            kind=text.kind,
            register=text.register,
            source_id=text.source_id,
            title=text.title,
            body=zlib.compress(text.body.encode()),
            contest_id=text.contest_id,
            filed_at=text.filed_at,
            applied_at=text.applied_at,
            applied_on=text.applied_on,
        )
        .returning(TextRow.text_id)
    )
    postings = [{"hash": value, "text_id": text_id} for value in fingerprints]
    if postings:
        session.execute(insert(FingerprintRow), postings)
    return int(text_id or 0)


def drop_entry_text(session: Session, entry_id: str) -> None:
    """Take an entry's text out of the index."""
    _drop(session, Kind.ENTRY, "", entry_id)


def _drop(session: Session, kind: Kind, register: str, source_id: str) -> None:
    """Take a source out of the index."""
    gone = (
        delete(TextRow)
        .where(TextRow.kind == kind, TextRow.register == register, TextRow.source_id == source_id)
        .returning(TextRow.text_id)
    )
    for text_id in session.scalars(gone).all():
        session.execute(delete(FingerprintRow).where(FingerprintRow.text_id == text_id))


def entry_text(session: Session, entry_id: str) -> tuple[int, str]:
    """Return the id and the body of an entry's text; an unreadable entry's body is empty."""
    query = select(TextRow).where(TextRow.kind == Kind.ENTRY, TextRow.source_id == entry_id)
    row = session.scalars(query).one()
    return row.text_id, zlib.decompress(row.body).decode()


def find_texts(session: Session, text_ids: Sequence[int]) -> dict[int, KeptText]:
    """Read texts by their ids."""
    rows = session.scalars(select(TextRow).where(TextRow.text_id.in_(text_ids)))
    return {
        row.text_id: KeptText(
            kind=Kind(row.kind),
            source_id=row.source_id,
            title=row.title,
            body=zlib.decompress(row.body).decode(),
            register=row.register,
            contest_id=row.contest_id,
            filed_at=row.filed_at,
            applied_at=row.applied_at,
            applied_on=row.applied_on,
        )
        for row in rows
    }


def count_known(session: Session) -> int:
    """Return how many initiatives the registers hold."""
    query = select(func.count()).where(TextRow.kind == Kind.KNOWN_INITIATIVE)
    return session.scalar(query) or 0


def candidates(session: Session, entry: Entry, text_id: int, cutoff: date, most: int) -> list[int]:
    """Return the texts most like an entry's among those that were there before it.

    These are the initiatives applied up to the cut-off date, or at an unknown date, and the
    entries of the same contest filed earlier. A hash that many of them have says little.
    """
    known = and_(
        TextRow.kind == Kind.KNOWN_INITIATIVE,
        or_(TextRow.applied_on.is_(None), TextRow.applied_on <= cutoff),
    )
    earlier = and_(
        TextRow.kind == Kind.ENTRY,
        TextRow.contest_id == entry.contest_id,
        tuple_(TextRow.filed_at, TextRow.source_id) < (entry.filed_at, entry.entry_id),
    )
    shared = _sharing([text_id], or_(known, earlier)).subquery()
    rare_first = func.sum(1.0 / shared.c.commonness).desc()
    query = select(shared.c.text_id).group_by(shared.c.text_id)
    query = query.having(func.count() >= SHARED).order_by(rare_first, shared.c.text_id)
    return list(session.scalars(query.limit(most)))


def later_entries_alike(
    session: Session, text_ids: Sequence[int], after: Entry | None = None
) -> list[str]:
    """Return the entries that share fingerprints with these texts and may owe them something.

    With `after`, only entries of its contest filed later than it.
    """
    wanted = TextRow.kind == Kind.ENTRY
    if after is not None:
        wanted = and_(
            wanted,
            TextRow.contest_id == after.contest_id,
            tuple_(TextRow.filed_at, TextRow.source_id) > (after.filed_at, after.entry_id),
        )
    shared = _sharing(text_ids, wanted).subquery()
    query = select(shared.c.source_id).group_by(shared.c.source_id, shared.c.owner)
    return sorted(set(session.scalars(query.having(func.count() >= SHARED))))


def _sharing(text_ids: Sequence[int], wanted: ColumnElement[bool]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Select every fingerprint these texts share with wanted ones, and in how many of those."""
    tenant = current_tenant.get()
    own, other = aliased(FingerprintRow), aliased(FingerprintRow)
    mine = literal(list(text_ids), ARRAY(BigInteger))
    return (
        select(
            other.text_id,
            own.text_id.label("owner"),
            TextRow.source_id,
            func.count().over(partition_by=other.hash).label("commonness"),
        )
        .join(other, and_(other.hash == own.hash, other.tenant == tenant))
        .join(TextRow, and_(TextRow.text_id == other.text_id, TextRow.tenant == tenant))
        .where(own.text_id == any_(mine), own.tenant == tenant, wanted)
    )

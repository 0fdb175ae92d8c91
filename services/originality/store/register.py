"""The register of known initiatives: who is in it, who tells the same, who goes."""

from collections.abc import Collection, Iterable

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from contracts import originality
from kernel.errors import NotYet
from kernel.tables import current_tenant
from services.originality.domain.twins import Shared, Span
from services.originality.store import postings
from services.originality.store.index import drop_text, kept_text
from services.originality.store.kept import KeptText, Kind
from services.originality.store.papers import PaperRow
from services.originality.store.postings import Channel
from services.originality.store.tables import TextRow
from services.originality.store.wanted import among

MOST_ALIKE = 20  # initiatives a new one is compared with for being the same


def load_known(session: Session, register: str, codes: Collection[str]) -> dict[str, KeptText]:
    """Read the initiatives of a register with these codes, by code."""
    query = select(TextRow).where(
        TextRow.kind == Kind.KNOWN_INITIATIVE,
        TextRow.register == register,
        TextRow.source_id.in_(sorted(codes)),
    )
    return {row.source_id: kept_text(row) for row in session.scalars(query)}


def adopted_body(session: Session, entry_id: str) -> str:
    """Read the text of an entry; raise `NotYet` until it has been handed in."""
    query = select(TextRow).where(TextRow.kind == Kind.ENTRY, TextRow.source_id == entry_id)
    row = session.scalar(query)
    if row is None:
        raise NotYet(f"The text of entry {entry_id} has not been read yet.")
    return kept_text(row).body


def find_sharing(
    session: Session, register: str, fingerprints: Iterable[int], digest: str
) -> list[Shared]:
    """Return the initiatives of a register that have this very text, or many of these hashes."""
    here = and_(
        TextRow.tenant == current_tenant.get(),
        TextRow.kind == Kind.KNOWN_INITIATIVE,
        TextRow.register == register,
    )
    found = postings.search(
        session,
        Channel.FINGERPRINT,
        list(fingerprints),
        limit=MOST_ALIKE,
        keep=among(session, here),
    )
    shared = {one.text_id: one.shared for one in found}
    query = select(TextRow).where(here, or_(TextRow.text_id.in_(shared), TextRow.sha256 == digest))
    return [
        Shared(row.source_id, row.title, row.sha256, row.prints, shared.get(row.text_id, 0))
        for row in session.scalars(query)
    ]


def list_known(session: Session, register: str | None) -> tuple[originality.InitiativeLine, ...]:
    """List what a register holds, or all of them, by register and code."""
    here = and_(PaperRow.register == TextRow.register, PaperRow.code == TextRow.source_id)
    waits = case((PaperRow.content.is_not(None), "WAITING"))
    reading = func.coalesce(waits, PaperRow.problem, "")
    query = select(
        *(TextRow.register, TextRow.source_id, TextRow.title, TextRow.applied_at, TextRow.scope),
        *(TextRow.applied_on, TextRow.applied_until, TextRow.entry_id),
        reading.label("reading"),
    ).where(TextRow.kind == Kind.KNOWN_INITIATIVE)
    query = query.outerjoin(PaperRow, here)
    if register is not None:
        query = query.where(TextRow.register == register)
    rows = session.execute(query.order_by(TextRow.register, TextRow.source_id))
    return tuple(
        originality.InitiativeLine(
            register=row.register,
            code=row.source_id,
            title=row.title,
            applied_at=row.applied_at or "",
            scope=row.scope,
            applied_on=row.applied_on,
            applied_until=row.applied_until,
            entry_id=row.entry_id,
            reading=row.reading,
        )
        for row in rows
    )


def widen(session: Session, register: str, code: str, span: Span) -> None:
    """Let an initiative have been applied in this span too."""
    row = session.scalars(
        select(TextRow)
        .where(TextRow.kind == Kind.KNOWN_INITIATIVE, TextRow.register == register)
        .where(TextRow.source_id == code)
        .with_for_update()
    ).one()
    whole = Span(row.applied_on, row.applied_until).merged(span)
    row.applied_on, row.applied_until = whole.first, whole.last


def drop_known(session: Session, register: str, code: str) -> bool:
    """Take an initiative out of a register; say whether it was there."""
    return drop_text(session, Kind.KNOWN_INITIATIVE, register, code)

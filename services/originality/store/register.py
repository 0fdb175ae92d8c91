"""The register of known initiatives: who is in it, who tells the same, who goes."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select, tuple_
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


def is_known(session: Session, text: KeptText) -> bool:
    """Say whether an initiative is in its register just so."""
    return load_known(session, text.register, [text.source_id]).get(text.source_id) == text


def list_known(
    session: Session, asked: originality.ListInitiatives
) -> tuple[originality.InitiativeLine, ...]:
    """List what a register holds, or all of them, by register and code."""
    query = _lines()
    if asked.register is not None:
        query = query.where(TextRow.register == asked.register)
    if asked.known_from is not None:
        query = query.where(TextRow.scope == asked.known_from)
    sought = (TextRow.title, TextRow.source_id, TextRow.applied_at)
    for word in asked.words.split():
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in sought)))
    place = tuple_(TextRow.register, TextRow.source_id)
    if asked.after is not None:
        query = query.where(place > asked.after)
    ordered = query.order_by(TextRow.register, TextRow.source_id)
    return tuple(map(_line, session.execute(ordered.offset(asked.first).limit(asked.most))))


def show_known(session: Session, register: str, code: str) -> originality.Initiative | None:
    """Return an initiative of a register with its text, None if it is not there."""
    here = (TextRow.register == register, TextRow.source_id == code)
    row = session.execute(_lines().where(*here)).first()
    if row is None:
        return None
    text = load_known(session, register, [code])[code]
    return originality.Initiative(line=_line(row), summary=text.summary, text=text.body)


def _lines() -> Any:  # noqa: ANN401  # a select of so many columns has no name
    """Select what lines of the list are made of."""
    here = and_(PaperRow.register == TextRow.register, PaperRow.code == TextRow.source_id)
    waits = case((PaperRow.content.is_not(None), "WAITING"))
    reading = func.coalesce(waits, PaperRow.problem, "")
    return (
        select(
            *(TextRow.register, TextRow.source_id, TextRow.title, TextRow.applied_at),
            *(TextRow.scope, TextRow.applied_on, TextRow.applied_until, TextRow.entry_id),
            reading.label("reading"),
        )
        .outerjoin(PaperRow, here)
        .where(TextRow.kind == Kind.KNOWN_INITIATIVE)
    )


def _line(row: Row[Any]) -> originality.InitiativeLine:
    return originality.InitiativeLine(
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

"""What a text is compared with, counted, and a source's text as it is now."""

import zlib

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session

from services.originality.domain import Entry, Policy
from services.originality.store.kept import Kind
from services.originality.store.tables import TextRow
from services.originality.store.wanted import counting


def count_sources(
    session: Session, entry: Entry, policy: Policy, newest: int
) -> tuple[int, int, tuple[str, ...]]:
    """Count the earlier entries and the known initiatives that count, and name the registers.

    Texts after the one with the number `newest` are not counted.
    """
    known = and_(counting(policy, entry.entry_id), TextRow.text_id <= newest)
    earlier = and_(
        TextRow.text_id <= newest,
        TextRow.kind == Kind.ENTRY,
        TextRow.contest_id == entry.contest_id,
        tuple_(TextRow.filed_at, TextRow.source_id) < (entry.filed_at, entry.entry_id),
    )
    entries = session.scalar(select(func.count()).select_from(TextRow).where(earlier)) or 0
    by_register = session.execute(
        select(TextRow.register, func.count()).where(known).group_by(TextRow.register)
    ).all()
    registers = tuple(sorted(name for name, _ in by_register))
    return entries, sum(count for _, count in by_register), registers


def source_text(session: Session, kind: str, register: str, source_id: str) -> str | None:
    """Read a source's text, if it has one still."""
    body = session.scalar(
        select(TextRow.body).where(
            TextRow.kind == kind, TextRow.register == register, TextRow.source_id == source_id
        )
    )
    return None if body is None else zlib.decompress(body).decode()

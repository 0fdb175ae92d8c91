"""Which entries of a contest are listed, in which order, and from where on."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from services.intake.store.tables import EntryRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """The entries of a contest that are asked for; None does not ask.

    `after` is the id of the entry that a page before ended with, `limit` how many lines at most.
    """

    contest_id: str
    state: str | None = None
    area: str | None = None
    channel: str | None = None
    unit_id: str | None = None
    after: str | None = None
    limit: int | None = None


def listed(session: Session, wanted: Wanted) -> Select[EntryRow]:
    """Return the question for what is wanted, in the order it was received, drafts last."""
    query = select(EntryRow).where(EntryRow.contest_id == wanted.contest_id)
    for name in ("state", "area", "channel", "unit_id"):
        asked = getattr(wanted, name)
        if asked is not None:
            query = query.where(getattr(EntryRow, name) == asked)
    if wanted.after is not None:
        last = session.scalar(select(EntryRow).where(EntryRow.entry_id == wanted.after))
        # Of an entry that is not there, nobody can say what comes after it.
        query = query.where(beyond(last) if last else EntryRow.entry_id.is_(None))
    if wanted.limit is not None:
        query = query.limit(wanted.limit)
    return query.order_by(
        EntryRow.received_at.nulls_last(),
        EntryRow.receipt_code,
        EntryRow.drafted_at,
        EntryRow.entry_id,
    )


def beyond(last: EntryRow) -> ColumnElement[bool]:
    """Return what stands after an entry in this order."""
    if last.received_at is None:
        here = tuple_(EntryRow.drafted_at, EntryRow.entry_id)
        after = here > tuple_(last.drafted_at, last.entry_id)
        return and_(EntryRow.received_at.is_(None), after)
    later = or_(EntryRow.received_at.is_(None), EntryRow.received_at > last.received_at)
    if last.receipt_code is None:  # late ones have none until they are let in
        here = tuple_(EntryRow.drafted_at, EntryRow.entry_id)
        after = here > tuple_(last.drafted_at, last.entry_id)
        at_once = and_(EntryRow.receipt_code.is_(None), after)
    else:
        at_once = or_(EntryRow.receipt_code.is_(None), EntryRow.receipt_code > last.receipt_code)
    return or_(later, and_(EntryRow.received_at == last.received_at, at_once))

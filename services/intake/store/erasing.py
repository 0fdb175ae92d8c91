"""What intake knows of a contest's entrants, found and removed.

Digests, receipt codes, titles and instants stay: the record and the results rest on them.
Documents' objects are removed after the commit, by the sweep of leftovers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Update, delete, null, select, text, update
from sqlalchemy.orm import Session

from services.intake.store.tables import (
    AuthorRow,
    BlindCopyRow,
    ConfirmationRow,
    DocumentRow,
    EntryRow,
    ErasureRow,
    HandoverRow,
    IssuedReceiptRow,
    OfficerRow,
    PersonRow,
    SeatRow,
    ShareRow,
    TimelineRow,
)

# Of what was handed in, title, summary and area stay.
_HANDED_IN = text(
    "UPDATE version SET content = content || jsonb_build_object('papers', '[]'::jsonb, 'contents',"
    " content -> 'contents' || jsonb_build_object("
    "'authors', '[]'::jsonb, 'enterprise', NULL, 'improves', '[]'::jsonb))"
    " WHERE entry_id = ANY(:entries)"
)
_TOLD = text(
    "DELETE FROM outbox WHERE type = 'intake.PersonRegistered' AND sent_at IS NOT NULL"
    " AND convert_from(envelope, 'UTF8')::jsonb -> 'body' ->> 'person_id' = ANY(:people)"
)


def is_erased(session: Session, contest_id: str) -> bool:
    """Tell whether the contest's entrants were forgotten already."""
    query = select(ErasureRow.contest_id).where(ErasureRow.contest_id == contest_id)
    return session.scalar(query) is not None


def note_erased(session: Session, contest_id: str, at: datetime, by: str, minutes: str) -> None:
    """Remember that the contest's entrants are forgotten."""
    session.add(ErasureRow(contest_id=contest_id, erased_at=at, erased_by=by, minutes=minutes))


def entry_ids(session: Session, contest_id: str) -> tuple[str, ...]:
    """Return the entries of a contest, drafts too."""
    query = select(EntryRow.entry_id).where(EntryRow.contest_id == contest_id)
    return tuple(session.scalars(query.order_by(EntryRow.entry_id)))


def entrants(session: Session, contest_id: str) -> frozenset[str]:
    """Return the authors of a contest's entries."""
    query = select(AuthorRow.person_id).join(
        EntryRow, (EntryRow.tenant == AuthorRow.tenant) & (EntryRow.entry_id == AuthorRow.entry_id)
    )
    return frozenset(session.scalars(query.where(EntryRow.contest_id == contest_id)))


def needed(session: Session, contest_id: str) -> frozenset[str]:
    """Return who is known for another reason: other contests' authors, judges, officers."""
    over = select(ErasureRow.contest_id)
    others = (
        select(AuthorRow.person_id)
        .join(
            EntryRow,
            (EntryRow.tenant == AuthorRow.tenant) & (EntryRow.entry_id == AuthorRow.entry_id),
        )
        .where(EntryRow.contest_id != contest_id, EntryRow.contest_id.not_in(over))
    )
    found = (others, select(SeatRow.person_id), select(OfficerRow.person_id))
    return frozenset(person for query in found for person in session.scalars(query))


def erase(session: Session, entries: Sequence[str], people: Sequence[str]) -> int:
    """Remove what tells who handed these entries in; return how many rows that touched."""
    rows = sum(_count(session, statement) for statement in _statements(entries, people))
    session.execute(_HANDED_IN, {"entries": [*entries]})
    session.execute(_TOLD, {"people": [*people]})
    return rows


def leave_documents(session: Session, entries: Sequence[str]) -> int:
    """Have the objects of documents removed by the next sweeps; return how many."""
    stored = DocumentRow.stored_at.is_not(None) | (DocumentRow.state == "QUARANTINED")
    documents = update(DocumentRow).where(DocumentRow.entry_id.in_(entries), stored)
    gone = {"leftover": DocumentRow.key, "file_name": "", "sent_name": ""}
    return _count(session, documents.values(gone))


def take_copies(session: Session, entries: Sequence[str]) -> tuple[str, ...]:
    """Forget the copies for judges, and the words left out of them; return their objects' keys."""
    rows = session.scalars(select(BlindCopyRow).where(BlindCopyRow.entry_id.in_(entries))).all()
    for row in rows:
        session.delete(row)
    keys = ((row.content.get("key"), row.content.get("shown_key"), row.leftover) for row in rows)
    return tuple(sorted({key for three in keys for key in three if key}))


def _statements(entries: Sequence[str], people: Sequence[str]) -> list[Update | Delete]:
    return [
        update(AuthorRow)
        .where(AuthorRow.entry_id.in_(entries))
        .values(full_name="", email=None, phone=None, position=None),
        update(EntryRow)
        .where(EntryRow.entry_id.in_(entries))
        .values(enterprise=null(), working=null(), improves=[]),
        update(IssuedReceiptRow)
        .where(IssuedReceiptRow.entry_id.in_(entries))
        .values(paper="", signed=""),
        update(TimelineRow).where(TimelineRow.entry_id.in_(entries)).values(note=""),
        update(ConfirmationRow).where(ConfirmationRow.entry_id.in_(entries)).values(note=""),
        delete(HandoverRow).where(HandoverRow.entry_id.in_(entries)),
        delete(ShareRow).where(ShareRow.entry_id.in_(entries)),
        delete(PersonRow).where(PersonRow.person_id.in_(people)),
    ]


def _count(session: Session, statement: Update | Delete) -> int:
    done: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)

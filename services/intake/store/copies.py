"""Copies of papers and who judges what, kept and found again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import convert, to_builtins
from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.domain.copies import BlindCopy, CopyState, NoSuchCopy
from services.intake.store.tables import BlindCopyRow, EntryRow, JudgedEntryRow

SWEPT_AT_ONCE = 100


def add_copy(session: Session, copy: BlindCopy) -> None:
    """Keep a copy that was made."""
    session.add(
        BlindCopyRow(
            entry_id=copy.entry_id,
            version=copy.version,
            place=copy.place,
            number=copy.number,
            contest_id=copy.contest_id,
            state=copy.state,
            content=to_builtins(copy),
        )
    )
    session.flush()


def save_copy(session: Session, copy: BlindCopy, leftover: str | None = None) -> None:
    """Write what became of a copy; a `leftover` is an object that is removed later."""
    query = select(BlindCopyRow).where(
        BlindCopyRow.entry_id == copy.entry_id,
        BlindCopyRow.version == copy.version,
        BlindCopyRow.place == copy.place,
        BlindCopyRow.number == copy.number,
    )
    row = session.scalars(query).one()
    row.state, row.content = copy.state, to_builtins(copy)
    row.leftover = leftover or row.leftover


def take_back(session: Session, copy: BlindCopy, to: CopyState) -> BlindCopy:
    """Put a copy out of judges' reach; links they were given end when its object is removed."""
    hidden = replace(copy, state=to, shown_key="")
    save_copy(session, hidden, copy.shown_key or None)
    return hidden


def load_copies(session: Session, entry_id: str, version: int) -> tuple[BlindCopy, ...]:
    """Read the newest copy of each paper of a version, by place."""
    query = select(BlindCopyRow).where(
        BlindCopyRow.entry_id == entry_id,
        BlindCopyRow.version == version,
        BlindCopyRow.state != CopyState.REPLACED,
    )
    return tuple(map(_copy, session.scalars(query.order_by(BlindCopyRow.place))))


def load_copy(session: Session, entry_id: str, version: int, place: int) -> BlindCopy:
    """Read the newest copy of a paper. Raises `NoSuchCopy`."""
    for copy in load_copies(session, entry_id, version):
        if copy.place == place:
            return copy
    raise NoSuchCopy


def load_all(session: Session, contest_id: str) -> tuple[BlindCopy, ...]:
    """Read the newest copies of the versions that count of a contest's entries."""
    query = select(BlindCopyRow).join(
        EntryRow,
        (EntryRow.entry_id == BlindCopyRow.entry_id) & (EntryRow.version == BlindCopyRow.version),
    )
    return tuple(map(_copy, session.scalars(_of_contest(query, contest_id))))


def count_waiting(session: Session, contest_id: str) -> int:
    """Return how many copies of a contest wait to be checked."""
    query = select(func.count()).select_from(BlindCopyRow)
    return (
        session.scalar(
            query.where(
                BlindCopyRow.contest_id == contest_id, BlindCopyRow.state == CopyState.WAITING
            )
        )
        or 0
    )


def take_leftovers(session: Session) -> tuple[str, ...]:
    """Return the keys of objects to be removed; if that fails they stay to be removed."""
    query = select(BlindCopyRow).where(BlindCopyRow.leftover.is_not(None))
    rows = session.scalars(query.limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)).all()
    keys = tuple(row.leftover for row in rows if row.leftover)
    for row in rows:
        row.leftover = None
    return keys


def keep_judges(
    session: Session,
    place: tuple[str, str, str],
    code: str,
    judge_ids: Sequence[str],
    at: datetime,
) -> None:
    """Keep who judges an entry, unless a newer word is known; `place` is contest, round, entry."""
    contest_id, round_id, entry_id = place
    said = {"code": code, "judge_ids": list(judge_ids), "said_at": at}
    new = insert(JudgedEntryRow).values(
        tenant=current_tenant.get(),
        contest_id=contest_id,
        round_id=round_id,
        entry_id=entry_id,
        **said,
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["tenant", "contest_id", "round_id", "entry_id"],
            set_=said,
            where=JudgedEntryRow.said_at <= at,
        )
    )


def judged_entry(session: Session, place: tuple[str, str, str], judge_id: str) -> str:
    """Return the entry a judge knows by a code; `place` is contest, round, code.

    Raises `NoSuchCopy`, the same for a code there is not and for one on another's desk.
    """
    contest_id, round_id, code = place
    query = select(JudgedEntryRow.entry_id).where(
        JudgedEntryRow.contest_id == contest_id,
        JudgedEntryRow.round_id == round_id,
        JudgedEntryRow.code == code,
        JudgedEntryRow.judge_ids.contains([judge_id]),
    )
    entry_id = session.scalar(query)
    if entry_id is None:
        raise NoSuchCopy
    return entry_id


def _of_contest(query: Select[BlindCopyRow], contest_id: str) -> Select[BlindCopyRow]:
    return query.where(
        BlindCopyRow.contest_id == contest_id, BlindCopyRow.state != CopyState.REPLACED
    ).order_by(BlindCopyRow.entry_id, BlindCopyRow.place)


def _copy(row: BlindCopyRow) -> BlindCopy:
    return convert(row.content, BlindCopy)

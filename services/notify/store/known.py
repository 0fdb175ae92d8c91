"""What notify has learnt: contests, people and entries."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotYet
from services.notify.domain import Contest, Entry
from services.notify.store.table import Table


class ContestRow(Row, Table):
    """One row per contest: what letters quote of its newest rules."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)


class PersonRow(Row, Table):
    """One row per person: the only name and address notify has of them."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str | None]
    told_at: Mapped[datetime]


class EntryRow(Row, Table):
    """One row per entry handed in."""

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    receipt_code: Mapped[str]
    title: Mapped[str]
    author_ids: Mapped[list[str]]
    filed_by: Mapped[str]
    filed_through: Mapped[str]
    external_code: Mapped[str | None]
    version: Mapped[int]
    accepted: Mapped[bool] = mapped_column(default=False)
    out: Mapped[bool] = mapped_column(default=False)


def save_contest(session: Session, tenant: str, contest: Contest) -> None:
    """Write the contest, unless a newer amendment is known already."""
    row = {
        "tenant": tenant,
        "contest_id": contest.contest_id,
        "number": contest.number,
        "facts": msgspec.to_builtins(contest),
    }
    write = insert(ContestRow).values(row)
    newer = write.excluded.number > ContestRow.number
    changed = {"number": write.excluded.number, "facts": write.excluded.facts}
    keys = [ContestRow.tenant, ContestRow.contest_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_=changed, where=newer))


def load_contest(session: Session, contest_id: str) -> Contest:
    """Read a contest; raise `NotYet` while its opening has not been heard of."""
    row = session.scalar(select(ContestRow).where(ContestRow.contest_id == contest_id))
    if row is None:
        raise NotYet("The contest's opening has not arrived yet.")
    return msgspec.convert(row.facts, Contest)


def save_person(session: Session, row: dict[str, Any]) -> None:
    """Write somebody's name and address, unless newer ones are known already."""
    write = insert(PersonRow).values(row)
    changed = {name: write.excluded[name] for name in ("full_name", "email", "told_at")}
    newer = write.excluded.told_at >= PersonRow.told_at
    keys = [PersonRow.tenant, PersonRow.person_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_=changed, where=newer))


def load_people(session: Session, person_ids: set[str]) -> dict[str, PersonRow]:
    """Read those people who are known."""
    rows = session.scalars(select(PersonRow).where(PersonRow.person_id.in_(person_ids)))
    return {row.person_id: row for row in rows}


def save_entry(session: Session, tenant: str, entry: Entry) -> None:
    """Write an entry as handed in, unless a later submission is known already."""
    row = {**msgspec.to_builtins(entry), "tenant": tenant}
    write = insert(EntryRow).values(row)
    lasting = {"tenant", "entry_id", "accepted", "out"}  # told by other events, in any order
    changed = {name: write.excluded[name] for name in row if name not in lasting}
    newer = write.excluded.version > EntryRow.version
    keys = [EntryRow.tenant, EntryRow.entry_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_=changed, where=newer))


def load_entry(session: Session, entry_id: str) -> Entry:
    """Read an entry; raise `NotYet` while its submission has not been heard of."""
    return to_entry(load_row(session, select(EntryRow).where(EntryRow.entry_id == entry_id)))


def load_entries(session: Session, entry_ids: tuple[str, ...]) -> tuple[Entry, ...]:
    """Read entries in the order asked for; raise `NotYet` if one has not been heard of."""
    return tuple(load_entry(session, entry_id) for entry_id in entry_ids)


def load_judged(session: Session, contest_id: str) -> tuple[Entry, ...]:
    """Read the entries of a contest that were accepted and stayed in it."""
    rows = select(EntryRow).where(EntryRow.contest_id == contest_id, EntryRow.accepted)
    rows = rows.where(~EntryRow.out).order_by(EntryRow.receipt_code, EntryRow.entry_id)
    return tuple(to_entry(row) for row in session.scalars(rows))


def mark_accepted(session: Session, entry_id: str) -> Entry:
    """Remember that the entry takes part."""
    row = load_row(session, locked(entry_id))
    row.accepted = True
    return to_entry(row)


def mark_out(session: Session, entry_id: str) -> Entry:
    """Remember that the entry no longer takes part."""
    row = load_row(session, locked(entry_id))
    row.out = True
    return to_entry(row)


def locked(entry_id: str) -> Select[EntryRow]:
    """Ask for an entry's row, locked until the work is done."""
    return select(EntryRow).where(EntryRow.entry_id == entry_id).with_for_update()


def load_row(session: Session, query: Select[EntryRow]) -> EntryRow:
    """Read the row asked for; raise `NotYet` if there is none."""
    row = session.scalar(query)
    if row is None:
        raise NotYet("The entry's submission has not arrived yet.")
    return row


def to_entry(row: EntryRow) -> Entry:
    """Make the value of a row."""
    return msgspec.convert(row, Entry, from_attributes=True)

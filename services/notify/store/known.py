"""What notify has learnt: contests, people and entries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotYet
from services.notify.domain import Contest, Entry
from services.notify.store.table import Table, ours

READ = "contests read"  # in the `info` of a session: what its transaction has read already


class ContestRow(Row, Table):
    """One row per contest: what letters quote of its newest rules."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    results_at: Mapped[datetime | None]


class PersonRow(Row, Table):
    """One row per person: the only name and address notify has of them."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    bounced_email: Mapped[str | None]  # an address that turned out to be none
    told_at: Mapped[datetime]
    unit_id: Mapped[str | None]
    roles: Mapped[list[str]]


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
    unit_id: Mapped[str | None]


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
    session.info.get(READ, {}).pop(contest.contest_id, None)


def load_contest(session: Session, contest_id: str) -> Contest:
    """Read a contest; raise `NotYet` while its opening has not been heard of."""
    contest = find_contest(session, contest_id)
    if contest is None:
        raise NotYet("The contest's opening has not arrived yet.")
    return contest


def find_contest(session: Session, contest_id: str) -> Contest | None:
    """Read a contest, if its opening has been heard of; a transaction reads it once."""
    known = session.info.setdefault(READ, {})
    if contest_id not in known:
        row = session.scalar(select(ContestRow).where(ContestRow.contest_id == contest_id))
        if row is None:
            return None
        known[contest_id] = msgspec.convert(row.facts, Contest)
    return cast(Contest, known[contest_id])


def save_person(session: Session, row: dict[str, Any]) -> None:
    """Write somebody's name and addresses, unless newer ones are known already.

    Roles stay as they are where nothing is said of them.
    """
    write = insert(PersonRow).values({**row, "roles": row["roles"] or []})
    names = ("full_name", "email", "phone", "unit_id", "told_at")
    changed = {name: write.excluded[name] for name in names}
    if row["roles"] is not None:
        changed["roles"] = write.excluded.roles
    newer = write.excluded.told_at >= PersonRow.told_at
    keys = [PersonRow.tenant, PersonRow.person_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_=changed, where=newer))


def learn_roles(
    session: Session, tenant: str, roles: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Write the roles of people who are known, by their ids; return whose those are."""
    rows = select(PersonRow).where(PersonRow.tenant == tenant, PersonRow.person_id.in_(roles))
    people = session.scalars(rows.with_for_update()).all()
    for person in people:
        person.roles = list(roles[person.person_id])
    return frozenset(person.person_id for person in people)


def load_people(session: Session, person_ids: set[str]) -> dict[str, PersonRow]:
    """Read those people who are known."""
    named = (ours(PersonRow), PersonRow.person_id.in_(person_ids))
    rows = session.scalars(select(PersonRow).where(*named))
    return {row.person_id: row for row in rows}


def load_serving(
    session: Session, *roles: str, units: Collection[str] | None = None
) -> tuple[PersonRow, ...]:
    """Read who serves in one of these roles, by id; in any unit unless some are named."""
    rows = select(PersonRow).where(PersonRow.roles.overlap(list(roles)))
    if units is not None:
        rows = rows.where(PersonRow.unit_id.in_(units))
    return tuple(session.scalars(rows.order_by(PersonRow.person_id)))


def load_contacts(session: Session, units: set[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Read who speaks for units, coordinators and heads, by unit; of all units if none is named.

    Where a unit has coordinators its head is not troubled.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for person in load_serving(session, "coordinator", "head", units=units):
        if person.unit_id is not None:
            role = "coordinator" if "coordinator" in person.roles else "head"
            found.setdefault(person.unit_id, {}).setdefault(role, []).append(person.person_id)
    return {
        unit: tuple(by_role.get("coordinator") or by_role.get("head", []))
        for unit, by_role in found.items()
    }


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
    found = find_entries(session, entry_ids)
    if len(found) < len(set(entry_ids)):
        raise NotYet("The entry's submission has not arrived yet.")
    return tuple(found[entry_id] for entry_id in entry_ids)


def find_entries(session: Session, entry_ids: Collection[str]) -> dict[str, Entry]:
    """Read those of the entries that have been heard of, by id."""
    rows = session.scalars(select(EntryRow).where(EntryRow.entry_id.in_(entry_ids)))
    return {row.entry_id: to_entry(row) for row in rows}


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


def people_of(session: Session, unit_id: str) -> frozenset[str]:
    """Name everybody who is registered with a unit."""
    query = select(PersonRow.person_id).where(PersonRow.unit_id == unit_id)
    return frozenset(session.scalars(query))

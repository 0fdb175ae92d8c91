"""Agencies and people, kept and found again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.intake import Agency
from kernel.tables import current_tenant
from services.intake.domain.eligibility import email_key
from services.intake.store.tables import AgencyRow, PersonRow


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be written to."""

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


def save_agencies(session: Session, agencies: Iterable[Agency]) -> int:
    """Record units, anew where they are known; return how many are known now."""
    tenant = current_tenant.get()
    rows = {one.unit_id: {"tenant": tenant, **structs.asdict(one)} for one in agencies}
    if rows:
        new = insert(AgencyRow).values(list(rows.values()))
        changed = {name: new.excluded[name] for name in Agency.__struct_fields__}
        session.execute(
            new.on_conflict_do_update(index_elements=["tenant", "unit_id"], set_=changed)
        )
    return session.scalar(select(func.count()).select_from(AgencyRow)) or 0


def load_agencies(session: Session) -> tuple[Agency, ...]:
    """Return every known unit, by its id."""
    rows = session.scalars(select(AgencyRow).order_by(AgencyRow.unit_id))
    return tuple(
        Agency(
            unit_id=row.unit_id,
            name=row.name,
            kind=row.kind,
            short_name=row.short_name,
            parent_id=row.parent_id,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def known_units(session: Session) -> frozenset[str]:
    """Return the ids of all known units."""
    return frozenset(session.scalars(select(AgencyRow.unit_id)))


def unit_names(session: Session, unit_ids: Collection[str | None]) -> dict[str, str]:
    """Return the names of units, by their ids, as they are today; unknown ones are left out."""
    query = select(AgencyRow).where(AgencyRow.unit_id.in_(unit_ids))
    return {row.unit_id: row.name for row in session.scalars(query)}


def find_person(session: Session, person_id: str) -> Person | None:
    """Return a registered person."""
    return _person(session.get(PersonRow, (current_tenant.get(), person_id)))


def find_by_email(session: Session, email: str) -> Person | None:
    """Return who registered this address first.

    Until the work is done nobody else finds or registers the same address, so that two entries
    naming a new co-author at once agree on who that is.
    """
    key = email_key(email)
    lock = func.hashtextextended(f"person:{current_tenant.get()}:{key}", 0)
    session.execute(select(func.pg_advisory_xact_lock(lock)))
    query = select(PersonRow).where(PersonRow.email_key == key)
    return _person(session.scalar(query.order_by(PersonRow.registered_at).limit(1)))


def alike(session: Session, person_ids: Collection[str]) -> frozenset[str]:
    """Return these ids and every other that was registered with the e-mail address of one.

    Somebody named on an entry before they had an account is known under two.
    """
    addresses = select(PersonRow.email_key).where(PersonRow.person_id.in_(person_ids))
    query = select(PersonRow.person_id).where(PersonRow.email_key.in_(addresses))
    return frozenset(person_ids) | frozenset(session.scalars(query))


def save_person(session: Session, person: Person, at: datetime) -> None:
    """Register a person, or what has changed about one."""
    values = {
        "full_name": person.full_name,
        "email": person.email,
        "email_key": email_key(person.email) if person.email else None,
        "phone": person.phone,
        "unit_id": person.unit_id,
    }
    new = insert(PersonRow).values(
        tenant=current_tenant.get(), person_id=person.person_id, registered_at=at, **values
    )
    session.execute(new.on_conflict_do_update(index_elements=["tenant", "person_id"], set_=values))


def _person(row: PersonRow | None) -> Person | None:
    if row is None:
        return None
    return Person(row.person_id, row.full_name, row.email, row.phone, row.unit_id)

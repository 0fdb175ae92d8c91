"""People, kept and found again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.domain.eligibility import email_key
from services.intake.store.tables import PersonRow

ALIKE = select(PersonRow.person_id).where(
    PersonRow.email_key.in_(
        select(PersonRow.email_key).where(
            PersonRow.person_id.in_(bindparam("person_ids", expanding=True))
        )
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be written to."""

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


def find_person(session: Session, person_id: str) -> Person | None:
    """Return a registered person."""
    return _person(session.get(PersonRow, (current_tenant.get(), person_id)))


def names(session: Session, person_ids: Collection[str]) -> dict[str, str]:
    """Return what people are called, by their ids."""
    query = select(PersonRow.person_id, PersonRow.full_name)
    rows = session.execute(query.where(PersonRow.person_id.in_(person_ids))).all()
    return {row.person_id: row.full_name for row in rows}


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
    found = session.scalars(ALIKE, {"person_ids": list(person_ids)})
    return frozenset(person_ids) | frozenset(found)


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

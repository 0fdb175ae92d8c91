"""People become known: how to write to them, and that others are told."""

from contracts import intake
from kernel.database import Work
from services.intake.domain.eligibility import NothingWritten, clean
from services.intake.store import people
from services.intake.store.people import Person


def person_of(written: intake.RegisterPerson | intake.Author, person_id: str) -> Person:
    """Return somebody as written down, with stray spaces gone."""
    return Person(
        person_id,
        clean(written.full_name),
        clean(written.email or "") or None,
        clean(written.phone or "") or None,
        written.unit_id,
    )


def register(person: Person, work: Work) -> None:
    """Keep somebody's name and addresses, and tell who writes to people."""
    if not person.full_name:
        raise NothingWritten
    people.save_person(work.session, person, work.now)
    work.announce(
        intake.PersonRegistered(
            person_id=person.person_id,
            full_name=person.full_name,
            email=person.email,
            phone=person.phone,
            unit_id=person.unit_id,
        )
    )

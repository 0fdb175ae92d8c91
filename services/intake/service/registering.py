"""People become known: how to write to them, and that others are told."""

from dataclasses import replace

from contracts import intake
from kernel.database import Work
from services.intake.domain.eligibility import Author, NothingWritten, clean, email_key
from services.intake.domain.entries import Entry
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


def register(person: Person, work: Work, roles: tuple[str, ...] | None = None) -> None:
    """Keep somebody's name and addresses, and tell who writes to people; `roles` if known."""
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
            also_ids=tuple(
                sorted(people.alike(work.session, [person.person_id]) - {person.person_id})
            ),
            roles=roles,
        )
    )


def with_known(entry: Entry, work: Work) -> Entry:
    """Return an entry that is handed in with people behind its authors, who become known by it."""
    # Always in one order, for each address is held until the work is done.
    ordered = sorted(entry.authors, key=lambda one: email_key(one.email or ""))
    found = {one.person_id: known(one, work) for one in ordered}
    return replace(entry, authors=tuple(found[one.person_id] for one in entry.authors))


def known(author: Author, work: Work) -> Author:
    """Return an author as a known person; who has the same e-mail address is the same."""
    if not author.full_name or people.find_person(work.session, author.person_id):
        return author
    same = people.find_by_email(work.session, author.email) if author.email else None
    if same is not None:
        return replace(author, person_id=same.person_id)
    register(
        Person(author.person_id, author.full_name, author.email, author.phone, author.unit_id),
        work,
    )
    return author

"""What people type about an entry, as intake keeps it: composed, trimmed, people recognised."""

from collections.abc import Collection

from contracts import intake
from kernel.database import Work
from kernel.errors import NotFound
from services.intake.domain.contents import Enterprise, Improvement
from services.intake.domain.eligibility import Author, clean
from services.intake.service.registering import person_of
from services.intake.store import documents, people


class UnknownPerson(NotFound):
    """There is no such person; give a name and an e-mail address instead."""


def authors_of(
    asked: tuple[intake.Author, ...], work: Work, saved: tuple[Author, ...] = ()
) -> tuple[Author, ...]:
    """Find the people behind authors; what is written on the entry stays there.

    `saved` are the authors the entry has already: they keep their ids, however often they are
    saved. Nobody becomes known by what is still being typed, but by an entry handed in.
    """
    same = [recognised(one, saved) for one in asked]
    taken = {*same, *(one.person_id for one in asked)}
    return tuple(
        author_of(one, here or retyped(one, saved[place : place + 1], taken, work), work)
        for place, (one, here) in enumerate(zip(asked, same, strict=True))
    )


def author_of(asked: intake.Author, here: str | None, work: Work) -> Author:
    """Find the person behind an author; `here` is the id they have on the entry already."""
    written, known = person_of(asked, here or asked.person_id or work.new_id()), None
    if asked.person_id is not None:
        known = people.find_person(work.session, asked.person_id)
        if known is None and here is None and asked.person_id != work.actor.id:
            raise UnknownPerson
    elif written.email:
        known = people.find_by_email(work.session, written.email)
    return Author(
        person_id=known.person_id if known else written.person_id,
        full_name=written.full_name or (known.full_name if known else ""),
        share=asked.share,
        email=written.email,
        phone=written.phone,
        unit_id=asked.unit_id,
        position=asked.position,
    )


def retyped(
    asked: intake.Author, before: tuple[Author, ...], taken: Collection[str | None], work: Work
) -> str | None:
    """Return the id of who stood in this place `before`, if that was nobody known or elsewhere."""
    if asked.person_id is not None or not before:
        return None
    person_id = before[0].person_id
    is_known = person_id in taken or people.find_person(work.session, person_id) is not None
    return None if is_known else person_id


def recognised(asked: intake.Author, saved: tuple[Author, ...]) -> str | None:
    """Return the id of an author the entry has already: by id, else by name without address."""
    if asked.person_id is not None:
        return next((one.person_id for one in saved if one.person_id == asked.person_id), None)
    name, has_address = clean(asked.full_name), bool(clean(asked.email or ""))
    same = (one.person_id for one in saved if one.full_name == name and one.email is None)
    return None if has_address or not name else next(same, None)


def enterprise_of(asked: intake.Enterprise | None) -> Enterprise | None:
    """Return an enterprise as written down, with stray spaces gone."""
    if asked is None:
        return None
    return Enterprise(clean(asked.name), clean(asked.tax_code), clean(asked.representative))


def improvements_of(asked: tuple[intake.Improvement, ...]) -> tuple[Improvement, ...]:
    """Return the indexes an entry improves as written down."""
    return tuple(
        Improvement(
            index=one.index,
            component=one.component or None,
            baseline=one.baseline,
            target=one.target,
            year=one.year,
            evidence=clean(one.evidence),
            document_id=one.document_id,
        )
        for one in asked
    )


def check_evidence(entry_id: str, improves: tuple[Improvement, ...], work: Work) -> None:
    """Raise `UnknownDocument` unless the evidence named is among the entry's documents."""
    for improvement in improves:
        if improvement.document_id is not None:
            documents.load_document(work.session, entry_id, improvement.document_id)

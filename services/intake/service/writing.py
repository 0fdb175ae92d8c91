"""What people type about an entry, as intake keeps it: composed, trimmed, people recognised."""

from contracts import intake
from kernel.database import Work
from kernel.errors import NotFound
from services.intake.domain.contents import Enterprise, Improvement
from services.intake.domain.eligibility import Author, clean
from services.intake.service.registering import person_of, register
from services.intake.store import documents, people


class UnknownPerson(NotFound):
    """There is no such person; give a name and an e-mail address instead."""


def author_of(asked: intake.Author, work: Work, saved: tuple[Author, ...] = ()) -> Author:
    """Find or register the person behind an author; what is written on the entry stays there.

    `saved` are the authors the entry has already: they keep their ids, however often they are
    saved. Nobody is registered without a name.
    """
    here = recognised(asked, saved)
    written = person_of(asked, here or asked.person_id or work.new_id())
    known = None
    if written.person_id in (asked.person_id, here):
        known = people.find_person(work.session, written.person_id)
        if known is None and here is None and asked.person_id != work.actor.id:
            raise UnknownPerson
    elif written.email:
        known = people.find_by_email(work.session, written.email)
    if known is None and written.full_name:
        register(written, work)
    return Author(
        person_id=known.person_id if known else written.person_id,
        full_name=written.full_name or (known.full_name if known else ""),
        share=asked.share,
        email=written.email,
        phone=written.phone,
        unit_id=asked.unit_id,
        position=asked.position,
    )


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

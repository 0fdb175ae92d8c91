"""Entries are begun, and their authors become known."""

from contracts import intake
from kernel.database import Work
from kernel.errors import NotFound, require
from kernel.messaging import command
from services.intake.domain import eligibility
from services.intake.domain.eligibility import Author, NothingWritten, clean
from services.intake.domain.entries import Entry
from services.intake.service.access import check_scope
from services.intake.service.registering import person_of, register
from services.intake.store import agencies, contests, entries, people

# Who files through which channel.
ROLE_OF = {"ONLINE": "entrant", "DESK": "clerk", "POST": "clerk", "ONE_STOP": "client"}


class UnknownPerson(NotFound):
    """There is no such person; give a name and an e-mail address instead."""


class Drafting:
    """What somebody does before handing an entry in."""

    @command
    def draft_entry(self, asked: intake.DraftEntry, work: Work) -> str:
        """Begin an entry; authors who have no account yet become known by it."""
        check_scope(asked, work)
        require(work.actor, ROLE_OF[asked.channel])
        rules = contests.load_rules(work.session, asked.contest_id).rules
        eligibility.check_contents(rules, asked.kind, asked.group, asked.area)
        units = {asked.unit_id, *(author.unit_id for author in asked.authors)}
        eligibility.check_units(units, agencies.known_units(work.session))
        title, summary = clean(asked.title), clean(asked.summary)
        if not title or not summary:
            raise NothingWritten
        authors = tuple(author_of(author, work) for author in asked.authors)
        eligibility.check_authors(rules.entrants, asked.kind, authors)
        entry = Entry(
            entry_id=work.new_id(),
            contest_id=asked.contest_id,
            kind=asked.kind,
            group=asked.group,
            title=title,
            summary=summary,
            area=asked.area,
            channel=asked.channel,
            filed_by=work.actor.id,
            authors=authors,
            unit_id=eligibility.common_unit(asked.unit_id, authors),
            external_code=asked.external_code,
        )
        entries.add_entry(work.session, entry, work.now)
        entries.add_line(work.session, entry, work.now, "Đã tạo hồ sơ dự thi.")
        return entry.entry_id


def author_of(asked: intake.Author, work: Work) -> Author:
    """Find or register the person behind an author; what is written on the entry stays there."""
    written = person_of(asked, asked.person_id or work.new_id())
    known = None
    if asked.person_id is not None:
        known = people.find_person(work.session, asked.person_id)
        if known is None and asked.person_id != work.actor.id:
            raise UnknownPerson
    elif written.email:
        known = people.find_by_email(work.session, written.email)
    if known is None:
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

"""What is checked and kept when an entry is handed in: who enters, declarations, the version."""

from collections.abc import Iterable
from dataclasses import replace

from contracts.rules import Rules
from kernel.database import Work
from kernel.errors import Refused
from services.intake.domain import declarations, drafts
from services.intake.domain.contents import check_finished
from services.intake.domain.documents import Document
from services.intake.domain.eligibility import check_not_excluded
from services.intake.domain.entries import Entry, State
from services.intake.domain.versions import Paper, Version
from services.intake.service.dossiers import papers_now
from services.intake.store import officers, people, versions


class NothingChanged(Refused):
    """Nothing has changed since the entry was handed in."""


def check_may_enter(entry: Entry, rules: Rules, work: Work) -> None:
    """Raise `Unfinished` while something is missing, `Excluded` if an author may not enter."""
    check_finished(drafts.standing(entry), rules)
    barred = officers.barred(work.session, entry.contest_id)
    authors = people.alike(work.session, entry.author_ids)
    check_not_excluded(rules.entrants, authors, barred, (work.actor.id, work.actor.roles))


def declare(entry: Entry, named: Iterable[str], rules: Rules, work: Work) -> tuple[str, ...]:
    """Keep what is declared now; return the codes of all that holds in the words in force."""
    made = declarations.declare(rules.dossier, named, work.actor.id, work.now)
    # Declarations come with versions; what was never handed in has none.
    earlier = versions.load_declarations(work.session, entry.entry_id) if entry.version else ()
    versions.keep_declarations(work.session, entry.entry_id, entry.version + 1, made)
    return declarations.in_force(rules.dossier, (*earlier, *made))


def gather(
    entry: Entry, named: Iterable[str], rules: Rules, work: Work
) -> tuple[tuple[str, ...], tuple[Document, ...]]:
    """Keep what is declared; return all that holds and the documents that count now.

    Raises `NothingChanged` if all of it was handed in already.
    """
    declared, papers = declare(entry, named, rules, work), papers_now(entry, rules, work)
    if entry.state is State.SUBMITTED:
        check_changed(entry, papers, declared, work)
    return declared, papers


def version_of(entry: Entry, papers: Iterable[Document], work: Work) -> Version:
    """Return what an entry that is handed in now says, with its documents and declarations."""
    return Version(
        number=entry.version,
        contents=drafts.standing(entry),
        papers=tuple(
            Paper(
                one.document_id, one.announced.code, one.announced.file_name, one.announced.sha256
            )
            for one in papers
        ),
        declarations=entry.declarations,
        at=entry.handed_at or work.now,
        by=work.actor.id,
    )


def check_changed(
    entry: Entry, papers: Iterable[Document], declared: tuple[str, ...], work: Work
) -> None:
    """Raise `NothingChanged` if what is handed in is what was handed in already."""
    newest = versions.find_version(work.session, entry.entry_id, entry.version)
    anew = version_of(replace(entry, declarations=declared), papers, work)
    if newest is not None and newest.sha256 == anew.sha256:
        raise NothingChanged

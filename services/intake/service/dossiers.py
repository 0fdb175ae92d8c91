"""The papers of an entry: as its people have them now, and as they were handed in."""

from collections.abc import Iterable

from contracts.rules import Rules
from kernel.database import Work
from services.intake.domain import papers
from services.intake.domain.documents import Document, current
from services.intake.domain.entries import Entry
from services.intake.store import documents, versions
from services.intake.store.documents import UnknownDocument


def papers_now(entry: Entry, rules: Rules, work: Work) -> tuple[Document, ...]:
    """Return the stored documents that would be handed in now."""
    return current(rules.dossier, documents.load_documents(work.session, entry.entry_id))


def papers_handed_in(entry: Entry, rules: Rules, work: Work) -> tuple[Document, ...]:
    """Return the documents of the newest version; all that count if none was kept."""
    version = versions.find_version(work.session, entry.entry_id, entry.version)
    if version is None:
        return papers_now(entry, rules, work)
    return of_papers((paper.document_id for paper in version.papers), entry, work)


def of_papers(document_ids: Iterable[str], entry: Entry, work: Work) -> tuple[Document, ...]:
    """Return these documents of an entry."""
    wanted = set(document_ids)
    found = documents.load_documents(work.session, entry.entry_id)
    return tuple(document for document in found if document.document_id in wanted)


def check_handed_in(document_id: str, entry: Entry, work: Work) -> None:
    """Raise `UnknownDocument` for a document that belongs to no version, if there are any."""
    handed_in = versions.load_versions(work.session, entry.entry_id)
    known = {paper.document_id for version in handed_in for paper in version.papers}
    if handed_in and document_id not in known:
        raise UnknownDocument


def lacking(entry: Entry, stored: Iterable[Document], rules: Rules, work: Work) -> tuple[str, ...]:
    """Return the codes of the papers an entry lacks that has these documents."""
    said = versions.find_confirmation(work.session, entry.entry_id, entry.version)
    codes = {document.announced.code for document in stored}
    return papers.missing(entry, rules, codes, confirmed=said is not None and said.confirmed)


def lacking_anew(entry: Entry, stored: Iterable[Document], rules: Rules) -> tuple[str, ...]:
    """Return the same of a version that is just being made: nobody has confirmed it yet."""
    codes = {document.announced.code for document in stored}
    return papers.missing(entry, rules, codes, confirmed=False)


def missing_of(entry: Entry, rules: Rules, work: Work) -> tuple[str, ...]:
    """Return the codes of the papers that the newest version lacks."""
    return lacking(entry, papers_handed_in(entry, rules, work), rules, work)

"""Texts of entries and of the register, as they come in and as the index keeps them."""

from unicodedata import normalize

from contracts import intake, originality
from services.originality import adopting, domain, store
from services.originality.extraction import Extracted


def entry_of(heard: intake.EntrySubmitted, papers: list[intake.DocumentRef]) -> domain.Entry:
    """Return the entry as this submission of these descriptions would have it."""
    return domain.Entry(
        entry_id=heard.entry_id,
        contest_id=heard.contest_id,
        title=heard.title,
        version=heard.version,
        filed_at=heard.received_at,
        digest=" ".join(paper.sha256 for paper in papers),
    )


def text_of(entry: domain.Entry, extracted: Extracted) -> store.KeptText:
    """Return an entry's text as the index keeps it."""
    return store.KeptText(
        kind=store.Kind.ENTRY,
        source_id=entry.entry_id,
        title=entry.title,
        body=extracted.text,
        contest_id=entry.contest_id,
        filed_at=entry.filed_at,
        pages=extracted.pages,
        masked=_masked(extracted),
    )


def _masked(extracted: Extracted) -> tuple[tuple[int, int, str], ...]:
    """Return what of a document is not compared, and why."""
    hidden = ((start, end, "HIDDEN") for start, end in extracted.hidden)
    margins = ((start, end, "MARGIN") for start, end in extracted.margins)
    return tuple(sorted((*hidden, *margins)))


def text_of_known(register: str, known: originality.KnownInitiative) -> store.KeptText:
    """Return an initiative of the register as the index keeps it, its title first."""
    return store.KeptText(
        kind=store.Kind.KNOWN_INITIATIVE,
        source_id=known.code,
        title=known.title,
        body=normalize("NFC", f"{known.title}\n\n{known.text}".replace("\0", "")),
        register=register,
        applied_at=known.applied_at,
        applied_on=known.applied_on,
        applied_until=known.applied_until,
        scope=domain.Scope(known.scope),
        summary=known.summary,
        entry_id=adopting.entry_of(register, known.code),
    )

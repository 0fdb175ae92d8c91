"""A pushed dossier as its client sees it, and how one command does the work of others."""

from collections.abc import Iterable
from typing import Any, cast

from contracts import intake
from contracts.rules import Dossier
from kernel.database import Work
from services.intake.domain import mirror
from services.intake.domain.documents import Document, place_of
from services.intake.domain.entries import Entry
from services.intake.service.dossiers import missing_of
from services.intake.store import contests, documents, entries, one_stop, onegate
from services.intake.store.tables import PushedRow


def held(code: str, work: Work) -> PushedRow:
    """Return a dossier of the client's, held against `finish` and every other change.

    Its contest is held before its entry can be, lest two wait for each other.
    """
    entry_id = one_stop.find(work.session, work.actor.id, code).entry_id
    pushed = one_stop.load(work.session, entry_id)
    contests.hold_contest(work.session, entries.read_entry(work.session, entry_id).contest_id)
    return pushed


def view(pushed: PushedRow, entry: Entry, work: Work) -> intake.DossierView:
    """Return how a dossier stands, as its client sees it."""
    rules = contests.load_rules(work.session, entry.contest_id).rules
    return intake.DossierView(
        entry_id=entry.entry_id,
        contest_id=entry.contest_id,
        external_code=pushed.external_code,
        state=entry.state,
        timeline=tuple(
            intake.TimelineLine(at=line.at, state=line.state, note=line.note)
            for line in entries.load_timeline(work.session, entry.entry_id)
        ),
        status=status_of(entry, work),
        receipt_code=entry.receipt_code,
        received_at=entry.received_at,
        due_at=entry.due_at,
        missing=missing_of(entry, rules, work),
        pending=pending_of(entry.entry_id, work),
        problem=pushed.problem,
    )


def pending_of(entry_id: str, work: Work) -> tuple[intake.PendingFile, ...]:
    """Return the files of an entry that are announced and not here yet.

    One that a later push has replaced is waited for no more.
    """
    fetches = one_stop.fetches(work.session, entry_id)
    known = documents.load_documents(work.session, entry_id)
    contest_id = entries.read_entry(work.session, entry_id).contest_id
    dossier = contests.load_rules(work.session, contest_id).rules.dossier
    return tuple(
        intake.PendingFile(
            code=document.announced.code,
            file_name=document.announced.file_name,
            document_id=document.document_id,
            by_url=document.document_id in fetches,
            problem=fetches[document.document_id].last_error or ""
            if document.document_id in fetches
            else "",
        )
        for document in known
        if not document.is_stored and not is_replaced(document, known, dossier)
    )


def is_replaced(document: Document, known: Iterable[Document], dossier: Dossier) -> bool:
    """Say whether another was announced later that takes its place in the dossier."""
    place = place_of(dossier, document)
    return any(
        place_of(dossier, other) == place and other.begun_at > document.begun_at for other in known
    )


def status_of(entry: Entry, work: Work) -> str | None:
    """Return the national code of where an entry stands; results are known to the timeline."""
    step = mirror.step_of(entry.state, onegate.last_told(work.session, entry.entry_id))
    return mirror.NATIONAL[step] if step else None


def do(service: object, entrypoint: object, asked: object, work: Work) -> Any:  # noqa: ANN401
    """Run another command within this one's transaction; return its reply."""
    return cast(Any, entrypoint).handler.method(service, asked, work)

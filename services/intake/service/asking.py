"""What intake answers to those who may know."""

from collections.abc import Iterable
from typing import cast

from msgspec.structs import asdict

from contracts import intake
from kernel.database import Work
from kernel.messaging import query
from kernel.objects import Bucket
from services.intake.service.access import (
    check_may_see,
    check_scope,
    head_of,
    is_staff,
    works_on,
)
from services.intake.service.dossiers import check_handed_in
from services.intake.service.showing import view
from services.intake.store import contests, documents, entries
from services.intake.store.listing import Wanted
from services.intake.store.tables import EntryRow

LINK_MINUTES = 15


class Asking:
    """Contests are public; entries are for their people and the staff."""

    files: Bucket

    @query
    def list_contests(
        self, _asked: intake.ListContests, work: Work
    ) -> tuple[intake.ContestLine, ...]:
        """List all contests, newest first."""
        return tuple(
            intake.ContestLine(
                contest_id=row.contest_id,
                title=row.title,
                opens=row.opens,
                closes=row.closes,
                watched_from=row.watched_from,
            )
            for row in contests.list_contests(work.session)
        )

    @query
    def show_entry(self, asked: intake.ShowEntry, work: Work) -> intake.EntryView:
        """Show an entry with its documents and history."""
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        return view(entry, work)

    @query
    def list_entries(self, asked: intake.ListEntries, work: Work) -> tuple[intake.EntryLine, ...]:
        """List a contest's entries: their own, their unit's, and for staff all that are here."""
        check_scope(asked, work)
        return tuple(
            intake.EntryLine(
                entry_id=row.entry_id,
                title=row.title,
                area=row.area,
                state=row.state,
                channel=cast(intake.Channel, row.channel),
                receipt_code=row.receipt_code,
                received_at=row.received_at,
                unit_id=row.unit_id,
            )
            for row in concerning(asked, work)
        )

    @query
    def link_document(self, asked: intake.LinkDocument, work: Work) -> str:
        """Return a link to a stored document, good for a quarter of an hour."""
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        if not works_on(entry, work):
            check_handed_in(asked.document_id, entry, work)
        document = documents.load_document(work.session, asked.entry_id, asked.document_id)
        document.check_stored()
        return self.files.link(document.key, LINK_MINUTES, document.announced.sent_name)


def concerning(asked: intake.ListEntries, work: Work) -> Iterable[EntryRow]:
    """Return the entries of a contest that concern whoever asks; see `check_may_see`."""
    whose, wanted = work.actor.id, Wanted(**asdict(asked))
    if is_staff(work, asked.contest_id):
        return entries.list_here(work.session, wanted, whose)
    unit = head_of(work, asked.contest_id)
    return entries.list_entries(work.session, wanted, whose, unit)

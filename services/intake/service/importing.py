"""Many paper dossiers are entered from one sheet: all of them, or none."""

from collections.abc import Sequence
from typing import Any, cast

import msgspec

from contracts import intake
from contracts.rules import Rules
from kernel.crunch import Crashed, Crunch, Failed
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command, query
from services.intake.domain import imports
from services.intake.domain.cells import Wrong
from services.intake.domain.imports import PaperDossier, Row, Wanted, columns
from services.intake.service.access import STAFF
from services.intake.service.drafting import Drafting
from services.intake.service.handing_over import HandingOver
from services.intake.service.rows import column_of, drafted, told
from services.intake.service.submitting import Submitting
from services.intake.store import contests

MOST_BYTES = 2 * 1024 * 1024


class SheetTooLarge(Refused):
    """A sheet has at most 2 MB; split it."""


class UnreadableSheet(Refused):
    """The file is no sheet that can be read; save it as XLSX and send it again."""


class Importing:
    """A sheet is as good as its rows: each is drafted and handed in like any paper dossier."""

    sheets: Crunch

    @command
    def import_entries(self, asked: intake.ImportEntries, work: Work) -> intake.Imported:
        """Enter every row or, if anything is wrong or it is a dry run, none."""
        require(work.actor.within(asked.contest_id), "clerk")
        contests.hold_contest(work.session, asked.contest_id)
        rules = contests.load_rules(work.session, asked.contest_id).rules
        (_, headings), *rows = self.rows_of(asked.sheet)
        imports.check_rows(len(rows))
        place_of, wrong = imports.places(headings, columns(rules))
        entered: list[intake.ImportedEntry] = []
        if not wrong:
            dossiers, wrong = imports.read(rows, place_of, rules)
            if not wrong:
                entered, wrong = self.enter_all(dossiers, rules, work, keep=not asked.dry_run)
        return intake.Imported(
            rows=len(rows),
            mistakes=tuple(told(one, place_of) for one in wrong),
            entries=tuple(entered),
            dry_run=asked.dry_run,
        )

    @query
    def draw_sheet(self, asked: intake.DrawSheet, work: Work) -> bytes:
        """Draw an empty sheet with the areas and groups of the contest to choose from."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        rules = contests.load_rules(work.session, asked.contest_id).rules
        wanted = [Wanted(one.heading, one.choices, one.is_needed) for one in columns(rules)]
        return self.sheets.call("draw", msgspec.json.encode(wanted))

    def rows_of(self, sheet: bytes) -> Sequence[Row]:
        """Return the rows of a sheet, its headings first. Raises `UnreadableSheet`."""
        if len(sheet) > MOST_BYTES:
            raise SheetTooLarge
        try:
            rows = self.sheets.call("read", sheet)
        except (Failed, Crashed) as problem:
            raise UnreadableSheet from problem
        return msgspec.json.decode(rows, type=list[Row]) or [(1, ())]

    def enter_all(
        self, dossiers: Sequence[PaperDossier], rules: Rules, work: Work, *, keep: bool
    ) -> tuple[list[intake.ImportedEntry], list[Wrong]]:
        """Enter one dossier after the other; take everything back unless all are to be kept."""
        said_before = len(work.news)
        entered: list[intake.ImportedEntry] = []
        wrong: list[Wrong] = []
        whole = work.session.begin_nested()
        for dossier in dossiers:
            try:
                with work.session.begin_nested():
                    entered.append(self.enter(dossier, rules, work))
            except Refused as refusal:
                wrong.append(Wrong(dossier.row, column_of(refusal), "", refusal))
        if keep and not wrong:
            whole.commit()
            return entered, []
        whole.rollback()
        del work.news[said_before:]
        return [], wrong

    def enter(self, dossier: PaperDossier, rules: Rules, work: Work) -> intake.ImportedEntry:
        """Draft one dossier, note who brought it and, if it is to be, hand it in."""
        entry_id: str = do(self, Drafting.draft_entry, drafted(dossier, rules.id), work)
        if dossier.applicant:
            handed_over = intake.RecordHandover(
                entry_id=entry_id, applicant=dossier.applicant, phone=dossier.phone, papers=()
            )
            do(self, HandingOver.record_handover, handed_over, work)
        if not dossier.is_handed_in:
            return intake.ImportedEntry(row=dossier.row, entry_id=entry_id)
        declared = [paper.code for paper in rules.dossier.required if paper.form == "DECLARATION"]
        handing_in = intake.SubmitEntry(
            entry_id=entry_id,
            declarations=tuple(declared) if dossier.is_declared else (),
            posted_at=dossier.posted_at,
            arrived_at=dossier.arrived_at,
        )
        receipt: intake.Submitted = do(self, Submitting.submit_entry, handing_in, work)
        return intake.ImportedEntry(
            row=dossier.row,
            entry_id=entry_id,
            receipt_code=receipt.receipt_code,
            late=receipt.late,
        )


def do(service: Importing, entrypoint: object, asked: object, work: Work) -> Any:  # noqa: ANN401
    """Run another command within this one's transaction; return its reply."""
    return cast(Any, entrypoint).handler.method(service, asked, work)

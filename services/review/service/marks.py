"""Ways in for judges: their desk, and the sheets they hand in."""

from decimal import Decimal
from typing import Literal

from contracts import review
from kernel.database import Work
from kernel.errors import Refused
from kernel.messaging import command, query
from services.review import store
from services.review.domain.aggregation import weighed
from services.review.domain.entries import Standing
from services.review.domain.panel import NotYourEntry, Panel
from services.review.service.verdicts import announce


class EntryOut(Refused):
    """This entry has left the contest and is no longer judged."""


class Marks:
    """Takes marks from those assigned, and shows each judge their own desk only."""

    @command
    def give_marks(self, asked: review.GiveMarks, work: Work) -> int:
        """Take a judge's sheet and act on what the panel now thinks; return its version."""
        played = store.hold_open(work.session, asked.contest_id, asked.round_id)
        entry = store.entry_by_code(work.session, asked.contest_id, asked.code)
        if entry is None:
            raise NotYourEntry
        panel = store.load_panel(work.session, played, entry.entry_id)
        panel, sheet, verdict = panel.take(work.actor.id, asked.marks)
        if entry.standing is Standing.OUT:
            raise EntryOut
        store.save_sheet(work, played, entry.entry_id, sheet, asked.comment)
        store.save_verdict(work.session, played, entry.entry_id, panel)
        work.announce(
            review.MarksGiven(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                entry_id=entry.entry_id,
                judge_id=sheet.judge_id,
                version=sheet.version,
                marks=asked.marks,
                total=weighed(played.rules.rubric, sheet.marks),
                given_at=work.now,
            )
        )
        announce(work, played, entry, verdict)
        return sheet.version

    @query
    def list_assignments(
        self, asked: review.ListAssignments, work: Work
    ) -> tuple[review.Assignment, ...]:
        """Show the asking judge's desk, by code; nobody's desk but their own."""
        played = store.find_round(work.session, asked.contest_id, asked.round_id)
        if played is None:
            return ()
        panels = store.judge_panels(work.session, played, work.actor.id)
        desk = [
            review.Assignment(
                code=entry.code or "",
                title=entry.title,
                area=entry.area,
                summary=entry.summary,
                state=state(panel, work.actor.id),
                marks=own_marks(panel, work.actor.id),
            )
            for entry in store.load_entries(work.session, asked.contest_id, panels)
            if entry.standing is not Standing.OUT
            if work.actor.id in (panel := panels[entry.entry_id]).judge_ids
        ]
        return tuple(sorted(desk, key=lambda one: one.code))


def state(panel: Panel, judge_id: str) -> Literal["OPEN", "GIVEN", "SECOND_LOOK"]:
    """Say what an entry on the desk waits for."""
    if judge_id not in panel.awaited():
        return "GIVEN"
    return "SECOND_LOOK" if judge_id in panel.asked else "OPEN"


def own_marks(panel: Panel, judge_id: str) -> dict[str, Decimal]:
    """Return what the judge has marked so far; nothing before the first sheet."""
    sheet = panel.sheets.get(judge_id)
    return dict(sheet.marks) if sheet else {}

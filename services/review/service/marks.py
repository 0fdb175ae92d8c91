"""Ways in for judges: their desk, drafts, and the sheets they hand in."""

from typing import Literal

import msgspec

from contracts import review
from kernel.database import Work
from kernel.errors import Forbidden, Refused
from kernel.messaging import command, query
from kernel.settings import Settings
from services.review import store
from services.review.domain.entries import Entry, Standing
from services.review.domain.panel import NotYourEntry, Panel
from services.review.domain.rounds import State
from services.review.sealing import boxes
from services.review.service import words
from services.review.service.taking import take_opened, take_sealed
from services.review.settings import ReviewSettings


class SheetUnreadable(Refused):
    """The sheet was not sealed to the service's key; open the page again."""


class SheetsNotSeen(Forbidden):
    """Sheets of a judge are seen by the judge alone, not by who looks as the judge."""


class Marks:
    """Takes sheets from those assigned, and shows each judge their own desk only."""

    settings = Settings(ReviewSettings)

    @command
    def give_marks(self, asked: review.GiveMarks, work: Work) -> int:
        """Take a judge's sheet and return its version; sealed until the round is opened."""
        played = store.hold_open(work.session, asked.contest_id, asked.round_id)
        entry = store.entry_by_code(work.session, asked.contest_id, asked.code)
        if entry is None:
            raise NotYourEntry
        take = take_sealed if played.state is State.OPEN else take_opened
        version = take(work, played, entry, asked, self.text(asked.sheet))
        store.drop_draft(work.session, draft_key(asked, entry, work))
        return version

    def text(self, sheet: str) -> review.SheetText:
        """Read a sheet that has come sealed to the service."""
        try:
            return msgspec.json.decode(self.settings.keys.open(sheet), type=review.SheetText)
        except (boxes.CannotOpen, msgspec.DecodeError) as problem:
            raise SheetUnreadable from problem

    @command
    def save_draft(self, asked: review.SaveDraft, work: Work) -> None:
        """Keep what a judge has typed; the service cannot read it."""
        played = store.hold_open(work.session, asked.contest_id, asked.round_id)
        entry = store.entry_by_code(work.session, asked.contest_id, asked.code)
        if entry is None or not is_seated(work, played, entry):
            raise NotYourEntry
        store.save_draft(work, draft_key(asked, entry, work), asked.draft)

    @query
    def list_assignments(
        self, asked: review.ListAssignments, work: Work
    ) -> tuple[review.Assignment, ...]:
        """Show the asking judge's desk, by code; nobody's desk but their own."""
        if work.actor.true_id is not None:
            raise SheetsNotSeen
        played = store.find_round(work.session, asked.contest_id, asked.round_id)
        if played is None:
            return ()
        me = work.actor.id
        panels = store.judge_panels(work.session, played, me)
        own = store.own_sheets(work.session, played, me)
        desk = [
            on_desk(played, entry, panel, own[entry.entry_id])
            for entry in store.load_entries(work.session, asked.contest_id, panels)
            if entry.standing is not Standing.OUT
            if me in (panel := panels[entry.entry_id]).judge_ids
        ]
        return tuple(sorted(desk, key=lambda one: one.code))


def on_desk(
    played: store.RoundInPlay, entry: Entry, panel: Panel, own: store.OwnSheet
) -> review.Assignment:
    """Show an entry on a judge's desk, with what they gave for it as far as it may be read."""
    sealed = played.state is State.OPEN and own.version > 0
    title, summary = readable(played, entry)
    sheet = panel.sheets.get(own.judge_id)
    return review.Assignment(
        code=entry.code or "",
        title=title,
        area=entry.area,
        summary=summary,
        state="GIVEN" if sealed else state(panel, own.judge_id),
        marks=dict(sheet.marks) if sheet else {},
        comments=dict(own.comments),
        comment=own.comment,
        version=own.version,
        sealed_sheet=boxes.encoded(own.own_copy) if sealed else "",
        sealed_draft=own.draft,
        digest=own.digest,
        given_at=own.given_at,
    )


def readable(played: store.RoundInPlay, entry: Entry) -> tuple[str, str]:
    """Return title and summary as the judges of this round may read them."""
    if not played.rules.blind:
        return entry.title, entry.summary
    if entry.readable is None:
        return words.BEING_CHECKED, ""
    return entry.readable.title, entry.readable.summary


def is_seated(work: Work, played: store.RoundInPlay, entry: Entry) -> bool:
    """Say whether the caller judges the entry."""
    panel = store.judge_panels(work.session, played, work.actor.id).get(entry.entry_id)
    return panel is not None and work.actor.id in panel.judge_ids


def draft_key(
    asked: review.GiveMarks | review.SaveDraft, entry: Entry, work: Work
) -> dict[str, str]:
    """Say which draft a judge means."""
    return {
        "contest_id": asked.contest_id,
        "round_id": asked.round_id,
        "entry_id": entry.entry_id,
        "judge_id": work.actor.id,
    }


def state(panel: Panel, judge_id: str) -> Literal["OPEN", "GIVEN", "SECOND_LOOK"]:
    """Say what an entry on the desk waits for."""
    if judge_id not in panel.awaited():
        return "GIVEN"
    return "SECOND_LOOK" if judge_id in panel.asked else "OPEN"

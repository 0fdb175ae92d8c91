"""What becomes of a sheet: sealed while the round is, in the open once it is opened."""

from contracts import review
from kernel.database import Work
from kernel.errors import Refused
from services.review import store
from services.review.domain.entries import Entry, Standing
from services.review.domain.missing import check_in_time
from services.review.domain.panel import Sheet, check_newest
from services.review.domain.sheets import check_sheet, weighed
from services.review.sealing import boxes
from services.review.sealing.sheets import Key, seal_sheet
from services.review.service.calling import follow
from services.review.service.minuting import cite


class EntryOut(Refused):
    """This entry has left the contest and is no longer judged."""


class MinutesNeeded(Refused):
    """A second look is taken in the open: name the minutes in which it was agreed."""


def take_sealed(
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    asked: review.GiveMarks,
    text: review.SheetText,
) -> int:
    """Check a sheet, seal it, and say no more than that it was given."""
    check_in_time(played.due, work.now)
    panel = store.load_sealed_panel(work.session, played, entry.entry_id)
    version = panel.take(work.actor.id, asked.reason, asked.based_on)
    check_sheet(played.rules, text.marks, text.comments, text.comment)
    if entry.standing is Standing.OUT:
        raise EntryOut
    key = Key(played.contest_id, played.round_id, entry.entry_id, work.actor.id, version)
    round_key = boxes.read(played.public_key or "")
    sealed = seal_sheet(key, text, round_key, boxes.read(asked.own_key))
    given = store.Given(
        reason=asked.reason,
        sealed=sealed.sheet,
        own_copy=sealed.own_copy,
        digest=sealed.digest,
    )
    store.save_version(work, played, entry.entry_id, Sheet(key.judge_id, version, {}), given)
    work.announce(
        review.SheetSealed(
            contest_id=played.contest_id,
            round_id=played.round_id,
            entry_id=entry.entry_id,
            judge_id=work.actor.id,
            version=version,
            digest=sealed.digest,
            given_at=work.now,
        )
    )
    return version


def take_opened(
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    asked: review.GiveMarks,
    text: review.SheetText,
) -> int:
    """Take a second look, or the sheet of who stepped in, once the others are opened."""
    panel = store.load_panel(work.session, played, entry.entry_id)
    mine = panel.sheets.get(work.actor.id)
    check_newest(mine.version if mine else 0, asked.based_on)
    panel, sheet, verdict = panel.take(work.actor.id, text.marks, text.comments, text.comment)
    if entry.standing is Standing.OUT:
        raise EntryOut
    if work.actor.id in panel.looked and not asked.minutes.strip():
        raise MinutesNeeded
    if work.actor.id in panel.looked:
        cite(work, "second_look", played, asked.minutes)
    given = store.Given(
        comment=text.comment, comments=text.comments, reason=asked.reason, minutes=asked.minutes
    )
    store.save_version(work, played, entry.entry_id, sheet, given)
    store.save_verdict(work.session, played, entry.entry_id, panel)
    work.announce(
        review.MarksGiven(
            contest_id=played.contest_id,
            round_id=played.round_id,
            entry_id=entry.entry_id,
            judge_id=sheet.judge_id,
            version=sheet.version,
            marks=text.marks,
            total=weighed(played.rules.rubric, text.marks),
            given_at=work.now,
            reason=asked.reason,
            minutes=asked.minutes,
        )
    )
    follow(work, played, entry, panel, verdict)
    return sheet.version

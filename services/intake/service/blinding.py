"""Copies for judges of blind rounds are made, and made anew as whoever checks them wants.

`approving` is how they are checked and given out, `judged` what judges get of them.
"""

from dataclasses import replace

from contracts import intake
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, subscribe
from kernel.objects import Bucket
from services.intake.domain.copies import (
    WORDS,
    BlindCopy,
    Box,
    CopyState,
    NoSuchCopy,
    Wishes,
    is_blind,
)
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import Entry, State
from services.intake.service import copying, saying
from services.intake.service.access import JudgeOfEntries, is_staff
from services.intake.service.checked import looked_at, tell_words
from services.intake.settings import IntakeSettings
from services.intake.store import contests, copies, entries


class Blinding:
    """How copies come to be."""

    files: Bucket
    makers: Crunch
    settings: IntakeSettings

    @subscribe
    def make_copies(self, heard: intake.CopiesOrdered, work: Work) -> None:
        """Copy title, summary and papers, unless that was done or the entry has changed since."""
        entry = entries.read_entry(work.session, heard.entry_id)
        if entry.version != heard.version or entry.state is not State.ACCEPTED:
            return
        before = copies.count_waiting(work.session, entry.contest_id)
        there = copies.load_copies(work.session, entry.entry_id, entry.version)
        papers = copying.copied_papers(entry, work)
        for place in range(len(papers) + 1):
            if place not in {copy.place for copy in there}:
                blank = copying.blank_of(entry, place, work)
                copies.add_copy(work.session, self.copied(blank, entry, work))
        waiting = copies.count_waiting(work.session, entry.contest_id)
        if before == 0 < waiting:
            work.announce(
                intake.CopiesMade(
                    contest_id=entry.contest_id,
                    entry_id=entry.entry_id,
                    version=entry.version,
                    ordered_by=work.actor.id,
                    waiting=waiting,
                )
            )

    @command
    def order_copies(self, asked: intake.MakeCopies, work: Work) -> int:
        """Have copies made for accepted entries that have none."""
        require(work.actor.within(asked.contest_id), "secretary", "organiser")
        if not is_staff(work, asked.contest_id):
            raise JudgeOfEntries
        rules = contests.load_rules(work.session, asked.contest_id).rules
        if not is_blind(rules):
            return 0
        done = {copy.entry_id for copy in copies.load_all(work.session, asked.contest_id)}
        wanted = sorted(entries.accepted_ids(work.session, asked.contest_id) - done)
        for entry_id in wanted:
            entry = entries.read_entry(work.session, entry_id)
            work.announce(saying.copies_ordered(entry))
        return len(wanted)

    @command
    def remake_copy(self, asked: intake.RemakeCopy, work: Work) -> int:
        """Make a copy anew as whoever checks it wants; judges get nothing until it is checked."""
        entry, copy = looked_at(asked, work)
        boxes = tuple(map(box_of, asked.boxes))
        copy.check_boxes(boxes)
        copies.take_back(work.session, copy, CopyState.REPLACED)
        blank = replace(
            copying.blank_of(entry, copy.place, work),
            number=copy.number + 1,
            wishes=Wishes(
                added=tuple(filter(None, map(clean, asked.added))),
                kept=tuple(filter(None, map(clean, asked.kept))),
                boxes=boxes,
            ),
        )
        made = self.copied(blank, entry, work)
        copies.add_copy(work.session, made)
        if copy.place == WORDS:
            tell_words(made, work)
        return made.number

    def copied(self, blank: BlindCopy, entry: Entry, work: Work) -> BlindCopy:
        """Make the copy that a blank stands for."""
        if blank.place == WORDS:
            return copying.words_copied(blank, entry, work)
        papers = copying.copied_papers(entry, work)
        if not blank.place <= len(papers):
            raise NoSuchCopy
        shop = copying.Workshop(self.files, self.makers, self.settings.font_path)
        return copying.paper_copied(blank, entry, papers[blank.place - 1], shop, work)


def box_of(asked: intake.BlackBox) -> Box:
    """Return a part of a page as the maker of copies measures it."""
    edges = (asked.left, asked.top, asked.right, asked.bottom)
    left, top, right, bottom = map(float, edges)
    return Box(asked.page, left, top, right, bottom)

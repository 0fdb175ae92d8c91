"""Entries are handed in and taken back."""

from contracts import intake
from kernel.database import Work
from kernel.messaging import command
from services.intake.domain import drafts
from services.intake.domain.deadlines import Basis, Counted
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import Entry, State
from services.intake.domain.taken import Taken
from services.intake.service import saying
from services.intake.service.access import check_may_change, check_scope
from services.intake.service.counting import arrival_of
from services.intake.service.dossiers import lacking_anew
from services.intake.service.handing import check_may_enter, gather, version_of
from services.intake.service.receipts import issue, receipt_code
from services.intake.service.registering import with_known
from services.intake.settings import IntakeSettings
from services.intake.signing import read_keys
from services.intake.store import contests, entries, versions


class Submitting:
    """What an entrant, or whoever files for one, does with a whole entry."""

    settings: IntakeSettings

    @command
    def submit_entry(self, asked: intake.SubmitEntry, work: Work) -> intake.Submitted:
        """Take the entry in from somebody who may enter; the receipt says if it is late.

        What must be filled in must be there. An incomplete dossier is taken all the same; the
        receipt says which papers are missing. Handed in again, what it says now counts.
        """
        check_scope(asked, work)
        entries.hold_contest_of(work.session, asked.entry_id)
        entry = entries.load_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        frozen = contests.load_rules(work.session, entry.contest_id)
        rules = frozen.rules
        entry = with_known(drafts.settled(entry, rules.entrants), work)
        counted = entry.count(rules, arrival_of(entry, asked, rules, work))
        check_may_enter(entry, rules, work)
        declared, papers = gather(entry, asked.declarations, rules, work)
        code = receipt_code(entry, rules, work)
        entry = entry.hand_in(counted, code, declared)
        missing = lacking_anew(entry, papers, rules)
        versions.keep_version(work.session, entry.entry_id, version_of(entry, papers, work))
        entries.save_entry(work.session, entry)
        taken = Taken(entry, counted, papers, missing)
        issue(taken, frozen, read_keys(self.settings.receipt_key), work)
        entries.add_line(work.session, entry, work.now, handed_in(entry, counted))
        if counted.is_late:
            work.announce(saying.came_late(entry, counted))
        else:
            work.announce(saying.submitted(entry, papers, missing, counted))
        return intake.Submitted(
            entry_id=entry.entry_id,
            receipt_code=code,
            received_at=counted.received_at,
            version=entry.version,
            missing=missing,
            late=counted.is_late,
            counted_at=counted.at,
            rule=counted.rule,
        )

    @command
    def withdraw_entry(self, asked: intake.WithdrawEntry, work: Work) -> None:
        """Take an undecided entry back; of a draft nobody else has ever heard."""
        check_scope(asked, work)
        entry = entries.load_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        entry = entry.moved(State.WITHDRAWN)
        entries.save_entry(work.session, entry)
        reason = clean(asked.reason)
        note = f"Đã rút hồ sơ: {reason}" if reason else "Đã rút hồ sơ."
        entries.add_line(work.session, entry, work.now, note)
        if entry.version > 0:
            work.announce(intake.EntryWithdrawn(**saying.about(entry), reason=reason))


def handed_in(entry: Entry, counted: Counted) -> str:
    """Write the step of its history; what is usual needs no rule."""
    if counted.is_late:
        return f"Đã nhận hồ sơ nộp muộn, chờ Ban Tổ chức xem xét. {counted.rule}"
    note = f"Đã nộp hồ sơ, lần {entry.version}."
    return note if counted.basis in (Basis.WINDOW, Basis.SUPPLEMENT) else f"{note} {counted.rule}"

"""Dossiers are examined: returned for completion, accepted or refused."""

from datetime import datetime

from contracts import intake
from kernel.database import Work
from kernel.messaging import command
from services.intake.domain.checklist import check_complete
from services.intake.domain.copies import is_blind
from services.intake.domain.documents import paper_of
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason, State
from services.intake.domain.windows import Calendar, supplement_due
from services.intake.service import saying
from services.intake.service.access import check_may_decide, require_here
from services.intake.service.checking import lines_of
from services.intake.service.dossiers import missing_of
from services.intake.store import contests, entries


class Desk:
    """What clerks and secretaries decide about a dossier."""

    @command
    def return_entry(self, asked: intake.ReturnEntry, work: Work) -> datetime:
        """Ask for a supplement, due in working days; what is missing is named."""
        entry = entries.load_entry(work.session, asked.entry_id)
        require_here(work, entry.contest_id, "secretary", "clerk")
        check_may_decide(entry, work)
        rules = contests.load_rules(work.session, entry.contest_id).rules
        entry.check_undecided()
        if not (request := clean(asked.request)):
            raise NoReason
        for code in asked.missing:
            paper_of(rules.dossier, code)
        missing = asked.missing or missing_of(entry, rules, work)
        calendar = Calendar.of(rules)
        due_at = supplement_due(rules.supplement, rules.intake, calendar, work.now)
        entry = entry.give_back(rules.supplement, due_at)
        entries.save_entry(work.session, entry)
        note = f"Yêu cầu bổ sung trước {calendar.show_end(due_at)}: {request}"
        entries.add_line(work.session, entry, work.now, note)
        work.announce(
            intake.EntryReturned(
                **saying.about(entry),
                request=request,
                missing=missing,
                due_at=due_at,
                number=entry.returns,
            )
        )
        return due_at

    @command
    def accept_entry(self, asked: intake.AcceptEntry, work: Work) -> None:
        """Declare the dossier complete and valid, once its checklist is."""
        entry = entries.load_entry(work.session, asked.entry_id)
        require_here(work, entry.contest_id, "secretary")
        check_may_decide(entry, work)
        rules = contests.load_rules(work.session, entry.contest_id).rules
        entry.check_undecided()
        accepted = entry.accept(missing_of(entry, rules, work))
        check_complete(lines_of(entry, work))
        entry = accepted
        entries.save_entry(work.session, entry)
        entries.add_line(work.session, entry, work.now, "Hồ sơ hợp lệ, được tiếp nhận.")
        work.announce(saying.accepted(entry))
        if is_blind(rules):
            work.announce(saying.copies_ordered(entry))

    @command
    def refuse_entry(self, asked: intake.RefuseEntry, work: Work) -> None:
        """Refuse an undecided dossier, or one not completed in time; the organiser a late one."""
        entry = entries.load_entry(work.session, asked.entry_id)
        require_here(work, entry.contest_id, "secretary", "organiser")
        if entry.state is not State.LATE:
            require_here(work, entry.contest_id, "secretary")
        check_may_decide(entry, work)
        entry.check_refusable(work.now)
        if not (reason := clean(asked.reason)):
            raise NoReason
        entry = entry.moved(State.REFUSED)
        entries.save_entry(work.session, entry)
        entries.add_line(work.session, entry, work.now, f"Không tiếp nhận hồ sơ: {reason}")
        work.announce(intake.EntryRefused(**saying.about(entry), reason=reason))

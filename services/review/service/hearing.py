"""What review notes of what intake and originality say."""

from contracts import intake, originality
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import subscribe
from services.review import store
from services.review.domain.entries import Exit
from services.review.service.defending import take_out
from services.review.service.reconsidering import reconsider, reconsider_persons


class Hearing:
    """Keeps review's own copy of others' facts; the order in which they arrive does not matter."""

    solver: Crunch

    @subscribe
    def keep_rules(self, heard: intake.ContestOpened, work: Work) -> None:
        """Keep the rules, and draw the secret that blind codes will come from."""
        secret = work.new_id() + work.new_id()
        store.keep_contest(work.session, heard.contest_id, heard.rules, heard.number, secret)

    @subscribe
    def amend_rules(self, heard: intake.ContestAmended, work: Work) -> None:
        """Keep the newest rules; an open round goes on under its own but for conflicts."""
        played = store.hold_rounds(work.session, heard.contest_id, to_amend=True)
        secret = work.new_id() + work.new_id()
        store.keep_contest(work.session, heard.contest_id, heard.rules, heard.number, secret)
        for one in played:
            reconsider(self.solver, work, one)

    @subscribe
    def keep_units(self, heard: intake.AgenciesImported, work: Work) -> None:
        """Keep which unit is above which."""
        played = store.hold_rounds(work.session)
        store.keep_units(work.session, heard.agencies, work.now)
        for one in played:
            reconsider(self.solver, work, one)

    @subscribe
    def keep_successions(self, heard: intake.AgenciesSucceeded, work: Work) -> None:
        """Keep which unit continues which."""
        played = store.hold_rounds(work.session)
        store.keep_successions(work.session, heard.successions)
        for one in played:
            reconsider(self.solver, work, one)

    @subscribe
    def keep_person(self, heard: intake.PersonRegistered, work: Work) -> None:
        """Keep a person's unit, who else they are, and the name minutes may need; no address."""
        played = store.hold_rounds(work.session)
        store.keep_person(work.session, heard.person_id, heard.unit_id, heard.full_name, work.now)
        store.keep_stay(work.session, heard.person_id, heard.unit_id, work.now)
        store.keep_aliases(work.session, heard.person_id, heard.also_ids)
        for one in played:
            reconsider_persons(self.solver, work, one, [heard.person_id, *heard.also_ids])

    @subscribe
    def note_submission(self, heard: intake.EntrySubmitted, work: Work) -> None:
        """Note an entry to be decided on, or a new version of it."""
        played = hold_for(work, heard)
        store.note_submitted(work.session, heard)
        for one in played:
            reconsider_persons(self.solver, work, one, heard.author_ids)
            reconsider(self.solver, work, one, among=[heard.entry_id])

    @subscribe
    def note_acceptance(self, heard: intake.EntryAccepted, work: Work) -> None:
        """Note that the dossier is complete and valid."""
        played = hold_for(work, heard)
        store.note_accepted(work.session, heard)
        for one in played:
            reconsider_persons(self.solver, work, one, heard.author_ids)
            reconsider(self.solver, work, one, among=[heard.entry_id])

    @subscribe
    def note_blinding(self, heard: intake.EntryBlinded, work: Work) -> None:
        """Keep title and summary as judges of a blind round may read them."""
        store.note_blinded(work.session, heard)

    @subscribe
    def note_report(self, heard: originality.OriginalityReported, work: Work) -> None:
        """Clear an entry that repeats nothing; else a ruling will come."""
        store.keep_report(work.session, heard.report_id, heard.entry_id, heard.version)
        if heard.level == "CLEAR":
            store.note_cleared(work.session, heard.contest_id, heard.entry_id, heard.version)

    @subscribe
    def note_ruling(self, heard: originality.OriginalityRuled, work: Work) -> None:
        """Clear the version that the report was about, or put the entry out."""
        if heard.ruling == "DUPLICATE":
            put_out(work, heard, Exit.DUPLICATE)
        else:
            version = store.reported_version(work.session, heard.report_id)
            store.note_cleared(work.session, heard.contest_id, heard.entry_id, version)

    @subscribe
    def note_refusal(self, heard: intake.EntryRefused, work: Work) -> None:
        """Put the entry out."""
        put_out(work, heard, Exit.REFUSED)

    @subscribe
    def note_withdrawal(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Put the entry out; marks it has stay on record and no longer count."""
        put_out(work, heard, Exit.WITHDRAWN)

    @subscribe
    def note_disqualification(self, heard: intake.EntryDisqualified, work: Work) -> None:
        """Put the entry out; marks it has stay on record and no longer count."""
        put_out(work, heard, Exit.DISQUALIFIED)


def put_out(
    work: Work,
    heard: originality.OriginalityRuled
    | intake.EntryRefused
    | intake.EntryWithdrawn
    | intake.EntryDisqualified,
    why: Exit,
) -> None:
    """Put an entry out of the contest, and out of the defence day it may be on."""
    store.note_out(work.session, heard.contest_id, heard.entry_id, why)
    take_out(work, heard.contest_id, heard.entry_id, why)


def hold_for(
    work: Work, heard: intake.EntrySubmitted | intake.EntryAccepted
) -> list[store.RoundInPlay]:
    """Hold the rounds an entry concerns: co-authors are near one another in every contest."""
    is_joint = len(heard.author_ids) > 1
    return store.hold_rounds(work.session, None if is_joint else heard.contest_id)

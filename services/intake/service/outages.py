"""Outages before a deadline are measured, and the organiser decides on more time for everybody."""

from contracts import intake
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, every, query
from services.intake.domain.deadlines import check_extension
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason
from services.intake.domain.outage import ProposalDecided
from services.intake.domain.windows import Calendar
from services.intake.rules.moving import with_closing
from services.intake.service.access import STAFF
from services.intake.service.contests import amend, read_rules
from services.intake.service.measuring import keep, measured, minutes, shown, silent, told
from services.intake.settings import IntakeSettings
from services.intake.signing import read_keys
from services.intake.store import contests, outages

WATCH_SECONDS = 60


class Outages:
    """What is measured is told as it is; what follows from it a person decides."""

    settings: IntakeSettings

    @command
    def record_beat(self, asked: intake.RecordBeat, work: Work) -> None:
        """Keep that the way to the database was open; only the door says so."""
        require(work.actor, "service")
        if asked.answered_at is not None:
            outages.record_beat(work.session, asked.answered_at)

    @every(seconds=WATCH_SECONDS)
    def watch_for_outages(self, work: Work) -> None:
        """Propose more time for each contest that was out of reach as long as its rules name.

        Once proposed, and not decided on, more time is not proposed again.
        """
        for contest in outages.watched(work.session, work.now):
            last = outages.find_proposal(work.session, contest.contest_id)
            if last and last.decision == "OPEN" and last.closes == contest.closes:
                continue
            rule = contests.load_rules(work.session, contest.contest_id).rules.intake.outage
            proposal = rule and measured(contest, rule, last, work)
            if proposal:
                keep(contest.contest_id, proposal, work)

    @command
    def decide_extension(self, asked: intake.DecideExtension, work: Work) -> None:
        """Adopt the proposed extension as an amendment, or decline it, with a reason."""
        require(work.actor.within(asked.contest_id), "organiser")
        if not (reason := clean(asked.reason)):
            raise NoReason
        contests.find_contest(work.session, asked.contest_id)
        row = outages.load_proposal(work.session, asked.contest_id)
        if row.decision != "OPEN":
            raise ProposalDecided
        row.decision = "ADOPTED" if asked.adopt else "DECLINED"
        row.reason, row.decided_at = reason, work.now
        row.decided_by, row.true_id = work.actor.id, work.actor.true_id or work.actor.id
        if asked.adopt:
            known = contests.load_rules(work.session, asked.contest_id)
            calendar = Calendar.of(known.rules)
            check_extension(row.until, known.rules.intake.closes, calendar)
            source = with_closing(known.source, row.until.astimezone(calendar.zone))
            keys = read_keys(self.settings.receipt_key)
            amend(known, read_rules(source, known.number + 1), reason, keys, work)
        work.announce(
            intake.ExtensionDecided(
                contest_id=row.contest_id, adopted=asked.adopt, until=row.until, reason=reason
            )
        )

    @query
    def show_outage(self, asked: intake.ShowOutage, work: Work) -> intake.OutageView:
        """Show what was measured, and what it has proposed."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        contest = contests.read_contest(work.session, asked.contest_id)
        silences = silent(contest, work)
        row = outages.find_proposal(work.session, asked.contest_id)
        return intake.OutageView(
            contest_id=asked.contest_id,
            watched_from=contest.watched_from,
            missed_minutes=minutes(silences),
            gaps=told(silences),
            proposed=None if row is None else shown(row),
        )

"""Outages before a deadline are measured, and the organiser decides on more time for everybody."""

from datetime import timedelta

from msgspec import convert, to_builtins

from contracts import intake
from contracts.rules import Outage
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, every, query
from services.intake.domain import outage
from services.intake.domain.deadlines import check_extension
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason
from services.intake.domain.outage import Proposal, ProposalDecided, Span
from services.intake.domain.windows import Calendar
from services.intake.rules.moving import with_closing
from services.intake.service.access import STAFF
from services.intake.service.contests import amend, read_rules
from services.intake.settings import IntakeSettings
from services.intake.signing import read_keys
from services.intake.store import contests, outages
from services.intake.store.tables import ContestRow, ProposalRow

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
        require(work.actor, "organiser")
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
        require(work.actor, *sorted(STAFF))
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


def silent(contest: ContestRow, work: Work, last: ProposalRow | None = None) -> tuple[Span, ...]:
    """Return the gaps in the contest's last hours, as far as these have passed.

    Those that the `last` proposal answers are left out. Where no beat was ever kept nothing was
    measured, and so nothing is known to be missed.
    """
    end = min(contest.closes, work.now)
    beats = outages.load_beats(work.session, end)
    if contest.watched_from is None or not beats:
        return ()
    if last is None:
        return outage.gaps(beats, contest.watched_from, end)
    answered_at = min(last.proposed_at, last.closes)
    return outage.unanswered(beats, Span(contest.watched_from, end), answered_at)


def measured(
    contest: ContestRow, rule: Outage, last: ProposalRow | None, work: Work
) -> Proposal | None:
    """Return what the rules propose for what was measured since the last proposal."""
    return outage.propose(rule, contest.closes, silent(contest, work, last))


def keep(contest_id: str, proposal: Proposal, work: Work) -> None:
    """Keep and tell the proposal."""
    gaps = told(proposal.gaps)
    work.session.add(
        ProposalRow(
            contest_id=contest_id,
            proposed_at=work.now,
            closes=proposal.closes,
            until=proposal.until,
            missed_minutes=minutes(proposal.gaps),
            gaps=to_builtins(gaps),
            decision="OPEN",
        )
    )
    work.announce(
        intake.ExtensionProposed(
            contest_id=contest_id,
            closes=proposal.closes,
            until=proposal.until,
            missed_minutes=minutes(proposal.gaps),
            gaps=gaps,
        )
    )


def told(silences: tuple[Span, ...]) -> tuple[intake.Gap, ...]:
    """Return gaps as messages say them."""
    return tuple(intake.Gap(begun_at=one.begun_at, ended_at=one.ended_at) for one in silences)


def minutes(silences: tuple[Span, ...]) -> int:
    """Return how many whole minutes were missed in all."""
    return outage.missed(silences) // timedelta(minutes=1)


def shown(row: ProposalRow) -> intake.ProposedExtension:
    """Return a proposal as staff see it."""
    fields = {name: getattr(row, name) for name in intake.ProposedExtension.__struct_fields__}
    return convert(fields, intake.ProposedExtension)

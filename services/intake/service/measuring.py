"""What was measured of an outage, and how it is kept, told and shown."""

from datetime import timedelta

from msgspec import convert, to_builtins

from contracts import intake
from contracts.rules import Outage
from kernel.database import Work
from services.intake.domain import outage
from services.intake.domain.outage import Proposal, Span
from services.intake.store import outages
from services.intake.store.tables import ContestRow, ProposalRow


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

"""Ways in that concern defence days: drawn up, recorded, changed, shown, exported."""

from contracts import review
from contracts.rules import Round
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Forbidden
from kernel.messaging import command, query
from services.review import orders, store
from services.review.domain import rounds
from services.review.domain.conflicts.saying import check_reason
from services.review.domain.defence import day
from services.review.domain.defence.puzzle import Order, Puzzle
from services.review.domain.rounds import State
from services.review.service import owning, programmes
from services.review.service.access import require_here
from services.review.service.defending import keep, stage_of
from services.review.service.drafting import check_coded, check_held, draw_up
from services.review.service.invitations import Invitations

OFFICE = ("chair", "secretary", "organiser")


class Defence:
    """Keeps the defence day of a round in versions."""

    solver: Crunch

    def arrange(self, puzzle: Puzzle) -> Order:
        """Have talks put in order."""
        return orders.arrange(self.solver, puzzle)

    @query
    def plan_defence(self, asked: review.PlanDefence, work: Work) -> review.DefencePlan:
        """Draw a day up; nothing is written down."""
        require_here(work, asked.contest_id, *OFFICE)
        contest = store.load_contest(work.session, asked.contest_id)
        stage = stage_of(work, contest, asked.round_id)
        drawn, order = draw_up(self.arrange, work, stage, asked)
        return programmes.plan(work, stage, drawn, order)

    @command
    def record_defence(self, asked: review.RecordDefence, work: Work) -> int:
        """Draw a day up and keep it as the next version."""
        require_here(work, asked.contest_id, *OFFICE)
        reason = check_reason(asked.reason)
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        versions = store.defence.load(work.session, asked.contest_id, asked.round_id)
        day.check_version(len(versions), asked.version)
        check_not_over(work, asked.contest_id, asked.round_id)
        stage = stage_of(work, contest, asked.round_id)
        check_coded(work, stage)
        drawn, _ = draw_up(self.arrange, work, stage, asked)
        check_held(stage, drawn)
        return keep(work, contest, stage.rules, versions, drawn, reason)

    @command
    def change_defence(self, asked: review.ChangeDefence, work: Work) -> int:
        """Take entries out of a day, swap and move them; the version before stays on record."""
        require_here(work, asked.contest_id, *OFFICE)
        reason = check_reason(asked.reason)
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        versions = store.defence.need(work.session, asked.contest_id, asked.round_id)
        day.check_version(len(versions), asked.version)
        check_not_over(work, asked.contest_id, asked.round_id)
        stage = stage_of(work, contest, asked.round_id)
        revised = day.attended(day.revise(versions[-1].day, asked), stage.finalists)
        check_held(stage, revised)
        return keep(work, contest, stage.rules, versions, revised, reason)

    @query
    def show_defence(self, asked: review.ShowDefence, work: Work) -> review.DefenceDay:
        """Show a day to the office, and to judges and authors what concerns them."""
        contest = store.load_contest(work.session, asked.contest_id)
        rules = rules_of(work, contest, asked.round_id)
        versions = store.defence.need(work.session, asked.contest_id, asked.round_id)
        if is_office(work, asked.contest_id):
            version = store.defence.chosen(versions, asked.version)
            return programmes.whole(work, contest, rules, versions, version)
        return programmes.own(work, contest, rules, versions[-1])

    @query
    def show_programme(self, asked: review.ShowProgramme, work: Work) -> review.Programme:
        """Show the programme to anybody; a blind round is shown by codes."""
        contest = store.load_contest(work.session, asked.contest_id)
        rules = rules_of(work, contest, asked.round_id)
        versions = store.defence.need(work.session, asked.contest_id, asked.round_id)
        return programmes.public(work, contest, rules, versions[-1])

    @query
    def export_defence(self, asked: review.ExportDefence, work: Work) -> bytes:
        """Return slots as a calendar file: an entry's, a judge's, the caller's own, or all."""
        contest = store.load_contest(work.session, asked.contest_id)
        rules = rules_of(work, contest, asked.round_id)
        newest = store.defence.need(work.session, asked.contest_id, asked.round_id)[-1].day
        written = Invitations(work, contest, rules, newest)
        if asked.own:
            return owning.own_calendar(work, written)
        blind = rules.blind and owning.marks(newest, work.actor.id)
        if asked.code is not None:
            booking = owning.booking_of(newest, asked.code)
            if owning.identity(work) not in booking.authors:
                require_here(work, asked.contest_id, *OFFICE)
            return written.of_entries([booking], blind=blind)
        if asked.judge_id is None or asked.judge_id != work.actor.id:
            require_here(work, asked.contest_id, *OFFICE)
        if asked.judge_id is not None:
            is_own = asked.judge_id == work.actor.id
            return written.of_judge(asked.judge_id, leaves=is_own or not blind)
        return written.of_day(blind=blind)


def is_office(work: Work, contest_id: str) -> bool:
    """Say whether the actor runs the round: secretariat, organiser or chair."""
    try:
        require_here(work, contest_id, *OFFICE)
    except Forbidden:
        return False
    return True


def rules_of(work: Work, contest: store.Contest, round_id: str) -> Round:
    """Return the rules of a round: those it opened under, else the contest's newest."""
    played = store.find_round(work.session, contest.contest_id, round_id)
    return played.rules if played else rounds.round_of(contest.rules, round_id)


def check_not_over(work: Work, contest_id: str, round_id: str) -> None:
    """Raise if the round is closed."""
    played = store.find_round(work.session, contest_id, round_id)
    if played is not None and played.state is State.CLOSED:
        raise rounds.RoundNotOpen("The round {round} is not open.", round=round_id)

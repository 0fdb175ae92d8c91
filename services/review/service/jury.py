"""Ways in that concern the jury: who sits on it, from when until when."""

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.review import store
from services.review.domain.assignment.desks import check_desks
from services.review.domain.conflicts.saying import check_reason
from services.review.domain.jury import (
    Role,
    Seat,
    check_jury,
    check_leaving,
    check_seats,
    judges_of,
)
from services.review.domain.sub_juries import SubJury, check_panels
from services.review.domain.units import Post
from services.review.service import showing, words
from services.review.service.access import check_may_see, require_here
from services.review.service.reconsidering import hand_over, reconsider, reconsider_persons
from services.review.service.saying import NotSeated

NOTHING = review.JudgeReplacement(kept=(), handed_over=(), vacant=())


class Juries:
    """Seats juries, and ends and fills seats."""

    solver: Crunch

    @command
    def seat_jury(self, asked: review.SeatJury, work: Work) -> None:
        """Appoint a jury, in the place of the one before."""
        require(work.actor, "organiser")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        seats = [
            Seat(one.person_id, Role(one.role), one.unit_id, one.panel_id) for one in asked.seats
        ]
        panels = [
            SubJury(one.panel_id, one.name, frozenset(one.areas), frozenset(one.rounds))
            for one in asked.panels
        ]
        seated = judges_of(store.load_jury(work.session, asked.contest_id))
        busy = store.busy_judges(work.session, asked.contest_id) & seated
        check_jury(seats, contest.rules.jury_size, busy, contest.rules.jury)
        check_panels(seats, panels, contest.rules)
        check_desks(asked.seats, contest.rules)
        by = showing.numbered(asked.decision)
        store.save_panels_of_jury(work.session, asked.contest_id, panels)
        store.save_jury(work, asked.contest_id, seats, by)
        store.save_desks(work.session, asked.contest_id, asked.seats)
        store.note(work, words.seated(seats, len(panels), by[0]), asked.contest_id)
        work.announce(
            review.JurySeated(
                contest_id=asked.contest_id,
                seats=asked.seats,
                panels=asked.panels,
                decision=asked.decision,
            )
        )
        if played := store.round_in_play(work.session, asked.contest_id):
            reconsider(self.solver, work, played)

    @command
    def replace_judge(self, asked: review.ReplaceJudge, work: Work) -> review.JudgeReplacement:
        """End somebody's seats and fill them; in an open round, hand over what they owe."""
        require(work.actor, "organiser")
        reason, by = check_reason(asked.reason), showing.numbered(asked.decision)
        check_reason(asked.decision.number)
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        before = store.load_jury(work.session, asked.contest_id)
        ended = [seat for seat in before if seat.person_id == asked.judge_id]
        if ended:
            taken = showing.taken_over(ended, asked)
            stay = [seat for seat in before if seat.person_id != asked.judge_id]
            check_seats([*stay, *taken])
            check_leaving(before, [*stay, *taken], contest.rules.jury)
            store.end_seats(
                work,
                asked.contest_id,
                asked.judge_id,
                by,
                reason=reason,
                substitute_id=asked.substitute_id,
            )
            for seat in taken:
                store.add_seat(work, asked.contest_id, seat, by)
            line = words.replaced(asked.judge_id, asked.substitute_id, by, reason)
            store.note(work, line, asked.contest_id, None, asked.judge_id)
            work.announce(
                review.JudgeReplaced(
                    contest_id=asked.contest_id,
                    judge_id=asked.judge_id,
                    decision=asked.decision,
                    reason=reason,
                    seats=tuple(map(showing.seat, taken)),
                )
            )
        elif not store.has_sat(work.session, asked.contest_id, asked.judge_id):
            raise NotSeated("{judge} does not mark on this jury.", judge=asked.judge_id)
        played = store.round_in_play(work.session, asked.contest_id)
        if played is None:
            return NOTHING
        counts = contest.rules.jury.left_sheets == "COUNT"
        done = hand_over(
            self.solver, work, played, asked.judge_id, asked.substitute_id, counts=counts
        )
        return review.JudgeReplacement(
            kept=done.kept, handed_over=done.handed_over, vacant=done.vacant
        )

    @command
    def record_posts(self, asked: review.RecordPosts, work: Work) -> None:
        """Keep where somebody belongs and belonged; conflicts that come of it are acted upon."""
        if asked.person_id != work.actor.id:
            require(work.actor, "organiser", "secretary")
        posts = [Post(one.unit_id, one.since, one.until) for one in asked.posts]
        rounds = store.hold_rounds(work.session)
        store.save_posts(work, asked.person_id, posts)
        for played in rounds:
            reconsider_persons(self.solver, work, played, [asked.person_id])

    @query
    def show_jury(self, asked: review.ShowJury, work: Work) -> review.JuryView:
        """Show who sits and who sat, by which decisions, and where a judge is missing."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser", "judge")
        contest = store.load_contest(work.session, asked.contest_id)
        return showing.jury(work, contest)

    @query
    def list_jury_notes(
        self, asked: review.ListJuryNotes, work: Work
    ) -> tuple[review.JuryNote, ...]:
        """List what was noted for the minutes, but not to who marks in a blind round."""
        check_may_see(work, store.load_contest(work.session, asked.contest_id))
        return tuple(map(showing.jury_note, store.load_notes(work.session, asked.contest_id)))

"""Ways in that concern who judges what: pairs kept apart, panels mended, plans shown."""

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Refused
from kernel.messaging import command, query
from services.review import orders, store
from services.review.domain.assignment.mending import Moves
from services.review.domain.assignment.sheet import sheets
from services.review.domain.conflicts.saying import check_reason
from services.review.service import words
from services.review.service.access import require_here
from services.review.service.panelling import deal, seat
from services.review.service.plans import plan
from services.review.service.reconsidering import hand_over
from services.review.service.saying import NotSeated
from services.review.service.surveying import gather, in_play

OFFICE = ("chair", "secretary", "organiser")


class KeptFromThemselves(Refused):
    """A judge cannot be kept apart from themselves."""


class AlreadyLeft(Refused):
    """This judge has left the round already."""


class Assigning:
    """Keeps judges apart, mends the panels of an open round, and shows plans."""

    solver: Crunch
    press: Crunch

    @command
    def keep_apart(self, asked: review.KeepApart, work: Work) -> None:
        """Never assign two judges to one entry; said twice it changes nothing."""
        pair = self.pair(asked, work)
        if pair not in store.load_apart(work.session, asked.contest_id):
            store.keep_apart(work, asked.contest_id, pair, asked.reason.strip())

    @command
    def let_together(self, asked: review.LetTogether, work: Work) -> None:
        """Let two judges be assigned to one entry again."""
        store.let_together(work, asked.contest_id, self.pair(asked, work), asked.reason.strip())

    def pair(self, asked: review.KeepApart | review.LetTogether, work: Work) -> tuple[str, str]:
        """Check who asks and why, hold the contest, and return the pair in order."""
        require_here(work, asked.contest_id, "chair", "organiser")
        store.load_contest(work.session, asked.contest_id, lock=True)
        check_reason(asked.reason)
        if asked.judge_id == asked.other_id:
            raise KeptFromThemselves
        one, other = sorted((asked.judge_id, asked.other_id))
        return one, other

    @command
    def release_judge(self, asked: review.ReleaseJudge, work: Work) -> review.Repaired:
        """Let a judge leave an open round; what they have not marked goes to others."""
        require_here(work, asked.contest_id, *OFFICE)
        reason = check_reason(asked.reason)
        store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        released = store.load_released(work.session, asked.contest_id, asked.round_id)
        if asked.judge_id in released:
            raise AlreadyLeft
        sits = {one.person_id for one in store.load_judges(work.session, asked.contest_id)}
        if asked.judge_id not in sits and not store.assigned_pairs(
            work.session, played, [asked.judge_id]
        ):
            raise NotSeated("{judge} does not mark on this jury.", judge=asked.judge_id)
        store.release(work, played, asked.judge_id, reason)
        store.note(work, words.released(asked.judge_id, reason), played, None, asked.judge_id)
        work.announce(
            review.JudgeReleased(
                contest_id=asked.contest_id, round_id=asked.round_id, judge_id=asked.judge_id
            )
        )
        done = hand_over(self.solver, work, played, asked.judge_id, counts=True)
        return repaired(done.mended.moves, done.vacant)

    @command
    def level_round(self, asked: review.LevelRound, work: Work) -> review.Repaired:
        """Even the loads of an open round out; who has marked an entry keeps it."""
        require_here(work, asked.contest_id, *OFFICE)
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        entries, places = in_play(work, played)
        field = gather(work, contest, played.rules, entries, places)
        moves = field.changed(deal(self.solver, field, "evenness"))
        seat(work, played, field, moves)
        codes = {entry.entry_id: entry.code or "" for entry in entries}
        return repaired({codes[one]: move for one, move in moves.items()})

    @query
    def plan_round(self, asked: review.PlanRound, work: Work) -> review.RoundPlan:
        """Say who would judge what, or does; nothing is written down."""
        require_here(work, asked.contest_id, *OFFICE)
        return plan(lambda problem: orders.assign(self.solver, problem), asked, work)

    @query
    def export_plan(self, asked: review.ExportPlan, work: Work) -> bytes:
        """Return the plan as a file."""
        require_here(work, asked.contest_id, *OFFICE)
        contest = store.load_contest(work.session, asked.contest_id)
        shown = plan(lambda problem: orders.assign(self.solver, problem), asked, work)
        return orders.draw(self.press, sheets(contest.rules, shown))


def repaired(moves: Moves, vacant: tuple[str, ...] = ()) -> review.Repaired:
    """Say what was changed, by code."""
    return review.Repaired(
        changes=sum(len(came) for _, came in moves.values()),
        moves=tuple(
            review.Moved(code=code, left=tuple(sorted(left)), came=tuple(sorted(came)))
            for code, (left, came) in moves.items()
        ),
        vacant=vacant,
    )

"""Ways in for when a sheet does not come: what the rules allow, with minutes and a reason."""

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import NotFound
from kernel.messaging import command, query
from services.review import store
from services.review.domain import missing
from services.review.domain.minutes.facts import Discussed, Extended
from services.review.domain.panel import NotYourEntry
from services.review.domain.rounds import RoundNotOpen, State
from services.review.service.absent import awaited_in, outstanding, stated, who_leave
from services.review.service.access import require_here
from services.review.service.calling import follow
from services.review.service.keys import SheetsAlreadyOpen
from services.review.service.minuting import cite
from services.review.service.quorum import count_as_they_are
from services.review.service.stepping import Leaving
from services.review.service.substituting import Mended, mend


class NothingToDiscuss(NotFound):
    """No discussion is asked for about this entry."""


class Missing:
    """Replaces judges, counts without them, extends the time; never silently."""

    solver: Crunch

    @command
    def decline_entry(self, asked: review.DeclineEntry, work: Work) -> None:
        """Take the caller off an entry they give back before they have given a sheet."""
        stated(asked.reason)
        store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        entry = store.entry_by_code(work.session, asked.contest_id, asked.code)
        if entry is None:
            raise NotYourEntry
        panel = store.load_sealed_panel(work.session, played, entry.entry_id)
        if work.actor.id not in panel.awaited():
            raise NotYourEntry
        why = missing.declined(asked.reason)
        mend(self.solver, work, played, [Leaving(entry, work.actor.id, why)])

    @command
    def replace_missing(self, asked: review.ReplaceMissing, work: Work) -> review.JudgesMissed:
        """Find who steps in wherever a judge's sheet is awaited; sheets given are kept."""
        played = self.held(asked, work)
        missing.check_allowed(played.rules, "replace")
        cite(work, "replace", played, asked.minutes)
        why = missing.replaced(asked.reason, asked.minutes)
        owed = {
            entry_id: {asked.judge_id} & judges
            for entry_id, judges in awaited_in(work, played).items()
        }
        leaving = who_leave(work, played, owed, why)
        mended = mend(self.solver, work, played, leaving) if leaving else Mended()
        missing.check_replaced(
            one.entry.code for one in leaving if one.entry.entry_id in mended.untaken
        )
        taken = len(leaving)
        return review.JudgesMissed(entries=taken, judge_ids=(asked.judge_id,) if taken else ())

    @command
    def count_without(self, asked: review.CountWithout, work: Work) -> review.JudgesMissed:
        """Await nothing more where the quorum is there: sheets, second looks, empty places."""
        return count_as_they_are(work, self.held(asked, work, sealed=False), asked)

    @command
    def extend_round(self, asked: review.ExtendRound, work: Work) -> None:
        """Take sheets until a later instant."""
        played = self.held(asked, work)
        missing.check_extension(played.rules, played.due, asked.until, work.now)
        cite(work, "extend", played, asked.minutes)
        store.set_due(work.session, played, asked.until)
        late = frozenset().union(*awaited_in(work, played).values())
        what = Extended(asked.until, asked.reason, asked.minutes, tuple(sorted(late)))
        store.happen(work, played, what)
        work.announce(
            review.RoundExtended(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                until=asked.until,
                reason=asked.reason,
                minutes=asked.minutes,
                judge_ids=tuple(sorted(late)),
            )
        )

    @command
    def record_discussion(self, asked: review.RecordDiscussion, work: Work) -> None:
        """Let the sheets of a panel stand that has discussed its spread."""
        require_here(work, asked.contest_id, "chair", "secretary")
        stated(asked.minutes, asked.conclusion)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        entry = store.entry_by_code(work.session, asked.contest_id, asked.code)
        rule = played.rules.divergence
        if entry is None or rule is None or rule.then != "discuss":
            raise NothingToDiscuss
        panel = store.load_panel(work.session, played, entry.entry_id)
        if not panel.asked - panel.looked:
            raise NothingToDiscuss
        cite(work, "discussion", played, asked.minutes)
        store.happen(work, played, Discussed(asked.code, asked.conclusion, asked.minutes))
        work.announce(
            review.DiscussionRecorded(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                entry_id=entry.entry_id,
                minutes=asked.minutes,
                conclusion=asked.conclusion,
            )
        )
        follow(work, played, entry, *panel.confirm())

    @query
    def list_awaited(self, asked: review.ListAwaited, work: Work) -> review.AwaitedSheets:
        """Say whose sheets are still to come and what the rules allow; nothing of a mark."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        played = store.find_round(work.session, asked.contest_id, asked.round_id)
        if played is None:
            raise RoundNotOpen("The round {round} is not open.", round=asked.round_id)
        return outstanding(work, played)

    def held(
        self,
        asked: review.ReplaceMissing | review.CountWithout | review.ExtendRound,
        work: Work,
        *,
        sealed: bool = True,
    ) -> store.RoundInPlay:
        """Hold a round alone, one still sealed; only chair, secretary, organiser, with minutes."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        stated(asked.reason, asked.minutes)
        store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        if sealed and played.state is not State.OPEN:
            raise SheetsAlreadyOpen
        return played

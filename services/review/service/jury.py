"""Ways in that concern the jury: who sits on it, and who is kept from what."""

from contracts import review
from kernel.database import Work
from kernel.errors import NotFound, require
from kernel.messaging import command
from services.review import store
from services.review.domain.assignment import replacement
from services.review.domain.conflicts import NoJudgeLeft, survey
from services.review.domain.entries import Entry, Standing
from services.review.domain.jury import Role, Seat, check_jury
from services.review.service.access import require_here
from services.review.service.verdicts import announce


class NotSeated(NotFound):
    """This person does not mark on the jury."""


class Juries:
    """Seats juries and keeps judges from entries."""

    @command
    def seat_jury(self, asked: review.SeatJury, work: Work) -> None:
        """Appoint a jury, in the place of the one before."""
        require(work.actor, "organiser")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        seats = [Seat(one.person_id, Role(one.role), one.unit_id) for one in asked.seats]
        check_jury(
            seats, contest.rules.jury_size, store.busy_judges(work.session, asked.contest_id)
        )
        store.save_jury(work.session, asked.contest_id, seats)
        work.announce(review.JurySeated(contest_id=asked.contest_id, seats=asked.seats))

    @command
    def declare_conflict(self, asked: review.DeclareConflict, work: Work) -> None:
        """Keep a judge from an entry; anybody may declare their own conflict."""
        if asked.judge_id != work.actor.id:
            require_here(work, asked.contest_id, "chair", "organiser")
        store.load_contest(work.session, asked.contest_id, lock=True)
        judges = store.load_judges(work.session, asked.contest_id)
        if asked.judge_id not in {judge.person_id for judge in judges}:
            raise NotSeated("{judge} does not mark on this jury.", judge=asked.judge_id)
        entry = store.entry_named(work.session, asked.contest_id, asked.entry_id)
        store.add_conflict(work, asked.contest_id, asked.judge_id, entry.entry_id, asked.reason)
        played = store.round_in_play(work.session, asked.contest_id)
        if played is not None and entry.standing is not Standing.OUT:
            stand_down(work, played, entry, asked.judge_id)


def stand_down(work: Work, played: store.RoundInPlay, entry: Entry, judge_id: str) -> None:
    """Take a judge off an entry being judged, find who steps in, and weigh the panel anew."""
    panel = store.load_panel(work.session, played, entry.entry_id)
    if judge_id not in panel.judge_ids:
        return
    substitute = find_substitute(work, played, entry, panel.judge_ids)
    panel = panel.replace_judge(judge_id, substitute)
    store.stand_down(work.session, played, entry.entry_id, judge_id)
    if substitute is not None:
        store.add_judge(work.session, played, entry.entry_id, substitute)
    about = {
        "contest_id": played.contest_id,
        "round_id": played.round_id,
        "entry_id": entry.entry_id,
    }
    work.announce(review.JudgeStoodDown(**about, judge_id=judge_id))
    work.announce(
        review.JudgesAssigned(
            **about, code=entry.code or "", judge_ids=tuple(sorted(panel.judge_ids))
        )
    )
    panel, verdict = panel.weigh()
    store.save_verdict(work.session, played, entry.entry_id, panel)
    announce(work, played, entry, verdict)


def find_substitute(
    work: Work, played: store.RoundInPlay, entry: Entry, seated: frozenset[str]
) -> str | None:
    """Choose who steps in; None where all free judges mark anyway and one of them is left."""
    if played.rules.judges_per_entry is None and len(seated) > 1:
        return None
    judges = store.load_judges(work.session, played.contest_id)
    found = survey([entry], judges, store.load_ties(work.session, played.contest_id))
    substitute = replacement(found.free[entry.entry_id], seated, store.loads(work.session, played))
    if substitute is None:
        raise NoJudgeLeft(
            "Nobody is left to take this judge's place on {code}; seat another judge first.",
            code=entry.code,
        )
    return substitute

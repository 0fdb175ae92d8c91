"""Ways in after the marks: the council's votes, why an entry is where it is."""

from dataclasses import replace

from contracts import review
from contracts.rules.reckoning import Vote
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Forbidden, NotFound, Refused
from kernel.messaging import command, query
from services.review import store
from services.review.domain import rounds
from services.review.domain.concluding import conclude, cut_off
from services.review.domain.rounds import RoundStillSealed, State
from services.review.domain.votes import check_vote
from services.review.service.access import marks_blind, require_here
from services.review.service.calibrating import calibrated, in_words
from services.review.service.concluding import beside_sheets, ranked
from services.review.service.explaining import explained
from services.review.service.field import judged
from services.review.service.minuting import cite


class RoundStillOpen(Refused):
    """Nobody learns of marks before the round is closed."""


class NothingToExplain(NotFound):
    """This entry is in no round that is closed."""


class PlaceHidden(Forbidden):
    """Who marks in a blind round learns why an entry is where it is once that round is closed."""


class Results:
    """Takes the council's votes on equals; explains places to those who run the contest."""

    crunch: Crunch

    @command
    def record_vote(self, asked: review.RecordVote, work: Work) -> None:
        """Keep the council's order of equals at a cut-off, once every sheet is in."""
        require_here(work, asked.contest_id, "chair")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        if played.state is State.OPEN:
            raise RoundStillSealed
        codes = judged(work, played)
        panels = store.load_panels(work.session, played)
        vacant = store.count_vacancies(work.session, played)
        rounds.check_complete(
            {code: len(panels[one].awaited()) + vacant[one] for one, code in codes.items()}
        )
        table, beside = ranked(
            work, self.crunch, contest, played, {one: panels[one] for one in codes}
        )
        ties = cut_off(played.rules, beside).undecided(table)
        entries = {code: entry_id for entry_id, code in codes.items()}
        order = tuple(entries.get(code, code) for code in asked.order)
        vote = Vote(order, asked.minutes, asked.reason)
        check_vote(vote, played.rules, ties)
        cite(work, "vote", played, asked.minutes)
        store.add_vote(work, played, vote)
        work.announce(
            review.VoteRecorded(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                order=order,
                minutes=asked.minutes,
                reason=asked.reason,
            )
        )

    @query
    def explain_place(self, asked: review.ExplainPlace, work: Work) -> review.Explanation:
        """Say what an entry's places rest on; of a round that is not closed nobody learns."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        contest = store.load_contest(work.session, asked.contest_id)
        if marks_blind(work, contest):
            raise PlaceHidden
        entry = store.entry_named(work.session, asked.contest_id, asked.entry)
        found = explained(work, contest, entry)
        if not found.rounds:
            raise NothingToExplain
        return found

    @query
    def show_calibration(self, asked: review.ShowCalibration, work: Work) -> review.Calibration:
        """Estimate judges' severity in a closed round, and how sure its ranks are."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        contest = store.load_contest(work.session, asked.contest_id)
        rounds.round_of(contest.rules, asked.round_id)
        played = store.load_closed(work.session, asked.contest_id).get(asked.round_id)
        if played is None:
            raise RoundStillOpen
        loaded = store.load_panels(work.session, played)
        panels = {line.entry_id: loaded[line.entry_id] for line in played.table}
        going_on = sum(line.advances for line in played.table)
        found = calibrated(self.crunch, played, panels, going_on)
        beside = beside_sheets(work, contest, played, panels)
        severities = {one.judge_id: one.points for one in found.severities}
        raw = conclude(played.rules, panels, beside, is_last=True)
        corrected = replace(beside, severities=severities)
        return in_words(
            played, found, raw, conclude(played.rules, panels, corrected, is_last=True)
        )

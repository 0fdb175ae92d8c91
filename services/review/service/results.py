"""Ways in after the marks: the council's votes, why an entry is where it is."""

from contracts import review
from contracts.rules.reckoning import Vote
from kernel.database import Work
from kernel.errors import NotFound
from kernel.messaging import command, query
from services.review import store
from services.review.domain import rounds
from services.review.domain.concluding import cut_off
from services.review.domain.votes import check_vote
from services.review.service.access import require_here
from services.review.service.concluding import ranked
from services.review.service.explaining import explained
from services.review.service.field import judged


class NothingToExplain(NotFound):
    """This entry is in no round that is closed."""


class Results:
    """Takes the council's votes on equals; explains places to those who run the contest."""

    @command
    def record_vote(self, asked: review.RecordVote, work: Work) -> None:
        """Keep the council's order of equals at a cut-off, once every sheet is in."""
        require_here(work, asked.contest_id, "chair")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, to_close=True)
        codes = judged(work, played)
        panels = store.load_panels(work.session, played)
        rounds.check_complete({code: len(panels[one].awaited()) for one, code in codes.items()})
        table, beside = ranked(work, contest, played, codes)
        ties = cut_off(played.rules, beside).undecided(table)
        entries = {code: entry_id for entry_id, code in codes.items()}
        order = tuple(entries.get(code, code) for code in asked.order)
        vote = Vote(order, asked.minutes, asked.reason)
        check_vote(vote, played.rules, ties)
        store.add_vote(work, played, vote)

    @query
    def explain_place(self, asked: review.ExplainPlace, work: Work) -> review.Explanation:
        """Say what an entry's places rest on; of a round that is not closed nobody learns."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        contest = store.load_contest(work.session, asked.contest_id)
        entry = store.entry_named(work.session, asked.contest_id, asked.entry)
        found = explained(work, contest, entry)
        if not found.rounds:
            raise NothingToExplain
        return found

"""What the jury wrote, for the authors: as the rules say, and once results are public."""

from contracts import awards, review
from kernel.database import Work
from kernel.messaging import query, subscribe
from services.review import store
from services.review.domain.feedback import told
from services.review.store.entries import UnknownEntry


class Feedback:
    """Gives words on, and neither names nor marks."""

    @subscribe
    def note_publication(self, heard: awards.ResultsPublished, work: Work) -> None:
        """Keep that results are public."""
        store.feedback.keep_publication(work.session, heard.contest_id, work.now)

    @query
    def show_feedback(
        self, asked: review.ShowFeedback, work: Work
    ) -> tuple[review.RoundFeedback, ...]:
        """Show an author what judges wrote on their entry; what is not theirs does not exist."""
        if not store.is_author(work.session, asked.contest_id, asked.entry_id, work.actor.id):
            raise UnknownEntry("Review has not heard of the entry {entry}.", entry=asked.entry_id)
        if not store.feedback.is_public(work.session, asked.contest_id):
            return ()
        closed = store.load_closed(work.session, asked.contest_id)
        contest = store.load_contest(work.session, asked.contest_id)
        found = []
        for one in (closed[rule.id] for rule in contest.rules.rounds if rule.id in closed):
            words = store.feedback.load_words(work.session, one, asked.entry_id)
            lines = tuple(
                review.FeedbackLine(criterion=name, comments=comments)
                for name, comments in told(one.rules, words)
            )
            if lines:
                found.append(
                    review.RoundFeedback(round_id=one.round_id, name=one.rules.name, lines=lines)
                )
        return tuple(found)

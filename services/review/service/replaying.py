"""Rounds that are over, aggregated anew under other rules."""

from contracts import review
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import query
from services.review import store
from services.review.domain.replay import replay
from services.review.domain.rounds import State
from services.review.service.verdicts import in_words


class Replaying:
    """Looks at closed rounds only: of an open one nobody learns a mark."""

    @query
    def replay_rounds(
        self, asked: review.ReplayRounds, work: Work
    ) -> tuple[review.ReplayedRound, ...]:
        """Aggregate the sheets of every closed round under other rules."""
        require(work.actor, "organiser")
        rounds = (
            store.find_round(work.session, asked.contest_id, one.id) for one in asked.rules.rounds
        )
        played = {
            one.round_id: store.load_panels(work.session, one)
            for one in rounds
            if one is not None and one.state is State.CLOSED
        }
        codes = {
            entry.entry_id: entry.code or ""
            for entry in store.load_entries(work.session, asked.contest_id)
        }
        return tuple(
            review.ReplayedRound(
                round_id=one.round_id,
                table=tuple(in_words(line, codes[line.entry_id]) for line in one.table),
                unjudged=one.unjudged,
            )
            for one in replay(asked.rules, asked.entry_ids, played)
        )

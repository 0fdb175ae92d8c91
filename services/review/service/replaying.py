"""Rounds that are over, aggregated anew under other rules."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from contracts import review
from contracts.rules import Round
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import query
from services.review import store
from services.review.domain.concluding import Beside
from services.review.domain.panel import Panel
from services.review.domain.replay import remarked, replay
from services.review.service.calibrating import severities_counting
from services.review.service.concluding import groups
from services.review.service.verdicts import in_words


class Replaying:
    """Looks at closed rounds only: of an open one nobody learns a mark."""

    crunch: Crunch

    @query
    def replay_rounds(
        self, asked: review.ReplayRounds, work: Work
    ) -> tuple[review.ReplayedRound, ...]:
        """Aggregate the sheets of every closed round under other rules; votes then taken count."""
        require(work.actor, "organiser")
        closed = store.load_closed(work.session, asked.contest_id)
        rules = [one for one in asked.rules.rounds if one.id in closed]
        played = {one.id: store.load_panels(work.session, closed[one.id]) for one in rules}
        entries = store.load_entries(work.session, asked.contest_id)
        codes = {entry.entry_id: entry.code or "" for entry in entries}
        beside = {
            one.id: Beside(
                votes=store.load_votes(work, closed[one.id]),
                groups=groups(asked.rules, one, entries),
                severities=severities_under(self.crunch, closed[one.id], one, played[one.id]),
            )
            for one in rules
        }
        return tuple(
            review.ReplayedRound(
                round_id=one.round_id,
                table=tuple(in_words(line, codes[line.entry_id]) for line in one.table),
                unjudged=one.unjudged,
            )
            for one in replay(asked.rules, asked.entry_ids, played, beside)
        )


def severities_under(
    crunch: Crunch, played: store.RoundInPlay, rules: Round, panels: Mapping[str, Panel]
) -> Mapping[str, Decimal]:
    """Estimate severities where the other rules want corrected scores to count."""
    if not rules.calibration.counts:
        return {}
    anew = {entry_id: remarked(panel, rules) for entry_id, panel in panels.items()}
    return severities_counting(crunch, replace(played, rules=rules), anew)

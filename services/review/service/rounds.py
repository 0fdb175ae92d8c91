"""Ways in that open, show and close a round."""

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import command, query
from services.review import store
from services.review.domain import missing, rounds
from services.review.domain.assignment.posing import own_seed
from services.review.domain.conflicts import NoJury, Survey, check_enough
from services.review.domain.rounds import RoundStillSealed, State
from services.review.service.access import require_here
from services.review.service.concluding import concluded
from services.review.service.counting import counts
from services.review.service.field import (
    begin,
    check_nobody_forgotten,
    dealt,
    draw,
    judged,
    kept_away,
    left,
    prospects,
)
from services.review.service.opening import seal_round
from services.review.service.panelling import deal, seat
from services.review.service.surveying import gather, in_play


class Rounds:
    """Opens rounds, says how far they are and ranks the entries when they close."""

    crunch: Crunch
    solver: Crunch

    @command
    def open_round(self, asked: review.OpenRound, work: Work) -> review.OpenedRound:
        """Give every entry in the round its judges, and in the first round its code.

        An open round may be opened again for entries of which word came late.
        """
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        entries = draw(work, contest, asked.round_id)
        judges = store.load_judges(work.session, asked.contest_id, asked.round_id)
        if not judges:
            raise NoJury
        before = store.find_round(work.session, asked.contest_id, asked.round_id)
        played = begin(
            work,
            contest,
            asked.round_id,
            entries,
            due=asked.due,
            seal=lambda rules: seal_round(work, rules, asked),
            seed=asked.seed or own_seed(contest.secret, asked.round_id),
        )
        opens = before is None
        missing.check_due(asked.due, played.due, work.now, opens=opens)
        if asked.due is not None and opens:
            store.set_due(work.session, played, asked.due)
        if asked.seed is not None:
            store.keep_seed(work.session, asked.contest_id, asked.round_id, asked.seed)
        earlier, places = in_play(work, played)
        field = gather(work, contest, played.rules, [*earlier, *entries], places)
        codes = {entry.entry_id: entry.code or "" for entry in entries}
        found = Survey(
            free={one: field.found.free[one] for one in codes},
            kept_away={one: field.found.kept_away[one] for one in codes},
        )
        marks_blind = played.rules.blind and work.actor.id in {one.person_id for one in judges}
        titles = {entry.entry_id: entry.title for entry in entries}
        check_enough(found, titles, played.rules.judges_per_entry or 1, reveal=not marks_blind)
        panels = deal(self.solver, field)
        store.happen(work, played, dealt(found, codes, panels, asked.due or played.due))
        seat(work, played, field, field.changed(panels))
        return review.OpenedRound(
            entries=len(entries),
            assignments=sum(len(panels[entry_id]) for entry_id in codes),
            kept_away=() if marks_blind else kept_away(found, codes),
        )

    @command
    def close_round(self, asked: review.CloseRound, work: Work) -> tuple[review.RoundLine, ...]:
        """Rank the entries and say who goes on, once sheets are opened and looks taken again."""
        require_here(work, asked.contest_id, "chair", "secretary")
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        if played.state is State.OPEN:
            raise RoundStillSealed
        check_nobody_forgotten(work, contest, asked.round_id)
        entries = judged(work, played)
        panels = store.load_panels(work.session, played)
        vacant = store.count_vacancies(work.session, played)
        rounds.check_complete(
            {
                code: len(panels[entry_id].awaited()) + vacant[entry_id]
                for entry_id, code in entries.items()
            }
        )
        table, severities = concluded(work, self.crunch, contest, played, entries, panels)
        store.close_round(work.session, played, table, work.now)
        work.announce(
            review.RoundClosed(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                table=table,
                is_last=rounds.is_last(contest.rules, asked.round_id),
                severities=severities,
            )
        )
        return table

    @query
    def show_round(self, asked: review.ShowRound, work: Work) -> review.RoundView:
        """Count sheets while a round is open; nobody sees a mark here before it is closed."""
        keys, _ = store.load_keys(work.session, (asked.contest_id, asked.round_id))
        if work.actor.id not in keys.holders:
            require_here(work, asked.contest_id, "chair", "secretary", "organiser", "judge")
        contest = store.load_contest(work.session, asked.contest_id)
        rounds.round_of(contest.rules, asked.round_id)
        played = store.find_round(work.session, asked.contest_id, asked.round_id)
        if played is None:
            return prospects(work, contest, asked.round_id)
        entries = judged(work, played)
        return review.RoundView(
            round_id=asked.round_id,
            state=played.state.value,
            entries=len(entries),
            **counts(work, played, entries),
            table=played.table,
            left=left(work, played),
            due=played.due,
            officers=keys.officers,
            recovery=keys.recovery,
            keys_given=keys.givers,
            rules=played.rules,
        )

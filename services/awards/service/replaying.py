"""The prize list that other rules would have given."""

from contracts import awards
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import query
from services.awards import store
from services.awards.domain import classes, prizes, ranking


class Replaying:
    """Allots prizes from replayed rounds; nothing of it is kept."""

    @query
    def replay_prizes(self, asked: awards.ReplayPrizes, work: Work) -> awards.PrizesReplayed:
        """Place the entries of replayed rounds and allot the prizes; votes then taken count."""
        require(work.actor.within(asked.contest_id), "organiser")
        rules = asked.rules
        listed = store.load_list(work.session, asked.contest_id)
        council = prizes.Council(votes=listed.votes)
        entries = store.load_entries(work.session, asked.contest_id)
        authors = {id_: frozenset(one.author_ids) for id_, one in entries.items()}
        results = {
            one.round_id: {line.entry_id: store.result_of(line) for line in one.table}
            for one in asked.rounds
        }
        finalists = ranking.finalists(results, (), rules)
        places, outcome = classes.draw(finalists, rules, council, asked.kinds, authors)
        drawn = outcome.lines if isinstance(outcome, prizes.Drawn) else ()
        given = {line.entry_id: line.prize for line in drawn}
        return awards.PrizesReplayed(
            lines=tuple(
                awards.PlaceLine(
                    entry_id=place.entry_id,
                    score=place.score,
                    rank=place.rank,
                    prize=given.get(place.entry_id),
                )
                for place in places
            ),
            ties=outcome.ties if isinstance(outcome, prizes.Tied) else (),
        )

"""Why a finalist has its final place, for those who work on the prizes."""

from msgspec import structs

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain import classes, ranking
from services.awards.domain.explaining import explain, words
from services.awards.service.prizes import require_office


class Explaining:
    """Ranks as the proposal does, and says what one place rests on."""

    @query
    def explain_final(self, asked: awards.ExplainFinal, work: Work) -> awards.FinalPlace:
        """Say what a finalist's place rests on, once every round is closed."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "secretary", "organiser", "chair")
        entries = store.load_entries(work.session, asked.contest_id)
        results = store.load_results(work.session, asked.contest_id)
        if any(one.id not in results for one in rules.rounds):
            return awards.FinalPlace()
        out = {entry_id for entry_id, entry in entries.items() if entry.is_out}
        kinds = {entry_id: entry.kind for entry_id, entry in entries.items()}
        finalists = ranking.finalists(results, out, rules)
        votes = store.load_list(work.session, asked.contest_id).votes
        for own in classes.rivals(finalists, rules, kinds):
            if asked.entry_id in {one.entry_id for one in own}:
                places = ranking.rank(own, rules, votes)
                found = explain(asked.entry_id, own, places, rules, votes)
                titles = {entry_id: entry.title for entry_id, entry in entries.items()}
                explained = structs.replace(found, text=words(found, titles))
                return awards.FinalPlace(explained=explained)
        return awards.FinalPlace()

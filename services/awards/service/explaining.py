"""Why a finalist has its final place, for those who work on the prizes."""

from msgspec import structs

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain import classes, ranking
from services.awards.domain.explaining import explain, words
from services.awards.service.prizes import require_office
from services.awards.service.standing import standing


class Explaining:
    """Ranks as the proposal does, and says what one place rests on."""

    @query
    def explain_final(self, asked: awards.ExplainFinal, work: Work) -> awards.FinalPlace:
        """Say what a finalist's place rests on, once every round is closed."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "secretary", "organiser", "chair")
        field = standing(work, rules)
        if any(one.id not in field.results for one in rules.rounds):
            return awards.FinalPlace()
        finalists = field.finalists
        votes = store.load_list(work.session, asked.contest_id).votes
        for own in classes.rivals(finalists, rules, field.kinds):
            if asked.entry_id in {one.entry_id for one in own}:
                places = ranking.rank(own, rules, votes)
                found = explain(asked.entry_id, own, places, rules, votes)
                titles = {entry_id: entry.title for entry_id, entry in field.entries.items()}
                explained = structs.replace(found, text=words(found, titles))
                return awards.FinalPlace(explained=explained)
        return awards.FinalPlace()

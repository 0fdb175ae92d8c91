"""How a petition is told: its steps, its clocks, and what new marks would change."""

from contracts import awards
from contracts.rules import Rules
from contracts.rules.reckoning import rounded
from kernel.database import Work
from services.awards import store
from services.awards.domain import petitions
from services.awards.domain.figures import ComplaintClocks
from services.awards.domain.petitions import Petition
from services.awards.service.standing import standing


def view(
    petition: Petition, rules: Rules, clocks: ComplaintClocks, work: Work
) -> awards.PetitionView:
    """Tell a petition to the office or to who filed it."""
    entries = store.load_entries(work.session, petition.contest_id)
    return awards.PetitionView(
        petition_id=petition.petition_id,
        contest_id=petition.contest_id,
        entry_id=petition.entry_id,
        title=entries[petition.entry_id].title,
        kind=petition.kind,
        grounds=petition.grounds,
        filed_by=petition.filed_by,
        state=petition.state,
        steps=tuple(
            awards.PetitionStep(state=one.state, at=one.at, note=one.note)
            for one in petition.steps
        ),
        accept_by=petitions.accept_by(petition, rules, clocks),
        answer_by=petitions.answer_by(petition, rules, clocks),
        is_overdue=petitions.is_overdue(petition, work.now, rules, clocks),
        round_id=petition.round_id,
        criteria=petition.criteria,
        marks=remarked(petition, rules, work),
    )


def remarked(petition: Petition, rules: Rules, work: Work) -> awards.Remarked | None:
    """Say what new marks would change, while they wait for the answer; None otherwise."""
    if petition.state != "REJUDGED" or petition.round_id is None:
        return None
    council = store.load_list(work.session, petition.contest_id).council
    now, then = standing(work, rules), standing(work, rules, petition.petition_id)
    rounding = next(one.rounding for one in rules.rounds if one.id == petition.round_id)
    ranks, means = [], []
    for field in (now, then):
        places, _ = field.draw(council)
        ranks.append(next((one.rank for one in places if one.entry_id == petition.entry_id), 0))
        mean = field.results[petition.round_id][petition.entry_id].total
        means.append(rounded(mean, rounding))
    return awards.Remarked(
        mean_before=means[0], mean_after=means[1], rank_before=ranks[0], rank_after=ranks[1]
    )

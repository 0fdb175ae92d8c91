"""What every step of a dispute needs: the petition held, its step, its clocks, its news."""

from zoneinfo import ZoneInfo

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain import petitions
from services.awards.domain.figures import ComplaintClocks, as_of
from services.awards.domain.petitions import Petition, Step
from services.awards.law import load_law
from services.awards.service.prizes import require_office
from services.awards.settings import AwardsSettings


def step(work: Work, state: petitions.State, note: str = "") -> Step:
    """Return a step taken now by whoever asks."""
    return Step(state, work.now, work.actor.id, note.strip())


def hold(work: Work, petition_id: str) -> tuple[Petition, Rules]:
    """Read a petition and its contest's rules, and keep others from deciding meanwhile."""
    rules = store.lock_rules(work.session, store.contest_of(work.session, petition_id))
    return store.load_petition(work.session, petition_id), rules


def hold_as_office(work: Work, petition_id: str) -> tuple[Petition, Rules]:
    """Hold a petition for the organiser, or for an authority of the contest."""
    petition, rules = hold(work, petition_id)
    require_office(work, rules, "organiser")
    return petition, rules


def clocks(petition: Petition, rules: Rules, settings: AwardsSettings) -> ComplaintClocks:
    """Return the law's time limits as of the day a petition was filed."""
    day = petition.steps[0].at.astimezone(ZoneInfo(rules.timezone)).date()
    return as_of(load_law(settings.law_table).complaints, day)


def move(work: Work, petition: Petition, rules: Rules, settings: AwardsSettings) -> None:
    """Keep a petition that has moved, and say so to those concerned."""
    store.save_petition(work.session, petition)
    by = petitions.answer_by(petition, rules, clocks(petition, rules, settings))
    work.announce(
        awards.PetitionMoved(
            contest_id=petition.contest_id,
            petition_id=petition.petition_id,
            entry_id=petition.entry_id,
            kind=petition.kind,
            filed_by=petition.filed_by,
            state=petition.state,
            note=petition.steps[-1].note,
            answer_by=by,
        )
    )

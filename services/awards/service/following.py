"""What is said of a plan of adoption in every message, and who may change one."""

from datetime import date

from contracts.rules import Rules
from kernel.database import Work
from kernel.errors import require
from services.awards import store
from services.awards.domain.replication import Plan

OFFICE = ("organiser", "secretary")


def changeable(work: Work, plan_id: str) -> tuple[Rules, store.Followed]:
    """Lock a plan for the office or the person who answers for it; raises `Forbidden`."""
    known = store.lock_plan(work.session, plan_id)
    if work.actor.id != known.plan.responsible_id:
        require(work.actor.within(known.contest_id), *OFFICE)
    return store.lock_rules(work.session, known.contest_id), known


def about(known: store.Followed) -> dict[str, str]:
    """Return what every event about a plan says."""
    return {
        "contest_id": known.contest_id,
        "entry_id": known.plan.entry_id,
        "plan_id": known.plan_id,
    }


def adopter_of(work: Work, plan: Plan, day: date) -> str:
    """Name the adopter as it is called on a day; raises `EntryNotHeardOf` for an unknown unit."""
    if plan.unit_id is None:
        return plan.body
    names = store.unit_names(work.session, day)
    store.require_known([plan.unit_id], names)
    return names[plan.unit_id]


def title_of(work: Work, rules: Rules, plan: Plan) -> str:
    """Return the winner's title."""
    return store.load_entries(work.session, rules.id)[plan.entry_id].title

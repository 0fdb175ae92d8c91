"""What is shown of plans of adoption."""

from decimal import Decimal

from msgspec import convert, to_builtins

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain.replication import Plan, progress, standing
from services.awards.service.days import today
from services.awards.service.following import adopter_of
from services.awards.service.publication import is_public


def views_of(work: Work, rules: Rules) -> tuple[awards.AdoptionPlan, ...]:
    """Show all plans of a contest."""
    titles = titles_of(work, rules.id)
    known = store.load_plans(work.session, rules.id)
    return tuple(plan_view(work, rules, one, titles) for one in known)


def public_views(work: Work, rules: Rules) -> tuple[awards.AdoptionPlan, ...]:
    """Show the plans anybody may see: begun, of winners that are public and still hold a prize."""
    if not is_public(work, rules.id):
        return ()
    named = {one.entry_id for one in store.load_published(work.session, rules.id).winners}
    if not any(named):  # results of before there were revisions; their list was never changed
        named = {one.entry_id for one in store.load_list(work.session, rules.id).lines or ()}
    holding = named - revoked_entries(work, rules.id)
    return tuple(one for one in views_of(work, rules) if one.begun_on and one.entry_id in holding)


def revoked_entries(work: Work, contest_id: str) -> frozenset[str]:
    """Return the entries whose prize was taken back."""
    return frozenset(one.entry_id for one in store.load_revoked(work.session, contest_id))


def measured(view: awards.IndicatorView) -> awards.MeasuredLine:
    """Show an indicator to anybody: its newest value, not who measured it from what."""
    newest = view.readings[-1] if view.readings else None
    return awards.MeasuredLine(
        indicator=view.indicator,
        progress=view.progress,
        actual=newest.actual if newest else None,
        read_on=newest.read_on if newest else None,
    )


def plan_view(
    work: Work, rules: Rules, one: store.Followed, titles: dict[str, str]
) -> awards.AdoptionPlan:
    """Show a plan with everything that is known of it."""
    plan = one.plan
    return awards.AdoptionPlan(
        plan_id=one.plan_id,
        entry_id=plan.entry_id,
        title=titles[plan.entry_id],
        adopter=adopter_of(work, plan, today(work, rules)),
        reach=plan.reach,
        responsible_id=plan.responsible_id,
        milestones=convert(to_builtins(plan.milestones), tuple[awards.Milestone, ...]),
        indicators=indicator_views(one),
        standing=counted(plan, work, rules),
        unit_id=plan.unit_id,
        begun_on=plan.begun_on,
        basis=plan.basis,
    )


def indicator_views(one: store.Followed) -> tuple[awards.IndicatorView, ...]:
    """Show the indicators of a plan with their readings, oldest first."""
    return tuple(
        awards.IndicatorView(
            indicator=convert(to_builtins(indicator), awards.Indicator, strict=False),
            readings=convert(
                to_builtins(one.readings[number]), tuple[awards.Reading, ...], strict=False
            ),
            progress=progress(indicator, actual_of(one, number)),
        )
        for number, indicator in enumerate(one.plan.indicators, start=1)
    )


def actual_of(one: store.Followed, number: int) -> Decimal | None:
    """Return the newest value of an indicator, None if nothing was measured."""
    newest = one.newest(number)
    return newest.actual if newest else None


def counted(plan: Plan, work: Work, rules: Rules) -> awards.MilestoneCount:
    """Count a plan's milestones as they stand today."""
    stands = standing(plan.milestones, today(work, rules))
    return convert(to_builtins(stands), awards.MilestoneCount)


def titles_of(work: Work, contest_id: str) -> dict[str, str]:
    """Return the titles of a contest's entries."""
    rows = store.load_entries(work.session, contest_id)
    return {entry_id: row.title for entry_id, row in rows.items()}

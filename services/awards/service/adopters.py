"""Who adopts what: for the office, for whoever answers for it, and for everybody, with charts."""

from contracts import awards
from kernel.database import Work
from kernel.errors import Forbidden
from kernel.messaging import query
from services.awards import store
from services.awards.adoption_charts import index_chart, milestone_chart
from services.awards.charts.bars import draw_bars
from services.awards.charts.ways import draw_ways
from services.awards.service.adoption_views import measured, public_views, titles_of, views_of
from services.awards.service.days import today
from services.awards.service.following import OFFICE


class Adopters:
    """What can be read about plans of adoption."""

    @query
    def list_adoptions(self, asked: awards.ListAdoptions, work: Work) -> awards.Adoptions:
        """Show the office all plans of a contest, a responsible person their own."""
        rules = store.load_rules(work.session, asked.contest_id)
        is_office = not work.actor.within(asked.contest_id).roles.isdisjoint(OFFICE)
        known = views_of(work, rules)
        plans = tuple(one for one in known if is_office or one.responsible_id == work.actor.id)
        if not is_office and not plans:
            raise Forbidden
        titles = titles_of(work, rules.id)
        listed = store.load_list(work.session, rules.id)
        winners = listed.lines or () if is_office and listed.published_at else ()
        return awards.Adoptions(
            plans=plans,
            winners=tuple(
                awards.AdoptableEntry(entry_id=line.entry_id, title=titles[line.entry_id])
                for line in winners
            ),
            units=store.unit_names(work.session, today(work, rules)) if is_office else {},
        )

    @query
    def show_adopted(
        self, asked: awards.ShowAdopted, work: Work
    ) -> tuple[awards.AdoptedLine, ...]:
        """Show anybody what is in use where."""
        rules = store.load_rules(work.session, asked.contest_id)
        return tuple(
            awards.AdoptedLine(
                title=plan.title,
                adopter=plan.adopter,
                reach=plan.reach,
                begun_on=plan.begun_on,
                basis=plan.basis,
                standing=plan.standing,
                indicators=tuple(map(measured, plan.indicators)),
            )
            for plan in public_views(work, rules)
            if plan.begun_on is not None
        )

    @query
    def draw_adoptions(self, asked: awards.DrawAdoptions, work: Work) -> str:
        """Draw milestones, or the way of one index; only adopters that have begun in public."""
        rules = store.load_rules(work.session, asked.contest_id)
        is_office = not work.actor.within(asked.contest_id).roles.isdisjoint(OFFICE)
        plans = views_of(work, rules) if is_office else public_views(work, rules)
        if asked.index:
            return draw_ways(index_chart(rules, plans, asked.index))
        return draw_bars(milestone_chart(rules, plans))

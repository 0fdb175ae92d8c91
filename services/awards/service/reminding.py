"""Reminds whoever answers for a milestone, before and after it is due."""

from contracts import awards
from kernel.database import Work
from kernel.messaging import every
from services.awards import store
from services.awards.domain.reminding import remind
from services.awards.service.adoption_views import revoked_entries
from services.awards.service.days import today
from services.awards.service.following import about, adopter_of, title_of


class Reminding:
    """The clock of plans of adoption."""

    @every(seconds=600)
    def remind_of_milestones(self, work: Work) -> None:
        """Say which milestones come near or are overdue, each so often as the rules say.

        Nobody is reminded to spread what has lost its prize.
        """
        for known in store.lock_all_plans(work.session):
            rules = store.load_rules(work.session, known.contest_id)
            if known.plan.entry_id in revoked_entries(work, rules.id):
                continue
            day, asked = today(work, rules), rules.adoption
            days = (*(-each for each in asked.remind_before), *asked.remind_after)
            over = store.load_over(work.session, known.plan_id)
            due = remind(known.plan.milestones, day, days, over)
            store.save_over(work.session, known.plan_id, due.over, work.now)
            for each in due.tell:
                work.announce(
                    awards.MilestoneReminded(
                        **about(known),
                        number=each.number,
                        title=title_of(work, rules, known.plan),
                        adopter=adopter_of(work, known.plan, day),
                        what=known.plan.milestones[each.number - 1].what,
                        due_on=each.due_on,
                        days=(day - each.due_on).days,
                        responsible_id=known.plan.responsible_id,
                    )
                )

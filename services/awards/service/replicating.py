"""Who puts winners to use, by which steps, and what it moves."""

from msgspec import convert, to_builtins

from contracts import awards
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command
from services.awards import store
from services.awards.domain import replication
from services.awards.domain.adoption import Adoption, adopt
from services.awards.domain.replication import Plan
from services.awards.service.adopting import record
from services.awards.service.days import today
from services.awards.service.following import (
    OFFICE,
    about,
    adopter_of,
    changeable,
    title_of,
)


class Replicating:
    """Plans of adopters, kept by the office and by the person who answers for each."""

    @command
    def plan_adoption(self, asked: awards.PlanAdoption, work: Work) -> str:
        """Plan that somebody puts a winner to use, and return the plan's id."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        said = convert(to_builtins(asked), Plan, strict=False)
        plan = replication.plan(listed, said, rules.indexes, today(work, rules))
        store.full_names(work.session, [plan.responsible_id])
        adopter = adopter_of(work, plan, today(work, rules))
        plan_id = work.new_id()
        store.save_plan(work.session, plan_id, rules.id, plan)
        work.announce(
            awards.AdoptionPlanned(
                contest_id=rules.id,
                entry_id=plan.entry_id,
                plan_id=plan_id,
                title=title_of(work, rules, plan),
                adopter=adopter,
                responsible_id=plan.responsible_id,
            )
        )
        return plan_id

    @command
    def begin_adoption(self, asked: awards.BeginAdoption, work: Work) -> None:
        """Record that an adopter has begun; the first makes the winner a known initiative."""
        rules, known = changeable(work, asked.plan_id)
        adopter = adopter_of(work, known.plan, today(work, rules))
        plan = replication.begin(known.plan, asked.begun_on, asked.basis)
        listed = store.load_list(work.session, rules.id)
        said = Adoption(plan.entry_id, asked.begun_on, adopter, plan.reach, asked.basis)
        adoption = adopt(listed, said, today(work, rules))
        store.save_plan(work.session, known.plan_id, rules.id, plan)
        if not store.is_adopted(work.session, plan.entry_id):
            record(work, rules.id, adoption)
        work.announce(
            awards.AdoptionBegun(
                **about(known), adopter=adopter, begun_on=adoption.adopted_on, basis=adoption.basis
            )
        )

    @command
    def set_milestone(self, asked: awards.SetMilestone, work: Work) -> None:
        """Add a milestone, or put off, finish or reopen one."""
        rules, known = changeable(work, asked.plan_id)
        said = convert(to_builtins(asked.milestone), replication.Milestone, strict=False)
        plan = replication.set_milestone(known.plan, asked.number, said, today(work, rules))
        store.save_plan(work.session, known.plan_id, rules.id, plan)
        number = asked.number or len(plan.milestones)
        milestone = convert(to_builtins(plan.milestones[number - 1]), awards.Milestone)
        work.announce(awards.MilestoneSet(**about(known), number=number, milestone=milestone))

    @command
    def add_indicator(self, asked: awards.AddIndicator, work: Work) -> None:
        """Measure one thing more."""
        rules, known = changeable(work, asked.plan_id)
        said = convert(to_builtins(asked.indicator), replication.Indicator, strict=False)
        plan = replication.add_indicator(known.plan, said, rules.indexes)
        store.save_plan(work.session, known.plan_id, rules.id, plan)
        added = convert(to_builtins(plan.indicators[-1]), awards.Indicator, strict=False)
        number = len(plan.indicators)
        work.announce(awards.IndicatorAdded(**about(known), number=number, indicator=added))

    @command
    def record_reading(self, asked: awards.RecordReading, work: Work) -> int:
        """Record what was measured as the next version; earlier ones stay."""
        rules, known = changeable(work, asked.plan_id)
        earlier = known.readings.get(asked.number, ())
        said = replication.Reading(
            0, asked.actual, asked.read_on, asked.evidence, work.actor.id, work.now
        )
        day = today(work, rules)
        reading = replication.read(known.plan, asked.number, len(earlier), said, day)
        store.save_reading(work.session, known.plan_id, asked.number, reading)
        told = convert(to_builtins(reading), awards.Reading, strict=False)
        work.announce(awards.IndicatorRead(**about(known), number=asked.number, reading=told))
        return reading.version

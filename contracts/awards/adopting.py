"""What awards is asked about winners that spread (nhân rộng), and what it answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from msgspec import Struct

from contracts.awards.awarding import Reach
from contracts.message import PUBLIC, Command, Query


class Milestone(Struct, frozen=True, kw_only=True):
    """A step of an adopter, due by the end of a local day."""

    what: str
    due_on: date
    done_on: date | None = None
    note: str = ""


class Indicator(Struct, frozen=True, kw_only=True):
    """What is measured: an index of the rules, a component by its name, from where to where.

    `measure` is the unit of measure, as in `%` or `điểm`; `year` the one the target is for.
    """

    index: str
    measure: str
    year: int
    baseline: Decimal
    target: Decimal
    component: str = ""


class PlanAdoption(Command, frozen=True, kw_only=True):
    """Plan that somebody puts a winner to use. Reply: the plan's id.

    The adopter is a unit of the province (`unit_id`) or a `body` by its name; `responsible_id`
    is the person who is reminded.
    """

    contest_id: str
    entry_id: str
    responsible_id: str
    reach: Reach = "UNIT"
    unit_id: str | None = None
    body: str = ""
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class BeginAdoption(Command, frozen=True, kw_only=True):
    """Record since which local day an adopter uses the winner, by which document. Reply: None.

    The first adopter makes the winner a known initiative (`InitiativeAdopted`).
    """

    plan_id: str
    begun_on: date
    basis: str


class SetMilestone(Command, frozen=True, kw_only=True):
    """Add a milestone, or put off, finish or reopen one by its `number` from 1. Reply: None."""

    plan_id: str
    milestone: Milestone
    number: int | None = None


class AddIndicator(Command, frozen=True, kw_only=True):
    """Measure one thing more. Reply: None."""

    plan_id: str
    indicator: Indicator


class RecordReading(Command, frozen=True, kw_only=True):
    """Record what was measured of an indicator, by its number from 1. Reply: the version, from 1.

    Earlier readings stay.
    """

    plan_id: str
    number: int
    actual: Decimal
    read_on: date
    evidence: str


class ListAdoptions(Query, frozen=True, kw_only=True):
    """Who adopts what of a contest. Reply: `Adoptions`.

    The office sees all plans, a responsible person their own.
    """

    contest_id: str


class ShowAdopted(Query, frozen=True, kw_only=True):
    """What is in use where, to anybody. Reply: tuple of `AdoptedLine`."""

    scope: ClassVar = PUBLIC

    contest_id: str


class DrawAdoptions(Query, frozen=True, kw_only=True):
    """A chart of a contest's adoptions, to anybody. Reply: SVG.

    Without an `index`: milestones of every adopter, done, late and open.
    """

    scope: ClassVar = PUBLIC

    contest_id: str
    index: str = ""


class Reading(Struct, frozen=True, kw_only=True):
    """What was measured, and who said so when; versions count from 1."""

    version: int
    actual: Decimal
    read_on: date
    evidence: str
    by: str
    at: datetime


class IndicatorView(Struct, frozen=True, kw_only=True):
    """An indicator with all its readings; `progress` is in percent of the way to the target."""

    indicator: Indicator
    readings: tuple[Reading, ...]
    progress: Decimal


class MilestoneCount(Struct, frozen=True, kw_only=True):
    """How many milestones are done in time, done late, open, and overdue."""

    done: int = 0
    done_late: int = 0
    open: int = 0
    overdue: int = 0


class AdoptionPlan(Struct, frozen=True, kw_only=True):
    """A plan as the office sees it. `adopter` is the unit's name today, or the body's."""

    plan_id: str
    entry_id: str
    title: str
    adopter: str
    reach: Reach
    responsible_id: str
    milestones: tuple[Milestone, ...]
    indicators: tuple[IndicatorView, ...]
    standing: MilestoneCount
    unit_id: str | None = None
    begun_on: date | None = None
    basis: str = ""


class AdoptableEntry(Struct, frozen=True, kw_only=True):
    """A winner, whether or not anybody adopts it yet."""

    entry_id: str
    title: str


class Adoptions(Struct, frozen=True, kw_only=True):
    """A contest's plans, by winner and adopter; `winners` only for the office."""

    plans: tuple[AdoptionPlan, ...]
    winners: tuple[AdoptableEntry, ...] = ()
    units: dict[str, str] = {}


class AdoptedLine(Struct, frozen=True, kw_only=True):
    """A winner in use: where, since when; and its indicators, newest reading and progress."""

    title: str
    adopter: str
    reach: Reach
    begun_on: date
    basis: str
    standing: MilestoneCount
    indicators: tuple["MeasuredLine", ...] = ()


class MeasuredLine(Struct, frozen=True, kw_only=True):
    """An indicator with its newest reading, and percent of the way to the target."""

    indicator: Indicator
    progress: Decimal
    actual: Decimal | None = None
    read_on: date | None = None

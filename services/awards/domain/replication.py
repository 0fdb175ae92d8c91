"""How a winner spreads (nhân rộng): who puts it to use, by which steps, what it moves.

Start with `Plan`: one adopter of one winner. `plan`, `set_milestone` and `add_indicator` write
it, `progress` and `standing` read it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from kernel.errors import Conflict, NotFound, Refused
from services.awards.domain.adoption import NotAWinner
from services.awards.domain.prizes import PrizeList

FULL = Decimal(100)


class AdopterUnclear(Refused):
    """Name who adopts: a unit of the province, or a body by its name; not both."""


class UnknownIndex(Refused):
    """The contest's rules do not name this index."""


class MilestoneUnclear(Refused):
    """A milestone says what is to be done; it is done on a day that has come."""


class NoSuchMilestone(NotFound):
    """The plan has no such milestone."""


class IndicatorUnclear(Refused):
    """An indicator has a unit of measure and a target that is not its baseline."""


class NoSuchIndicator(NotFound):
    """The plan has no such indicator."""


class ReadingUnclear(Refused):
    """A reading is of a day that has come, and says where it is from."""


class BegunAlready(Conflict):
    """This adopter has begun already."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of an adopter, due by the end of a local day."""

    what: str
    due_on: date
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: an index of the rules, and a component by its name if not all of it.

    It is to go from `baseline` to `target`, up or down, by the end of `year`.
    """

    index: str
    component: str
    measure: str
    year: int
    baseline: Decimal
    target: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured on a day, from where, and who said so; versions count from 1."""

    version: int
    actual: Decimal
    read_on: date
    evidence: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """One adopter of one winner: `unit_id` of a unit of the province, or the `body` by name.

    `responsible_id` is the person who is reminded. Milestones and indicators count from 1.
    """

    entry_id: str
    unit_id: str | None
    body: str
    reach: Literal["UNIT", "PROVINCE"]
    responsible_id: str
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    begun_on: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many milestones are done in time, done late, open, and overdue."""

    done: int = 0
    done_late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def planned(self) -> int:
        """Count them all."""
        return self.done + self.done_late + self.open + self.overdue


def plan(listed: PrizeList, asked: Plan, indexes: Collection[str], today: date) -> Plan:
    """Return the plan as it is written down, if it may be."""
    winners = {line.entry_id for line in listed.lines or ()}
    if listed.published_at is None or asked.entry_id not in winners:
        raise NotAWinner
    if bool(asked.unit_id) == bool(asked.body.strip()):
        raise AdopterUnclear
    tidy = replace(asked, body=asked.body.strip(), milestones=(), indicators=())
    for milestone in asked.milestones:
        tidy = set_milestone(tidy, None, milestone, today)
    for indicator in asked.indicators:
        tidy = add_indicator(tidy, indicator, indexes)
    return tidy


def begin(begun: Plan, day: date, basis: str) -> Plan:
    """Note since when and by which document the adopter uses the winner; raises otherwise."""
    if begun.begun_on is not None:
        raise BegunAlready
    return replace(begun, begun_on=day, basis=basis.strip())


def set_milestone(known: Plan, number: int | None, milestone: Milestone, today: date) -> Plan:
    """Add a milestone, or put it in the place of one; raises `MilestoneUnclear` and others."""
    tidy = replace(milestone, what=milestone.what.strip(), note=milestone.note.strip())
    if not tidy.what or (tidy.done_on is not None and tidy.done_on > today):
        raise MilestoneUnclear
    if number is None:
        return replace(known, milestones=(*known.milestones, tidy))
    if not 1 <= number <= len(known.milestones):
        raise NoSuchMilestone
    before, after = known.milestones[: number - 1], known.milestones[number:]
    return replace(known, milestones=(*before, tidy, *after))


def add_indicator(known: Plan, indicator: Indicator, indexes: Collection[str]) -> Plan:
    """Add an indicator of an index of the rules."""
    tidy = replace(
        indicator, component=indicator.component.strip(), measure=indicator.measure.strip()
    )
    if tidy.index not in indexes:
        raise UnknownIndex(
            "The contest's rules do not name the index {index}; they name {known}.",
            index=tidy.index,
            known=", ".join(indexes),
        )
    if not tidy.measure or tidy.baseline == tidy.target:
        raise IndicatorUnclear
    return replace(known, indicators=(*known.indicators, tidy))


def read(known: Plan, number: int, earlier: int, reading: Reading, today: date) -> Reading:
    """Return a reading of an indicator as its next version, after `earlier` ones."""
    if not 1 <= number <= len(known.indicators):
        raise NoSuchIndicator
    if reading.read_on > today or not reading.evidence.strip():
        raise ReadingUnclear
    return replace(reading, version=earlier + 1, evidence=reading.evidence.strip())


def progress(indicator: Indicator, actual: Decimal | None) -> Decimal:
    """Say how much of the way to the target is gone, from 0 to 100 percent, in whole ones."""
    if actual is None:
        return Decimal(0)
    gone = (actual - indicator.baseline) / (indicator.target - indicator.baseline)
    return (min(max(gone, Decimal(0)), Decimal(1)) * FULL).quantize(Decimal(1))


def standing(milestones: Collection[Milestone], today: date) -> Standing:
    """Count milestones by how they stand on a day."""
    late = sum(one.done_on is not None and one.done_on > one.due_on for one in milestones)
    done = sum(one.done_on is not None for one in milestones) - late
    overdue = sum(one.done_on is None and one.due_on < today for one in milestones)
    return Standing(done, late, len(milestones) - done - late - overdue, overdue)

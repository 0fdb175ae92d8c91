"""What awards says of winners that spread (nhân rộng)."""

from datetime import date

from contracts.awards.adopting import Indicator, Milestone, Reading
from contracts.message import Event


class AdoptionPlanned(Event, frozen=True, kw_only=True):
    """Somebody is to put a winner to use."""

    contest_id: str
    entry_id: str
    plan_id: str
    title: str
    adopter: str
    responsible_id: str


class AdoptionBegun(Event, frozen=True, kw_only=True):
    """An adopter uses a winner."""

    contest_id: str
    entry_id: str
    plan_id: str
    adopter: str
    begun_on: date
    basis: str


class MilestoneSet(Event, frozen=True, kw_only=True):
    """A milestone was added, put off, finished or reopened."""

    contest_id: str
    entry_id: str
    plan_id: str
    number: int
    milestone: Milestone


class IndicatorAdded(Event, frozen=True, kw_only=True):
    """One thing more is measured."""

    contest_id: str
    entry_id: str
    plan_id: str
    number: int
    indicator: Indicator


class IndicatorRead(Event, frozen=True, kw_only=True):
    """Something was measured of an indicator."""

    contest_id: str
    entry_id: str
    plan_id: str
    number: int
    reading: Reading


class MilestoneReminded(Event, frozen=True, kw_only=True):
    """A milestone is due in some days (below 0), today, or was; whoever answers for it is told."""

    contest_id: str
    entry_id: str
    plan_id: str
    number: int
    title: str
    adopter: str
    what: str
    due_on: date
    days: int
    responsible_id: str

"""Which day it is where a contest is held."""

from datetime import date
from zoneinfo import ZoneInfo

from contracts.rules import Rules
from kernel.database import Work


def today(work: Work, rules: Rules) -> date:
    """Return the contest's own day."""
    return work.now.astimezone(ZoneInfo(rules.timezone)).date()

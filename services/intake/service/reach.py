"""How far a contest reaches as of a day, made from what is on record."""

from datetime import date, datetime, timedelta
from datetime import time as clock_time

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from services.intake.domain.coverage import Coverage, Known, Line, Unit, cover
from services.intake.domain.succession import name_on
from services.intake.domain.windows import Calendar
from services.intake.store import agencies, contests, entries

DAY = timedelta(days=1)


def coverage(contest_id: str, as_of: date | None, work: Work) -> Coverage:
    """Count the contest's entries as of the end of a local day, or as of now."""
    rules = contests.load_rules(work.session, contest_id).rules
    day = day_meant(as_of, rules, work)
    midnight = clock_time(tzinfo=Calendar.of(rules).zone)
    end = datetime.combine(min(day, date.max - DAY) + DAY, midnight)
    names = agencies.load_names(work.session)
    units = tuple(
        Unit(
            one.unit_id,
            name_on(names[one.unit_id], day),
            one.kind,
            one.staff,
            one.valid_from,
            one.valid_to,
        )
        for one in agencies.load_agencies(work.session)
    )
    known = Known(
        units,
        agencies.load_successions(work.session),
        agencies.nil_reasons(work.session, contest_id, end),
    )
    entered = entries.load_entered(work.session, contest_id, end)
    entrants = rules.entrants
    return cover(known, entered, entrants.unit_duty, entrants.coverage_target, day)


def day_meant(as_of: date | None, rules: Rules, work: Work) -> date:
    """Return the local day asked for: today if none is named."""
    return as_of or Calendar.of(rules).day_of(work.now)


def shown(line: Line) -> intake.CoverageLine:
    """Show how a unit takes part."""
    return intake.CoverageLine(
        unit_id=line.unit.unit_id,
        name=line.unit.name,
        entries=line.entries,
        kind=line.unit.kind,
        individual=line.individual,
        collective=line.collective,
        authors=line.authors,
        staff=line.unit.staff,
        owed_entries=line.owed_entries,
        owed_authors=line.owed_authors,
        meets_duty=line.meets_duty,
        nil_reason=line.nil_reason,
        continues=line.continues,
    )

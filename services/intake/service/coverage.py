"""Which units take part, which have nothing to enter, and lists of both to work with."""

from msgspec import json

from contracts import intake
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.intake.domain.coverage import (
    NoUnit,
    UnitHasEntered,
)
from services.intake.domain.eligibility import check_units, clean
from services.intake.domain.entries import NoReason
from services.intake.domain.windows import MOMENT, Calendar
from services.intake.lists import coverage_list, entries_lists
from services.intake.service.access import STAFF, JudgeOfEntries, is_staff
from services.intake.service.reach import coverage, day_meant, shown
from services.intake.store import agencies, contests, entries

HEADS = ("coordinator", "head")  # who may speak for a unit


class Covering:
    """Coverage is for staff; a nil return is the unit's own word."""

    press: Crunch

    @command
    def return_nil(self, asked: intake.ReturnNil, work: Work) -> None:
        """Record that the actor's unit has nothing to enter; an entry later outweighs it."""
        require(work.actor.within(asked.contest_id), *HEADS)
        contests.hold_contest(work.session, asked.contest_id)
        if (unit_id := work.actor.unit_id) is None:
            raise NoUnit
        check_units([unit_id], agencies.known_units(work.session))
        if not (reason := clean(asked.reason)):
            raise NoReason
        now = coverage(asked.contest_id, None, work)
        if any(each.unit.unit_id == unit_id and each.entries for each in now.lines):
            raise UnitHasEntered
        said = (reason, work.actor.id, work.now)
        agencies.save_nil_return(work.session, asked.contest_id, unit_id, said)
        work.announce(
            intake.NilReturned(contest_id=asked.contest_id, unit_id=unit_id, reason=reason)
        )

    @query
    def show_coverage(
        self, asked: intake.ShowCoverage, work: Work
    ) -> tuple[intake.CoverageLine, ...]:
        """Count every unit's entries in the contest; who speaks for a unit is told of that one."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF), *HEADS)
        lines = coverage(asked.contest_id, asked.as_of, work).lines
        if work.actor.within(asked.contest_id).roles.isdisjoint(STAFF):
            lines = tuple(one for one in lines if one.unit.unit_id == work.actor.unit_id)
        return tuple(map(shown, lines))

    @query
    def sum_up_coverage(self, asked: intake.SumUpCoverage, work: Work) -> intake.CoverageReport:
        """Say how far the contest reaches, against its goal."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        found = coverage(asked.contest_id, asked.as_of, work)
        rules = contests.load_rules(work.session, asked.contest_id).rules
        return intake.CoverageReport(
            contest_id=asked.contest_id,
            as_of=day_meant(asked.as_of, rules, work),
            units=len(found.lines),
            entered=found.entered,
            nil_returns=sum(each.nil_reason is not None for each in found.lines),
            silent=sum(each.is_silent for each in found.lines),
            rate=found.rate,
            target=found.target,
            reached=found.is_reached,
            without_unit=found.without_unit,
            lines=tuple(map(shown, found.lines)),
        )

    @query
    def list_silent_units(
        self, asked: intake.ListSilentUnits, work: Work
    ) -> tuple[intake.SilentUnit, ...]:
        """List whom to remind, with how many days are left."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        rules = contests.load_rules(work.session, asked.contest_id).rules
        last = Calendar.of(rules).day_of(rules.intake.closes - MOMENT)
        left = (last - day_meant(asked.as_of, rules, work)).days + 1
        emails = {one.unit_id: one.contact_email for one in agencies.load_agencies(work.session)}
        return tuple(
            intake.SilentUnit(
                unit_id=each.unit.unit_id,
                name=each.unit.name,
                closes=rules.intake.closes,
                days_left=max(left, 0),
                contact_email=emails.get(each.unit.unit_id),
            )
            for each in coverage(asked.contest_id, asked.as_of, work).lines
            if each.is_silent
        )

    @query
    def export_coverage(self, asked: intake.ExportCoverage, work: Work) -> bytes:
        """Write coverage as a spreadsheet."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        found = coverage(asked.contest_id, asked.as_of, work)
        return self.press.call("tabulate", json.encode([coverage_list(found)]))

    @query
    def export_entries(self, asked: intake.ExportEntries, work: Work) -> bytes:
        """Write the entries handed in, and their authors, as a spreadsheet."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        if not is_staff(work, asked.contest_id):
            raise JudgeOfEntries
        rules = contests.load_rules(work.session, asked.contest_id).rules
        handed_in = entries.load_handed_in(work.session, asked.contest_id)
        names = {one.unit_id: one.name for one in agencies.load_agencies(work.session)}
        return self.press.call("tabulate", json.encode(entries_lists(handed_in, rules, names)))

"""Entries looked for and counted, for whom they concern."""

from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import ColumnElement

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import query
from services.intake.domain.coverage import NoUnit
from services.intake.domain.entries import State
from services.intake.domain.tallies import tally
from services.intake.service.access import STAFF, JudgeOfEntries, check_scope, is_staff
from services.intake.service.coverage import HEADS
from services.intake.store import agencies, contests, entries, finding
from services.intake.store.finding import Sought

MOST = 200


class NoContestNamed(Refused):
    """Name the contest."""


class Finding:
    """A page of entries at a time; numbers name nobody."""

    @query
    def find_entries(self, asked: intake.FindEntries, work: Work) -> intake.EntriesFound:
        """Look for entries among those that concern whoever asks."""
        check_scope(asked, work)
        sought = Sought(
            contest_id=asked.contest_id,
            state=asked.state,
            area=asked.area,
            unit_id=asked.unit_id,
            channel=asked.channel,
            words=asked.words,
            overdue_at=work.now if asked.overdue else None,
        )
        first, most = max(asked.first, 0), min(max(asked.most, 1), MOST)
        total, rows = finding.find(work.session, within(asked, work), sought, first, most)
        units = unit_names(work)
        return intake.EntriesFound(
            total=total,
            lines=tuple(
                intake.FoundEntry(
                    entry_id=row.entry_id,
                    contest_id=row.contest_id,
                    title=row.title,
                    area=row.area,
                    state=row.state,
                    channel=cast(intake.Channel, row.channel),
                    authors=names,
                    receipt_code=row.receipt_code,
                    received_at=row.received_at,
                    due_at=row.due_at,
                    unit_id=row.unit_id,
                    unit=units.get(row.unit_id or "", ""),
                )
                for row, names in rows
            ),
        )

    @query
    def count_entries(self, asked: intake.CountEntries, work: Work) -> intake.EntriesCounted:
        """Count a contest's entries by state, area, unit, channel and day."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        if not is_staff(work, asked.contest_id):
            raise JudgeOfEntries
        rules = contests.load_rules(work.session, asked.contest_id).rules
        groups = finding.count(work.session, asked.contest_id, rules.timezone)
        here = [one for one in groups if one.is_here]
        days = tally((one.day, one.count) for one in here if one.day is not None)
        return intake.EntriesCounted(
            contest_id=asked.contest_id,
            total=sum(one.count for one in here),
            drafts=sum(one.count for one in groups if one.state == "DRAFT" and not one.is_here),
            overdue=finding.count_overdue(work.session, asked.contest_id, work.now),
            states=shown(tally((one.state, one.count) for one in here).ordered(State)),
            areas=shown(
                tally((one.area, one.count) for one in here).ordered(area_names(rules)),
                area_names(rules),
            ),
            units=shown(
                tally((one.unit_id or "", one.count) for one in here).most_first(),
                unit_names(work),
            ),
            channels=shown(tally((one.channel, one.count) for one in here).most_first()),
            days=tuple(intake.DayTally(day=day, count=days.counts[day]) for day in sorted(days)),
        )


def within(asked: intake.FindEntries, work: Work) -> ColumnElement[bool]:
    """Return what confines a search to what concerns whoever asks.

    Raises `NoContestNamed`, `NoUnit`, `JudgeOfEntries`.
    """
    if asked.whose == "MINE":
        return entries.of_person(work.actor.id)
    if asked.contest_id is None:
        raise NoContestNamed
    if asked.whose == "ALL":
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        if not is_staff(work, asked.contest_id):
            raise JudgeOfEntries
        return finding.IS_HERE
    require(work.actor.within(asked.contest_id), *HEADS)
    if work.actor.id in contests.judges(work.session, asked.contest_id):
        raise JudgeOfEntries
    if work.actor.unit_id is None:
        raise NoUnit
    return finding.of_unit(work.actor.unit_id)


def shown(
    counts: Iterable[tuple[str, int]],
    names: Mapping[str, str] = {},  # never changed
) -> tuple[intake.Tally, ...]:
    """Return counts with what is counted by its name."""
    return tuple(
        intake.Tally(code=code, count=count, name=names.get(code, "")) for code, count in counts
    )


def area_names(rules: Rules) -> dict[str, str]:
    """Return the areas by code, in the order of the rules."""
    return {area.code: area.name for area in rules.areas}


def unit_names(work: Work) -> dict[str, str]:
    """Return what units are called now."""
    return {one.unit_id: one.name for one in agencies.load_agencies(work.session)}

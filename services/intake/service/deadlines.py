"""The organiser gives more time to one entry or one person."""

from datetime import datetime

from contracts import intake
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command, query
from services.intake.domain import deadlines
from services.intake.domain.deadlines import ExtensionTooShort
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason, State
from services.intake.domain.windows import Calendar
from services.intake.service.access import STAFF
from services.intake.service.counting import admit_late
from services.intake.settings import IntakeSettings
from services.intake.signing import read_keys
from services.intake.store import contests, entries
from services.intake.store.deadlines import add_extension, list_extensions
from services.intake.store.entries import UnknownEntry
from services.intake.store.tables import ExtensionRow


class OneOfTheTwo(Refused):
    """Give more time either to an entry or to a person; for everybody, amend the rules."""


class Deadlines:
    """Single extensions; more time for everybody is an amendment of the rules."""

    settings: IntakeSettings

    @command
    def extend_deadline(self, asked: intake.ExtendDeadline, work: Work) -> str:
        """Give more time, with a reason; what came late and is in time by it is admitted."""
        require(work.actor.within(asked.contest_id), "organiser")
        if (asked.entry_id is None) == (asked.person_id is None):
            raise OneOfTheTwo
        if not (reason := clean(asked.reason)):
            raise NoReason
        # Nobody hands in while it is decided what is late.
        contests.find_contest(work.session, asked.contest_id)
        frozen = contests.load_rules(work.session, asked.contest_id)
        rules, calendar = frozen.rules, Calendar.of(frozen.rules)
        deadlines.check_reach(asked.until, rules.intake.closes, calendar)
        shown = f"Ban Tổ chức gia hạn đến {calendar.show_end(asked.until)}: {reason}"
        is_supplement = asked.entry_id is not None and extend_entry(
            asked.contest_id, asked.entry_id, (asked.until, shown), calendar, work
        )
        if not is_supplement:
            deadlines.check_extension(asked.until, rules.intake.closes, calendar)
        extension_id = keep(asked, reason, work)
        admit_late(frozen, read_keys(self.settings.receipt_key), work)
        if asked.entry_id is not None:
            check_admitted(asked.entry_id, calendar, work)
        return extension_id

    @query
    def list_extensions(
        self, asked: intake.ListExtensions, work: Work
    ) -> tuple[intake.ExtensionView, ...]:
        """List who was given more time, by whom and why."""
        require(work.actor.within(asked.contest_id), *sorted(STAFF))
        return tuple(
            intake.ExtensionView(
                extension_id=row.extension_id,
                contest_id=row.contest_id,
                until=row.until,
                reason=row.reason,
                granted_at=row.granted_at,
                granted_by=row.granted_by,
                true_id=row.true_id,
                entry_id=row.entry_id,
                person_id=row.person_id,
            )
            for row in list_extensions(work.session, asked.contest_id)
        )


def extend_entry(
    contest_id: str, entry_id: str, more: tuple[datetime, str], calendar: Calendar, work: Work
) -> bool:
    """Note more time on an entry of the contest; say whether it is for a supplement."""
    entry = entries.load_entry(work.session, entry_id)
    if entry.contest_id != contest_id:
        raise UnknownEntry
    until, note = more
    is_supplement = entry.state is State.RETURNED
    if is_supplement:
        entry = entry.extend(until, calendar)
        entries.save_entry(work.session, entry)
    else:
        entry.check_extensible()
    entries.add_line(work.session, entry, work.now, note)
    return is_supplement


def keep(asked: intake.ExtendDeadline, reason: str, work: Work) -> str:
    """Keep and tell the extension, with who is behind it."""
    row = ExtensionRow(
        extension_id=work.new_id(),
        contest_id=asked.contest_id,
        entry_id=asked.entry_id,
        person_id=asked.person_id,
        until=asked.until,
        reason=reason,
        granted_at=work.now,
        granted_by=work.actor.id,
        true_id=work.actor.true_id or work.actor.id,
    )
    add_extension(work.session, row)
    work.announce(
        intake.DeadlineExtended(
            contest_id=row.contest_id,
            extension_id=row.extension_id,
            until=row.until,
            reason=reason,
            entry_id=row.entry_id,
            person_id=row.person_id,
        )
    )
    return row.extension_id


def check_admitted(entry_id: str, calendar: Calendar, work: Work) -> None:
    """Raise `ExtensionTooShort` if the entry is late all the same."""
    entry = entries.load_entry(work.session, entry_id)
    if entry.state is State.LATE and entry.counted_at is not None:
        raise ExtensionTooShort(
            "The entry came at {came}, Vietnam time; an extension must reach beyond it.",
            came=calendar.show(entry.counted_at),
        )

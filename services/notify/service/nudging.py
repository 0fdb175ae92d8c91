"""Reminders that somebody asks for, beside those that the rules foresee."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts import notify
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command
from services.notify import domain, store
from services.notify.domain import Telling
from services.notify.service.queueing import tell_of

CODE = "drafts_of_unit"  # under which it is remembered, by unit and day


class NoUnitToRemind(Refused):
    """Your account belongs to no unit; have an operator say which."""


class RemindedToday(Refused):
    """Your unit has been reminded today; once a day is as often as it can be."""


class EntriesClosed(Refused):
    """Entries are no longer taken in this contest, so there is nothing to remind of."""


class NobodyToRemind(Refused):
    """Nobody of your unit has begun an entry here that is not handed in yet."""


class Nudging:
    """Lets who speaks for a unit remind its people; they learn how many, not who."""

    @command
    def remind_drafts(self, asked: notify.RemindDrafts, work: Work) -> int:
        """Write to those of the unit who have begun an entry and not handed it in."""
        require(work.actor.within(asked.contest_id), "coordinator", "head")
        unit_id = work.actor.unit_id
        if unit_id is None:
            raise NoUnitToRemind
        contest = store.load_contest(work.session, asked.contest_id)
        today = work.now.astimezone(ZoneInfo(contest.timezone)).date()
        subject = f"{unit_id}:{today}"
        if store.reminded_days(work.session, contest.contest_id, CODE, subject):
            raise RemindedToday
        if contest.closes is None or contest.closes <= work.now:
            raise EntriesClosed
        among = store.people_of(work.session, unit_id)
        letters = list(draft_letters(work, contest.contest_id, contest.closes, among))
        if not letters:
            raise NobodyToRemind
        event_id = f"{CODE}:{contest.contest_id}:{subject}"
        tell_of(work, (event_id, "notify.RemindDrafts"), contest.contest_id, letters)
        row = {"tenant": work.tenant, "contest_id": contest.contest_id, "code": CODE}
        said = {"subject": subject, "days": 0, "reminded_at": work.now}
        store.keep_reminded(work.session, {**row, **said})
        return len(letters)


def draft_letters(
    work: Work, contest_id: str, until: datetime, among: frozenset[str] | None = None
) -> Iterator[Telling]:
    """Write to everybody with an entry that is not handed in, or to those among some."""
    for person_id, theirs in store.unfinished(work.session, contest_id, work.now).items():
        if among is not None and person_id not in among:
            continue
        ends = max([until, *(own for _, own in theirs if own is not None)])
        about = tuple(entry_id for entry_id, _ in theirs)
        letter = domain.DraftUnfinished(len(theirs), ends)
        yield Telling(person_id, "EMAIL", letter, about, expires_at=ends)

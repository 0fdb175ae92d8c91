"""The entrants of a contest whose time is over are forgotten, here and wherever it is heard."""

from contracts import intake
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command
from kernel.objects import Bucket
from services.intake import uploads
from services.intake.domain import erasing
from services.intake.domain.eligibility import clean
from services.intake.domain.windows import Calendar
from services.intake.store import contests
from services.intake.store import erasing as store


class Erasing:
    """The end of what is known of people; titles, digests and results stay."""

    files: Bucket

    @command
    def erase_entrants(self, asked: intake.EraseEntrants, work: Work) -> intake.EntrantsErased:
        """Forget who entered, once the rules' time is over, by minutes; it cannot be undone."""
        require(work.actor, "organiser")
        if not (minutes := clean(asked.minutes)):
            raise erasing.NoMinutes
        contests.find_contest(work.session, asked.contest_id)
        frozen = contests.load_rules(work.session, asked.contest_id)
        until = erasing.retained_until(frozen.rules, frozen.rules.intake.closes)
        erasing.check_over(until, work.now, Calendar.of(frozen.rules).show_end(until))
        if store.is_erased(work.session, asked.contest_id):
            raise erasing.AlreadyErased
        entries = store.entry_ids(work.session, asked.contest_id)
        people = erasing.leaving(
            store.entrants(work.session, asked.contest_id),
            store.needed(work.session, asked.contest_id),
        )
        copies = store.take_copies(work.session, entries)
        objects = store.leave_documents(work.session, entries) + len(copies)
        erased = intake.EntrantsErased(
            contest_id=asked.contest_id,
            person_ids=people.forgotten,
            entry_ids=entries,
            minutes=minutes,
            retained_until=until,
            rules_number=frozen.number,
            rows=store.erase(work.session, entries, people.forgotten),
            objects=objects,
            kept=people.kept,
        )
        store.note_erased(work.session, asked.contest_id, work.now, work.actor.id, minutes)
        work.announce(erased)
        for key in copies:
            uploads.remove(self.files, key)
        return erased

"""What awards hears, and keeps: rules, marks, entries and names.

A list that is not published yet is dropped when what it rests on changes.
"""

from contracts import intake, ledger, review
from kernel.database import Work
from kernel.messaging import subscribe
from services.awards import store
from services.awards.store import heads


class Hearing:
    """The ears of awards."""

    @subscribe
    def keep_rules(self, heard: intake.ContestOpened, work: Work) -> None:
        """Keep a contest's rules."""
        store.keep_rules(work.session, heard.contest_id, heard.number, heard.rules)

    @subscribe
    def keep_amended_rules(self, heard: intake.ContestAmended, work: Work) -> None:
        """Keep the amended rules; what was proposed under the old ones is dropped."""
        if store.keep_rules(work.session, heard.contest_id, heard.number, heard.rules):
            listed = store.load_list(work.session, heard.contest_id)
            store.save_list(work.session, heard.contest_id, listed.reopened())

    @subscribe
    def keep_entry(self, heard: intake.EntryAccepted, work: Work) -> None:
        """Keep what papers say about an entry, and count it as accepted."""
        store.keep_entry(work.session, heard)
        store.count_ended(work.session, heard, "ACCEPTED")

    @subscribe
    def drop_disqualified(self, heard: intake.EntryDisqualified, work: Work) -> None:
        """Rank the entry no more."""
        drop_entry(heard, work)
        store.count_ended(work.session, heard, "DISQUALIFIED")

    @subscribe
    def drop_withdrawn(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Rank the entry no more."""
        drop_entry(heard, work)
        store.count_ended(work.session, heard, "WITHDRAWN")

    @subscribe
    def keep_name(self, heard: intake.PersonRegistered, work: Work) -> None:
        """Keep how a person is called on paper."""
        store.keep_person(work.session, heard.person_id, heard.full_name, work.now)

    @subscribe
    def keep_unit_names(self, heard: intake.AgenciesImported, work: Work) -> None:
        """Keep how units are called on paper."""
        store.keep_units(work.session, heard.agencies, work.now)

    @subscribe
    def keep_round(self, heard: review.RoundClosed, work: Work) -> None:
        """Keep the marks of a round; what was proposed on other marks is dropped."""
        store.lock_contest(work.session, heard.contest_id)
        store.keep_round(work.session, heard.contest_id, heard.round_id, heard.table)
        listed = store.load_list(work.session, heard.contest_id)
        store.save_list(work.session, heard.contest_id, listed.reopened())

    @subscribe
    def keep_ledger_head(self, heard: ledger.HeadSigned, work: Work) -> None:
        """Keep the newest head of the record, for the papers issued from now on."""
        heads.keep_head(work.session, heard.head)


def drop_entry(heard: intake.EntryEvent, work: Work) -> None:
    """Note that an entry is out, and drop the prize list if it is named there."""
    store.lock_contest(work.session, heard.contest_id)
    store.drop_entry(work.session, heard)
    listed = store.load_list(work.session, heard.contest_id)
    store.save_list(work.session, heard.contest_id, listed.without(heard.entry_id))

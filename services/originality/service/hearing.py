"""What originality hears of contests, people, units and judges, and keeps."""

from contracts import intake, review
from kernel.database import Work
from kernel.messaging import subscribe
from services.originality import domain, store


class Hearing:
    """Keeps originality's own copy of others' facts, as far as reports tell or need them."""

    @subscribe
    def keep_rules(self, heard: intake.ContestOpened, work: Work) -> None:
        """Note what the contest says about novelty."""
        store.save_policy(work.session, domain.Policy.of(heard.rules), heard.number)

    @subscribe
    def change_rules(self, heard: intake.ContestAmended, work: Work) -> None:
        """Go by the amended rules from now on; reports made by others are made anew."""
        store.lock_contest(work.session, heard.contest_id)
        policy = domain.Policy.of(heard.rules)
        if store.save_policy(work.session, policy, heard.number):
            store.mark_contest_stale(work.session, heard.contest_id)

    @subscribe
    def keep_name(self, heard: intake.PersonRegistered, work: Work) -> None:
        """Keep how a person is called: a ruling is somebody's."""
        store.keep_person(work.session, heard.person_id, heard.full_name, work.now)

    @subscribe
    def keep_unit_names(self, heard: intake.AgenciesImported, work: Work) -> None:
        """Keep how units are called: an earlier entry is somebody's."""
        store.keep_units(work.session, heard.agencies, work.now)

    @subscribe
    def keep_judges(self, heard: review.JudgesAssigned, work: Work) -> None:
        """Keep who judges an entry: they may read its report."""
        place = heard.contest_id, heard.round_id, heard.entry_id
        store.keep_assignment(work.session, place, heard.code, heard.judge_ids)

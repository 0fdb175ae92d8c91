"""Learning whom and what letters are about."""

from contracts import intake
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import domain, store


class Known:
    """Hears of contests and people."""

    @subscribe
    def learn_contest(self, heard: intake.ContestOpened, work: Work) -> None:
        """Remember what letters quote of the rules."""
        contest = domain.Contest.of(heard.contest_id, heard.number, heard.rules)
        store.save_contest(work.session, work.tenant, contest)

    @subscribe
    def learn_amendment(self, heard: intake.ContestAmended, work: Work) -> None:
        """Quote the rules as amended from now on."""
        contest = domain.Contest.of(heard.contest_id, heard.number, heard.rules)
        store.save_contest(work.session, work.tenant, contest)

    @subscribe
    def learn_person(self, heard: intake.PersonRegistered, work: Work) -> None:
        """Remember how to address and reach somebody."""
        person = {
            "tenant": work.tenant,
            "person_id": heard.person_id,
            "full_name": heard.full_name,
            "email": heard.email,
            "phone": heard.phone,
            "unit_id": heard.unit_id,
            "roles": None if heard.roles is None else list(heard.roles),
            "told_at": work.now,
        }
        store.save_person(work.session, person)

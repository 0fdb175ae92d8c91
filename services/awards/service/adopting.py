"""Winners are put to use; whoever keeps the register of known initiatives hears of it."""

from zoneinfo import ZoneInfo

from contracts import awards
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command
from services.awards import store
from services.awards.domain.adoption import Adoption, adopt


class Adopting:
    """Adoptions, each recorded once; a corrected one is told again."""

    @command
    def record_adoption(self, asked: awards.RecordAdoption, work: Work) -> None:
        """Record that a winner is put to use."""
        require(work.actor.within(asked.contest_id), "organiser", "secretary")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        said = Adoption(
            asked.entry_id, asked.adopted_on, asked.adopted_at, asked.reach, asked.basis
        )
        adoption = adopt(listed, said, work.now.astimezone(ZoneInfo(rules.timezone)).date())
        record(work, asked.contest_id, adoption)


def record(work: Work, contest_id: str, adoption: Adoption) -> None:
    """Keep an adoption, and tell it unless that is said already."""
    if not store.save_adoption(work.session, contest_id, adoption):
        return
    entries = store.load_entries(work.session, contest_id)
    work.announce(
        awards.InitiativeAdopted(
            contest_id=contest_id,
            entry_id=adoption.entry_id,
            title=entries[adoption.entry_id].title,
            adopted_on=adoption.adopted_on,
            adopted_at=adoption.adopted_at,
            reach=adoption.reach,
            basis=adoption.basis,
        )
    )

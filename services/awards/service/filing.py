"""Petitions and complaints as authors see them: filed, read, taken back."""

from contracts import awards
from kernel.database import Work
from kernel.errors import Forbidden
from kernel.messaging import command, query
from services.awards import store
from services.awards.domain import petitions
from services.awards.domain.petitions import Petition
from services.awards.service.disputes import clocks, hold, move, step
from services.awards.service.petition_views import view
from services.awards.service.prizes import require_office
from services.awards.service.publication import public_results
from services.awards.settings import AwardsSettings


class NotYourEntry(Forbidden):
    """Only an author of the entry may dispute its result."""


class Filing:
    """What authors do, and what they and the office read."""

    settings: AwardsSettings

    @command
    def file_petition(self, asked: awards.FilePetition, work: Work) -> str:
        """Take a petition or complaint in, in time, from an author of the entry."""
        rules = store.lock_rules(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        entry = entries.get(asked.entry_id)
        if entry is None or work.actor.id not in entry.author_ids:
            raise NotYourEntry
        results = public_results(work, asked.contest_id)
        decided_at = results.revised_at or results.published_at
        filed = Petition(
            petition_id=work.new_id(),
            contest_id=asked.contest_id,
            entry_id=asked.entry_id,
            kind=asked.kind,
            grounds=asked.grounds.strip(),
            filed_by=work.actor.id,
            decided_at=decided_at,
            steps=(step(work, "FILED"),),
        )
        others = store.load_petitions(work.session, asked.contest_id)
        by = petitions.file_by(asked.kind, decided_at, rules, clocks(filed, rules, self.settings))
        store.save_petition(work.session, petitions.file(filed, others, by))
        work.announce(
            awards.PetitionFiled(
                contest_id=filed.contest_id,
                petition_id=filed.petition_id,
                entry_id=filed.entry_id,
                kind=filed.kind,
                filed_by=filed.filed_by,
            )
        )
        return filed.petition_id

    @command
    def withdraw_petition(self, asked: awards.WithdrawPetition, work: Work) -> None:
        """Let who filed a petition take it back before it is answered."""
        petition, rules = hold(work, asked.petition_id)
        if petition.filed_by != work.actor.id:
            raise NotYourEntry
        gone = petition.then(step(work, "WITHDRAWN"), "FILED", "ACCEPTED", "REJUDGING", "REJUDGED")
        move(work, gone, rules, self.settings)

    @query
    def list_petitions(
        self, asked: awards.ListPetitions, work: Work
    ) -> tuple[awards.PetitionView, ...]:
        """List a contest's petitions: all to the office, to authors their own."""
        rules = store.load_rules(work.session, asked.contest_id)
        found = store.load_petitions(work.session, asked.contest_id)
        try:
            require_office(work, rules, "organiser", "secretary")
        except Forbidden:
            found = tuple(one for one in found if one.filed_by == work.actor.id)
        return tuple(view(one, rules, clocks(one, rules, self.settings), work) for one in found)

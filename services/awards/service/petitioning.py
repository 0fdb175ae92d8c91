"""Petitions and complaints as the office sees them: taken up, judged again by others, answered."""

from contracts import awards, review
from kernel.database import Work
from kernel.errors import NotYet
from kernel.messaging import command, subscribe
from services.awards import store
from services.awards.domain import petitions
from services.awards.domain.revoking import require_published
from services.awards.service.disputes import hold_as_office, move, step
from services.awards.settings import AwardsSettings


class Petitioning:
    """Every step of the office with a dispute about a result."""

    settings: AwardsSettings

    @command
    def accept_petition(self, asked: awards.AcceptPetition, work: Work) -> None:
        """Take a petition up."""
        petition, rules = hold_as_office(work, asked.petition_id)
        taken = petition.accept(step(work, "ACCEPTED"), is_complex=asked.is_complex)
        move(work, taken, rules, self.settings)

    @command
    def refuse_petition(self, asked: awards.RefusePetition, work: Work) -> None:
        """Refuse to take a petition up."""
        petition, rules = hold_as_office(work, asked.petition_id)
        move(work, petition.refuse(step(work, "REFUSED", asked.reason)), rules, self.settings)

    @command
    def order_rejudging(self, asked: awards.OrderRejudging, work: Work) -> None:
        """Have the entry judged again in one round; review seats others and takes their marks."""
        petition, rules = hold_as_office(work, asked.petition_id)
        ordered = petition.rejudge(
            step(work, "REJUDGING", asked.minutes),
            rules,
            asked.round_id,
            asked.criteria,
            store.load_petitions(work.session, petition.contest_id),
        )
        move(work, ordered, rules, self.settings)
        work.announce(
            awards.RejudgingOrdered(
                contest_id=ordered.contest_id,
                petition_id=ordered.petition_id,
                entry_id=ordered.entry_id,
                round_id=asked.round_id,
                criteria=ordered.criteria,
                minutes=asked.minutes,
            )
        )

    @subscribe
    def keep_new_marks(self, heard: review.EntryRejudged, work: Work) -> None:
        """Keep what others found; it counts once the petition is upheld."""
        store.lock_contest(work.session, heard.contest_id)
        petition = store.load_petition(work.session, heard.petition_id)
        if petition.state == "ACCEPTED":
            raise NotYet
        if petition.state != "REJUDGING":
            return
        store.save_rejudged(work, petition, heard.round_id, heard.line)
        judged = petition.judged_again(step(work, "REJUDGED"), heard.round_id)
        store.save_petition(work.session, judged)

    @command
    def decide_petition(self, asked: awards.DecidePetition, work: Work) -> None:
        """Answer a petition; where new marks are upheld, a new revision of the results begins."""
        petition, rules = hold_as_office(work, asked.petition_id)
        if not asked.number.strip() or not asked.answer.strip():
            raise petitions.AnswerMissing
        answer = f"{asked.number.strip()}: {asked.answer.strip()}"
        state: petitions.State = "UPHELD" if asked.upheld else "DISMISSED"
        decided = petition.decide(step(work, state, answer))
        if asked.upheld and petition.state == "REJUDGED":
            listed = store.load_list(work.session, petition.contest_id)
            require_published(listed)
            store.count_rejudged(work.session, petition.petition_id)
            store.end_revision(work, petition.contest_id, listed.revision, answer)
            store.save_list(work.session, petition.contest_id, listed.revised())
        move(work, decided, rules, self.settings)

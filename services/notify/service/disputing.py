"""Disputes about results and prizes taken back, told to those concerned."""

from contracts import awards, review
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import domain, store
from services.notify.domain import Telling
from services.notify.service.moments import petition_row
from services.notify.service.queueing import tell

OWED = frozenset({"ACCEPTED", "REJUDGING", "REJUDGED"})  # states in which an answer is owed


class Disputing:
    """Hears of petitions, of entries judged again, and of revocations."""

    @subscribe
    def tell_of_petition(self, heard: awards.PetitionMoved, work: Work) -> None:
        """Tell who filed a petition what has become of it."""
        store.load_contest(work.session, heard.contest_id)
        entry = store.load_entry(work.session, heard.entry_id)
        owed = heard.answer_by if heard.state in OWED else None
        store.keep_petition(work.session, petition_row(work, heard, owed))
        if owed is None:
            store.make_pointless(work.session, "petition_due", heard.petition_id)
        letter = domain.PetitionNews(
            entry.named, heard.kind, heard.state, heard.note, heard.answer_by
        )
        tell(work, heard, [Telling(heard.filed_by, "EMAIL", letter, (heard.entry_id,))])

    @subscribe
    def tell_of_revised(self, heard: awards.ResultsRevised, work: Work) -> None:
        """Tell the authors of entries whose prize changed where to read the revised results.

        A prize taken back has its own letter.
        """
        if not heard.changed:
            return
        store.load_contest(work.session, heard.contest_id)
        changed = dict.fromkeys((*(line.entry_id for line in heard.changed), *heard.lost))
        entries = store.load_entries(work.session, tuple(changed))
        letters = [
            Telling(person, "EMAIL", domain.ResultsChanged(entry.named), (entry.entry_id,))
            for entry in entries
            for person in entry.readers()
        ]
        tell(work, heard, letters)

    @subscribe
    def ask_to_rejudge(self, heard: review.RejudgingSeated, work: Work) -> None:
        """Tell those who judge an entry again, by its code alone."""
        contest = store.load_contest(work.session, heard.contest_id)
        name = contest.round(heard.round_id).name
        letter = domain.RejudgingAsked(name, heard.code, heard.decision)
        tell(work, heard, [Telling(judge, "EMAIL", letter) for judge in heard.judge_ids])

    @subscribe
    def tell_of_revocation(self, heard: awards.AwardRevoked, work: Work) -> None:
        """Tell the authors that their prize was taken back, and by which decision."""
        contest = store.load_contest(work.session, heard.contest_id)
        entry = store.load_entry(work.session, heard.entry_id)
        prize = contest.prizes[heard.prize].name
        letter = domain.PrizeRevoked(entry.named, prize, heard.decision, heard.reason)
        told = [Telling(one, "EMAIL", letter, (heard.entry_id,)) for one in entry.readers()]
        tell(work, heard, told)

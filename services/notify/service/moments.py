"""Rulings on originality, certificates off the press, petitions that come: told as they happen."""

from datetime import datetime

from contracts import awards, originality
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import domain, store
from services.notify.domain import Telling
from services.notify.service.offices import office
from services.notify.service.queueing import tell, tell_of


class Moments:
    """Hears what only contests with rules for it tell anybody."""

    @subscribe
    def tell_ruling(self, heard: originality.OriginalityRuled, work: Work) -> None:
        """Tell the authors, and the office, what was decided about an entry's originality."""
        entry = store.load_entry(work.session, heard.entry_id)
        letter = domain.OriginalityRuled(entry.named, heard.ruling, heard.reason)
        about = (heard.entry_id,)
        people = (*entry.readers(), *office(work))
        tell(work, heard, [Telling(one, "EMAIL", letter, about) for one in people])

    @subscribe
    def tell_of_printed(self, heard: awards.PaperPrinted, work: Work) -> None:
        """Tell the authors that a certificate is ready; before the results are public nobody."""
        paper = heard.paper
        if paper.kind != "CERTIFICATE" or paper.entry_id is None:
            return
        store.load_contest(work.session, heard.contest_id)
        row = {
            "tenant": work.tenant,
            "paper_id": paper.paper_id,
            "contest_id": heard.contest_id,
            "entry_id": paper.entry_id,
            "number": f"{paper.number:02d}/{paper.symbol}",  # as it is printed
            "told": False,
        }
        store.keep_printed(work.session, row)
        tell_ready(work, heard)

    @subscribe
    def tell_of_new_petition(self, heard: awards.PetitionFiled, work: Work) -> None:
        """Tell the office that a petition has come; what it says stands on the portal alone."""
        entry = store.load_entry(work.session, heard.entry_id)
        row = petition_row(work, heard, None)
        store.keep_petition(work.session, row)
        letter = domain.PetitionFiled(entry.named, heard.kind)
        about = (heard.entry_id,)
        tell(work, heard, [Telling(one, "EMAIL", letter, about) for one in office(work)])


def tell_ready(work: Work, heard: awards.PaperPrinted | awards.ResultsPublished) -> None:
    """Tell the authors of printed certificates nobody was told of, once the results are public."""
    letters = []
    for paper in store.take_ready(work.session, heard.contest_id):
        entry = store.load_entry(work.session, paper.entry_id)
        letter = domain.PaperReady(entry.named, paper.number)
        letters += [Telling(one, "EMAIL", letter, (paper.entry_id,)) for one in entry.readers()]
    for number, told in enumerate(letters):
        # Somebody with two certificates gets two letters: each is an event of its own.
        event = (f"{work.message_id}:paper:{number}", "awards.PaperPrinted")
        tell_of(work, event, heard.contest_id, [told])


def petition_row(
    work: Work, heard: awards.PetitionFiled | awards.PetitionMoved, answer_by: datetime | None
) -> dict[str, object]:
    """Return what is kept of a petition; `answer_by` while an answer is owed."""
    return {
        "tenant": work.tenant,
        "petition_id": heard.petition_id,
        "contest_id": heard.contest_id,
        "entry_id": heard.entry_id,
        "kind": heard.kind,
        "answer_by": answer_by,
        "moved_at": work.now,
    }

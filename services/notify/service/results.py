"""The results, told to all who took part; and what follows from winning."""

from msgspec import structs

from contracts import awards, ledger
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import domain, store
from services.notify.domain import Telling
from services.notify.domain.pushes import RecordHead
from services.notify.service.moments import tell_ready
from services.notify.service.queueing import tell


class Results:
    """Hears of published results."""

    @subscribe
    def tell_results(self, heard: awards.ResultsPublished, work: Work) -> None:
        """Congratulate the winners; tell the others where the results are."""
        contest = store.load_contest(work.session, heard.contest_id)
        won = tuple(domain.PrizeWon(line.entry_id, line.prize) for line in heard.lines)
        winners = store.load_entries(work.session, tuple(line.entry_id for line in won))
        others = store.load_judged(work.session, heard.contest_id)
        judged = {entry.entry_id: entry for entry in (*winners, *others)}
        tell(work, heard, domain.tell_results(contest, judged.values(), won))
        store.open_results(work.session, heard.contest_id, work.now)
        tell_ready(work, heard)

    @subscribe
    def hand_out_head(self, heard: ledger.HeadSigned, work: Work) -> None:
        """Give heads of milestones to all programs, where nobody can take them back."""
        if heard.head.milestone:
            head = RecordHead(**structs.asdict(heard.head))
            tell(
                work,
                heard,
                [Telling(one, "WEBHOOK", head) for one in store.client_ids(work.session)],
            )

    @subscribe
    def tell_milestone(self, heard: awards.MilestoneReminded, work: Work) -> None:
        """Remind whoever answers for a milestone of an adopter."""
        store.load_contest(work.session, heard.contest_id)
        letter = domain.MilestoneDue(
            heard.title, heard.adopter, heard.what, heard.due_on, heard.days
        )
        about = (heard.entry_id,)
        tell(work, heard, [Telling(heard.responsible_id, "EMAIL", letter, about)])

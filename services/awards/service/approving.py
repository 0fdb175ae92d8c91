"""A prize list on its way through the offices: minutes, submission, approval or return."""

from contracts import awards
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command
from services.awards import store
from services.awards.domain import prizes
from services.awards.service.days import today


class Approving:
    """The steps of a list between its proposal and its publication."""

    @command
    def record_prize_meeting(self, asked: awards.RecordPrizeMeeting, work: Work) -> None:
        """Record the minutes of the meeting on the list as it stands."""
        require(work.actor.within(asked.contest_id), "secretary", "organiser")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        meeting = prizes.Meeting(asked.number, asked.held_on, asked.conclusion)
        listed = listed.minute(meeting, rules, today(work, rules))
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.PrizeMeetingRecorded(
                contest_id=asked.contest_id,
                number=asked.number,
                held_on=asked.held_on,
                conclusion=asked.conclusion,
            )
        )

    @command
    def submit_prizes(self, asked: awards.SubmitPrizes, work: Work) -> None:
        """Bring the list before the authorities that grant its prizes."""
        require(work.actor.within(asked.contest_id), "organiser")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        submission = prizes.Submission(asked.number, asked.dated, work.actor.id)
        listed = listed.submit(submission, rules, today(work, rules))
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.PrizesSubmitted(
                contest_id=asked.contest_id,
                number=asked.number,
                dated=asked.dated,
                authorities=listed.awaited(rules),
            )
        )

    @command
    def approve_prizes(self, asked: awards.ApprovePrizes, work: Work) -> bool:
        """Let an authority approve what it grants."""
        require(work.actor.within(asked.contest_id), f"authority:{asked.authority}")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        approval = prizes.Approval(asked.authority, work.actor.id, work.now)
        listed = listed.approve(approval, rules, asked.drawn)
        store.save_list(work.session, asked.contest_id, listed)
        complete = not listed.awaited(rules)
        work.announce(
            awards.PrizesApproved(
                contest_id=asked.contest_id, authority=asked.authority, complete=complete
            )
        )
        return complete

    @command
    def return_prizes(self, asked: awards.ReturnPrizes, work: Work) -> None:
        """Let an authority return the list for reasons."""
        require(work.actor.within(asked.contest_id), f"authority:{asked.authority}")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        returned = prizes.Returned(asked.authority, asked.reason, work.actor.id, work.now)
        listed = listed.send_back(returned, rules)
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.PrizesReturned(
                contest_id=asked.contest_id, authority=asked.authority, reason=asked.reason
            )
        )

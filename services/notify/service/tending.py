"""What notify answers its operators about its queues; and it forgets whom it must."""

import upkeep
from contracts import intake, notify
from contracts.upkeep import Backlog, DeadFound
from kernel.database import Work
from kernel.messaging import command, query, subscribe
from services.notify.store import forgetting
from upkeep.sandbox import empty_sandbox


class Tending:
    """For operators of the asking tenant."""

    @query
    def show_backlog(self, _asked: notify.ShowBacklog, work: Work) -> Backlog:
        """Say what waits."""
        return upkeep.backlog(work)

    @query
    def list_dead(self, asked: notify.ListDead, work: Work) -> DeadFound:
        """Show what was given up."""
        return upkeep.list_dead(asked, work)

    @command
    def retry_dead(self, asked: notify.RetryDead, work: Work) -> None:
        """Try one of them again."""
        upkeep.retry_dead(asked, work)

    @command
    def empty_sandbox(self, _asked: notify.EmptySandbox, work: Work) -> int:
        """Take away all there is of a sandbox."""
        return empty_sandbox(work)

    @subscribe
    def forget_entrants(self, heard: intake.EntrantsErased, work: Work) -> None:
        """Forget who is to be forgotten, and say so."""
        people, rows = forgetting.forget(work.session, heard.contest_id, heard.person_ids)
        forgotten = notify.EntrantsForgotten(contest_id=heard.contest_id, people=people, rows=rows)
        work.announce(forgotten)

"""What intake answers its operators about its queues."""

import upkeep
from contracts import intake
from contracts.upkeep import Backlog, DeadFound
from kernel.database import Work
from kernel.messaging import command, query
from upkeep.sandbox import empty_sandbox


class Tending:
    """For operators of the asking tenant."""

    @query
    def show_backlog(self, _asked: intake.ShowBacklog, work: Work) -> Backlog:
        """Say what waits."""
        return upkeep.backlog(work)

    @query
    def list_dead(self, asked: intake.ListDead, work: Work) -> DeadFound:
        """Show what was given up."""
        return upkeep.list_dead(asked, work)

    @command
    def retry_dead(self, asked: intake.RetryDead, work: Work) -> None:
        """Try one of them again."""
        upkeep.retry_dead(asked, work)

    @command
    def empty_sandbox(self, _asked: intake.EmptySandbox, work: Work) -> int:
        """Take away all there is of a sandbox."""
        return empty_sandbox(work)

"""What ledger answers its operators about its queues; and it forgets whom it must."""

import upkeep
from contracts import intake, ledger
from contracts.upkeep import Backlog, DeadFound
from kernel.database import Work
from kernel.messaging import command, query, subscribe
from services.ledger import store


class Tending:
    """For operators of the asking tenant."""

    @query
    def show_backlog(self, _asked: ledger.ShowBacklog, work: Work) -> Backlog:
        """Say what waits."""
        return upkeep.backlog(work)

    @query
    def list_dead(self, asked: ledger.ListDead, work: Work) -> DeadFound:
        """Show what was given up."""
        return upkeep.list_dead(asked, work)

    @command
    def retry_dead(self, asked: ledger.RetryDead, work: Work) -> None:
        """Try one of them again."""
        upkeep.retry_dead(asked, work)

    @subscribe
    def forget_entrants(self, heard: intake.EntrantsErased, work: Work) -> None:
        """Remove the salts of what was said of them: no digest can be matched to them any more."""
        for person_id in heard.person_ids:
            store.forget_person(work.session, person_id)

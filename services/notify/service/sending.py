"""The timers that have sent what is queued, each counterparty beside the others.

What is long is left to a process of its own, so that who has little to get waits for none of it.
"""

from collections.abc import Iterable
from typing import ClassVar

from kernel.crunch import Crunch
from kernel.database import Database, Work
from kernel.messaging import every
from services.notify import store
from services.notify.domain.reasons import Reason
from services.notify.handing import Handing
from services.notify.lanes import Lane, Lanes
from services.notify.recording import fail
from services.notify.settings import NotifySettings


def tenants(work: Work, *, channels: bool) -> Iterable[str]:
    """Return the tenants that have something due on channels, or else to clients."""
    Sending.lanes.look(channels=channels)
    lanes = work.session.execute(store.lanes_due(work.now))
    found = sorted({tenant for tenant, name, _ in lanes if store.is_channel(name) == channels})
    if not found:
        Sending.lanes.seen(channels=channels)
    return found


class Sending:
    """Sends what is due."""

    database: Database
    settings: NotifySettings
    bulk: Crunch
    lanes: ClassVar = Lanes()
    handing: ClassVar = Handing()
    patience = 0.0  # seconds that a timer waits for its lanes: they go on without it

    @every(seconds=0.5, due=lambda work: tenants(work, channels=True))
    def send_letters(self, work: Work) -> None:
        """Have what is due sent over mail, Zalo, SMS, the exchange axis and the portal."""
        self.start(work, channels=True)

    @every(seconds=0.5, due=lambda work: tenants(work, channels=False))
    def push_states(self, work: Work) -> None:
        """Have what is due pushed to every client."""
        self.start(work, channels=False)

    @every(seconds=5, due=lambda work: store.tenants_expiring(work.session, work.now))
    def let_go(self, work: Work) -> None:
        """Let go of what has become pointless, be it held or waiting for a counterparty."""
        for row in store.load_expired(work.session, work.tenant, work.now):
            row.state = "EXPIRED"
            store.stop_waiting(work.session, work.tenant, [row.delivery_id])
            fail(work, row, row.last_error or Reason.TOO_LATE.say(), expired=True)

    @every(seconds=30, due=lambda work: store.tenants_tallied(work.session))
    def fold_tally(self, work: Work) -> None:
        """Keep the count of deliveries short."""
        store.fold(work.session, work.tenant)

    def start(self, work: Work, *, channels: bool) -> None:
        """Start a lane for each counterparty that has something due and is not left alone."""
        due = store.lanes_due(work.now, self.settings.long_queue)
        for tenant, name, is_long in work.session.execute(due).all():
            if store.is_channel(name) == channels:
                lane = Lane(self.database, self.settings, tenant, name, work.now)
                if is_long:
                    self.handing.over(self.bulk, self.lanes, lane)
                else:
                    self.lanes.start(lane)
        self.lanes.seen(channels=channels)
        self.lanes.wait(self.database, self.patience)

"""What notify may be asked: who was told what, to try again, and where clients listen."""

from datetime import timedelta

from contracts import notify
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command, query
from services.notify import hooks, store
from services.notify.domain import is_pointless
from services.notify.logbook import export, view
from services.notify.service.seeing import OFFICE, may_read
from services.notify.settings import NotifySettings


class DeliveryNotFailed(Refused):
    """Only a failed delivery can be sent again; this one is waiting or sent."""


class DeliveryNotHeld(Refused):
    """This delivery is not held: it is waiting, sent or over already."""


class DeliveryPointless(Refused):
    """The time of this message is over; drop it."""


class ReasonMissing(Refused):
    """Say why it is not to be sent."""


class EmptySpan(Refused):
    """The span to push again ends before it begins; give `since` and a later `until`."""


class Desk:
    """Answers."""

    settings: NotifySettings

    @command
    def register_webhook(self, asked: notify.RegisterWebhook, work: Work) -> str:
        """Remember where a client listens; a new secret replaces the old one."""
        require(work.actor, "client")
        hooks.vet(asked.url, allow_loopback=self.settings.webhook_allow_loopback)
        secret = hooks.new_secret()
        until = work.now + timedelta(hours=self.settings.webhook_overlap_hours)
        store.save_webhook(work.session, work.tenant, work.actor.id, asked.url, (secret, until))
        return secret

    @command
    def replay_webhook(self, asked: notify.ReplayWebhook, work: Work) -> int:
        """Push a span again to the client that asks."""
        require(work.actor, "client")
        if asked.until <= asked.since:
            raise EmptySpan
        span = (asked.since, asked.until)
        return store.replay(work.session, work.tenant, work.actor.id, span)

    @command
    def redeliver(self, asked: notify.Redeliver, work: Work) -> None:
        """Begin the tries of a failed delivery anew."""
        require(work.actor, "operator", "secretary")
        row = store.load_delivery(work.session, asked.delivery_id)
        if row.state != "FAILED":
            raise DeliveryNotFailed
        store.requeue(work.session, row, work.now)

    @command
    def release_delivery(self, asked: notify.ReleaseDelivery, work: Work) -> None:
        """Send a held delivery, not before its hour."""
        require(work.actor, *OFFICE)
        row = held(work, asked.delivery_id)
        if is_pointless(row.expires_at, work.now):
            raise DeliveryPointless
        row.state, row.due_at = "QUEUED", max(row.due_at, work.now)

    @command
    def drop_delivery(self, asked: notify.DropDelivery, work: Work) -> None:
        """Never send a held delivery."""
        require(work.actor, *OFFICE)
        if not asked.reason.strip():
            raise ReasonMissing
        row = held(work, asked.delivery_id)
        row.state, row.last_error = "DROPPED", asked.reason.strip()
        store.stop_waiting(work.session, work.tenant, [row.delivery_id])

    @query
    def list_deliveries(
        self, asked: notify.ListDeliveries, work: Work
    ) -> tuple[notify.DeliveryView, ...]:
        """Say who was told what, newest first; entrants see what concerns their own entry."""
        wanted = store.Wanted(asked.entry_id, asked.contest_id, asked.recipient, asked.state)
        readers = may_read(work, wanted)
        found = store.list_deliveries(work.session, wanted)
        rows = [row for row in found if readers is None or row.recipient in readers]
        ids = [row.delivery_id for row in rows] if asked.with_tries else []
        tries = store.load_tries(work.session, ids)
        return tuple(view(row, asked.entry_id, tries.get(row.delivery_id, ())) for row in rows)

    @query
    def export_deliveries(self, asked: notify.ExportDeliveries, work: Work) -> notify.DeliveryFile:
        """Return the log as a file, for those who keep the contest's records."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        wanted = store.Wanted(asked.entry_id, asked.contest_id, asked.recipient)
        may_read(work, wanted)
        return export(work.session, wanted, asked.form)


def held(work: Work, delivery_id: str) -> store.DeliveryRow:
    """Load a delivery that waits for a person's look."""
    row = store.load_delivery(work.session, delivery_id)
    if row.state != "HELD":
        raise DeliveryNotHeld
    return row

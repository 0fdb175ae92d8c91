"""What notify may be asked: who was told what, to try again, and where clients listen."""

import msgspec

from contracts import notify
from kernel.database import Work
from kernel.errors import Forbidden, NotYet, Refused, require
from kernel.messaging import command, query
from services.notify import hooks, store
from services.notify.settings import NotifySettings


class NothingNamed(Refused):
    """Name an entry or a contest whose deliveries you want to see."""


class DeliveryNotFailed(Refused):
    """Only a failed delivery can be sent again; this one is waiting or sent."""


class Desk:
    """Answers."""

    settings: NotifySettings

    @command
    def register_webhook(self, asked: notify.RegisterWebhook, work: Work) -> str:
        """Remember where a client listens; a new secret replaces the old one."""
        require(work.actor, "client")
        hooks.vet(asked.url, allow_loopback=self.settings.webhook_allow_loopback)
        client = store.ClientRow(
            tenant=work.tenant, client_id=work.actor.id, url=asked.url, secret=hooks.new_secret()
        )
        store.save_webhook(work.session, client)
        return client.secret

    @command
    def redeliver(self, asked: notify.Redeliver, work: Work) -> None:
        """Begin the tries of a failed delivery anew."""
        require(work.actor, "operator", "secretary")
        row = store.load_delivery(work.session, asked.delivery_id)
        if row.state != "FAILED":
            raise DeliveryNotFailed
        store.requeue(work.session, row, work.now)

    @query
    def list_deliveries(
        self, asked: notify.ListDeliveries, work: Work
    ) -> tuple[notify.DeliveryView, ...]:
        """Say who was told what, newest first; entrants see what concerns their own entry."""
        if asked.entry_id is None and asked.contest_id is None:
            raise NothingNamed
        readers = None if may_see_all(work) else readers_of(work, asked.entry_id)
        rows = store.list_deliveries(work.session, asked.entry_id, asked.contest_id)
        return tuple(
            view(row, asked.entry_id)
            for row in rows
            if readers is None or row.recipient in readers
        )


def may_see_all(work: Work) -> bool:
    """Say whether the actor keeps the contest's records."""
    return not work.actor.roles.isdisjoint({"secretary", "organiser", "operator"})


def readers_of(work: Work, entry_id: str | None) -> frozenset[str]:
    """Return who stands behind the actor's own entry; raise `Forbidden` for another's.

    What judges were told about the entry stays hidden: it would say who they are.
    """
    if entry_id is None:
        require(work.actor, "secretary", "organiser", "operator")
        return frozenset()
    try:
        entry = store.load_entry(work.session, entry_id)
    except NotYet:
        raise Forbidden("This is not your entry.") from None
    readers = frozenset({*entry.author_ids, entry.filed_by})
    if work.actor.id not in readers:
        raise Forbidden("This is not your entry.")
    return readers


def view(row: store.DeliveryRow, asked: str | None) -> notify.DeliveryView:
    """Show a delivery, without name or address; of several entries the one asked about."""
    only = row.entry_ids[0] if len(row.entry_ids) == 1 else None
    columns = {
        name: getattr(row, name)
        for name in notify.DeliveryView.__struct_fields__
        if name != "entry_id"
    }
    return msgspec.convert({**columns, "entry_id": asked or only}, notify.DeliveryView)

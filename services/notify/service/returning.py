"""Letters that come back, read into the log."""

import logging
from dataclasses import replace

from kernel.database import Database, Origin, Work
from kernel.messaging import every
from kernel.tables import EVERY_TENANT
from services.notify import store
from services.notify.domain.reasons import Reason
from services.notify.mail.bounces import Bounce, NoBox, open_box, read_bounce
from services.notify.recording import fail
from services.notify.settings import NotifySettings

log = logging.getLogger(__name__)


class Returning:
    """Reads the mailbox of returned letters."""

    database: Database
    settings: NotifySettings

    @every(seconds=30, due=lambda work: store.some_tenant(work.session))
    def read_returned(self, work: Work) -> None:
        """Mark deliveries and addresses that letters came back from, of whichever tenant.

        The box is that of all tenants, and is read once for all of them.
        """
        if not self.settings.bounces_url:
            return
        try:
            with open_box(self.settings.bounces_url) as returned:
                for one in returned:
                    bounce = read_bounce(one.message)
                    if bounce is not None:
                        self.note(work, bounce)
                    one.mark()  # only now that it is written down for good
        except NoBox as error:
            log.warning("returned letters unread", extra={"fields": {"why": str(error)}})

    def note(self, work: Work, bounce: Bounce) -> None:
        """Write a bounce down, in a transaction of its own of the tenant whose letter it was."""
        with self.database.work(Origin.own("notify", EVERY_TENANT), read_only=True) as all_:
            tenant = store.tenant_of(all_.session, bounce.delivery_id)
        if tenant is not None:
            origin = replace(Origin.own("notify", tenant), now=work.now)
            with self.database.work(origin) as own:
                note(own, bounce)


def note(work: Work, bounce: Bounce) -> None:
    """Write down that a letter of this tenant came back.

    Anybody may write to the box: only what names both a letter of ours and its reader counts.
    """
    row = store.find_delivery(work.session, bounce.delivery_id)
    if row is None:
        return
    person = store.load_people(work.session, {row.recipient}).get(row.recipient)
    if person is None or (person.email or "").lower() != bounce.address.lower():
        return
    if bounce.action != "failed":
        return
    reason = Reason.CAME_BACK.say(status=bounce.status)
    if bounce.is_hard:
        person.bounced_email = person.email
    if row.state == "SENT":
        row.state, row.last_error, row.tries = "FAILED", reason, row.tries + 1
        store.add_bounce(work.session, row, reason, work.now)
        fail(work, row, reason)
        store.put_instead(work.session, row, work.new_id(), work.now)

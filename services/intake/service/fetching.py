"""Files of pushed dossiers are fetched, and dossiers handed in once all their files are here."""

import logging
from datetime import datetime, timedelta
from functools import partial
from threading import Thread
from typing import Any

from contracts import intake
from contracts.message import Actor
from kernel import clock
from kernel.database import Database, Origin, Work
from kernel.envelope import new_id
from kernel.errors import Refused
from kernel.messaging import every
from kernel.objects import Bucket
from services.intake import uploads
from services.intake.domain.documents import PART_BYTES
from services.intake.onegate.fetching import NotFetched, fetch
from services.intake.service.one_stop import OneStop
from services.intake.service.pushed import do, pending_of
from services.intake.service.telling import quietly
from services.intake.settings import IntakeSettings
from services.intake.store import documents, entries, one_stop

PAUSES = (2, 10, 60, 300, 1200)  # seconds before further tries; the place to put it lasts an hour
LEASE = timedelta(minutes=20)  # longer than the largest file takes, with looking into it

log = logging.getLogger(__name__)


class Fetching(OneStop):
    """What follows from a push once it is committed."""

    database: Database
    files: Bucket
    settings: IntakeSettings
    confirm_document: Any

    @every(seconds=1, due=lambda work: one_stop.tenants_fetching(work.session, work.now))
    def fetch_files(self, work: Work) -> None:
        """Fetch what is due, each file in a thread, so that a slow address delays no other."""
        one_stop.expire(work.session, work.now, len(PAUSES) + 1, NotFetched.__name__)
        for document_id in one_stop.claim(work.session, work.now, LEASE):
            act = partial(self.fetch_one, work.tenant, document_id)
            Thread(target=partial(quietly, act, document_id), daemon=True).start()

    @every(seconds=1, due=lambda work: one_stop.tenants_waiting(work.session))
    def finish_dossiers(self, work: Work) -> None:
        """Hand in every dossier that has waited for its last file."""
        for entry_id in one_stop.waiting(work.session):
            if not pending_of(entry_id, work):
                # One that cannot be handed in, for whatever reason, keeps no other waiting.
                quietly(partial(self.finish, work.tenant, entry_id), entry_id)

    def fetch_one(self, tenant: str, document_id: str) -> None:
        """Fetch one file to where an upload would have put it, and confirm it as its client."""
        own = Origin.own("intake", tenant)
        with self.database.work(own, read_only=True) as work:
            row = one_stop.load_fetch(work.session, document_id)
            document = documents.load_document(work.session, row.entry_id, document_id)
            client = entries.read_entry(work.session, row.entry_id).filed_by
        try:
            announced = document.announced
            parts = fetch(
                row.url, announced.size, announced.sha256, self.settings.fetch_hosts, PART_BYTES
            )
            uploads.put_parts(self.files, document, parts)
            with self.database.work(acting(tenant, client, clock.now())) as work:
                confirmed = intake.ConfirmDocument(entry_id=row.entry_id, document_id=document_id)
                do(self, self.confirm_document, confirmed, work)
                one_stop.load_fetch(work.session, document_id).state = "DONE"
        except Refused as refusal:
            self.put_off(tenant, document_id, refusal)

    def put_off(self, tenant: str, document_id: str, refusal: Refused) -> None:
        """Try again later where that may help; else the client sees why in the dossier."""
        with self.database.work(Origin.own("intake", tenant)) as work:
            row = one_stop.load_fetch(work.session, document_id)
            row.last_error = refusal.code
            may_pass = isinstance(refusal, NotFetched) and row.attempts < len(PAUSES)
            if may_pass:
                row.state, row.due_at = (
                    "QUEUED",
                    work.now + timedelta(seconds=PAUSES[row.attempts]),
                )
            else:
                row.state = "FAILED"
            row.attempts += 1

    def finish(self, tenant: str, entry_id: str) -> None:
        """Hand a dossier in for its client; why it cannot be is kept for them."""
        own = Origin.own("intake", tenant)
        with self.database.work(own, read_only=True) as work:
            client = entries.read_entry(work.session, entry_id).filed_by
            pushed_at, by_url = one_stop.moment(work.session, entry_id)
        # A link's content is fixed by its checksum, so the dossier was whole when it was pushed.
        at = pushed_at if by_url else clock.now()
        try:
            with self.database.work(acting(tenant, client, at)) as work:
                row = one_stop.load(work.session, entry_id)
                if not row.waits:
                    return
                row.waits = False
                handed_in = intake.SubmitEntry(
                    entry_id=entry_id, declarations=tuple(row.declarations)
                )
                do(self, self.submit_entry, handed_in, work)
        except Refused as refusal:
            with self.database.work(own) as work:
                row = one_stop.load(work.session, entry_id)
                row.waits, row.problem = False, refusal.code


def acting(tenant: str, client: str, at: datetime) -> Origin:
    """Return the origin of what is done for a client at an instant."""
    identity = new_id()
    actor = Actor(id=client, roles=frozenset({"client"}))
    return Origin(tenant, actor, at, identity, identity)

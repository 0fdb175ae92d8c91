"""Documents are given to others by links that last for days and can be revoked."""

from datetime import timedelta

from contracts import intake
from kernel.database import Work
from kernel.errors import NotFound, Refused
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.intake.domain.documents import DocumentState
from services.intake.domain.eligibility import clean
from services.intake.service.access import NotYours, check_may_see, is_staff
from services.intake.store import documents, entries, shares

LINK_MINUTES = 15
MOST_DAYS = 90


class BadShare(Refused):
    """A link needs a recipient and lasts from 1 to 90 days."""


class UnknownShare(NotFound):
    """There is no such link."""


class ShareEnded(NotFound):
    """This link has ended or was revoked; ask the office that gave it for a new one."""


class Sharing:
    """What staff give out, and what others get for it."""

    files: Bucket

    @command
    def share_document(self, asked: intake.ShareDocument, work: Work) -> intake.Shared:
        """Make a link to a stored document for somebody outside."""
        check_staff(asked.entry_id, work)
        recipient = clean(asked.recipient)
        if not recipient or not 1 <= asked.days <= MOST_DAYS:
            raise BadShare
        document = documents.load_document(work.session, asked.entry_id, asked.document_id)
        document.check_stored()
        until = work.now + timedelta(days=asked.days)
        to = shares.Recipient(recipient, work.actor.id, work.now, until)
        made = shares.share(work.session, work.new_id(), asked.entry_id, document.document_id, to)
        return intake.Shared(share_id=made.share_id, path=made.path, until=until)

    @command
    def revoke_shares(self, asked: intake.RevokeShares, work: Work) -> int:
        """End links; those that have ended already are not counted."""
        check_staff(asked.entry_id, work)
        return shares.revoke(
            work.session,
            asked.entry_id,
            work.now,
            share_id=asked.share_id,
            recipient=clean(asked.recipient) if asked.recipient is not None else None,
        )

    @query
    def list_shares(self, asked: intake.ListShares, work: Work) -> tuple[intake.ShareView, ...]:
        """List who was given which document, without the tokens."""
        check_staff(asked.entry_id, work)
        return tuple(
            intake.ShareView(
                share_id=row.share_id,
                document_id=row.document_id,
                recipient=row.recipient,
                shared_at=row.shared_at,
                until=row.until,
                revoked_at=row.revoked_at,
            )
            for row in shares.list_shares(work.session, asked.entry_id)
        )

    @query
    def follow_share(self, asked: intake.FollowShare, work: Work) -> str:
        """Return a short-lived URL; whoever has the token may read."""
        row = shares.find(work.session, asked.token)
        if row is None:
            raise UnknownShare
        document = documents.load_document(work.session, row.entry_id, row.document_id)
        is_over = row.revoked_at is not None or work.now >= row.until
        if is_over or document.state is not DocumentState.STORED:
            raise ShareEnded
        return self.files.link(document.key, LINK_MINUTES, document.announced.sent_name)


def check_staff(entry_id: str, work: Work) -> None:
    """Raise unless they work on the entry's dossier."""
    entry = entries.read_entry(work.session, entry_id)
    check_may_see(entry, work)
    if not is_staff(work, entry.contest_id):
        raise NotYours

"""What a counterparty is told of an entry at one of its steps."""

from datetime import timedelta

from contracts.rules import Dossier
from kernel.database import Work
from services.intake.domain.documents import current
from services.intake.domain.mirror import ENDS, Step
from services.intake.onegate.wording import Attachment, Mirrored
from services.intake.store import contests, documents, entries, onegate, shares
from services.intake.store.tables import PushRow

LINK_TIME = timedelta(days=30)  # a portal fetches files when its queue comes to them


def mirrored(push: PushRow, public_url: str, work: Work) -> Mirrored:
    """Return the entry as it stands, at the step that is told; its first author applies."""
    entry = entries.read_entry(work.session, push.entry_id)
    rules = contests.load_rules(work.session, entry.contest_id).rules
    kinds = {group.code: group.entrant for group in rules.entrants.groups}
    first = entry.authors[0]
    step = Step(push.step)
    return Mirrored(
        code=entry.receipt_code or "",
        title=entry.title,
        applicant=first.full_name,
        email=first.email,
        phone=first.phone,
        is_enterprise=kinds.get(entry.group) == "ENTERPRISE",
        received_at=entry.received_at or push.at,
        step=step,
        at=push.at,
        note=push.note,
        due_at=entry.due_at if step is Step.SUPPLEMENT else None,
        attachments=links(push, rules.dossier, public_url, work) if step not in ENDS else (),
    )


def links(push: PushRow, dossier: Dossier, public_url: str, work: Work) -> tuple[Attachment, ...]:
    """Return links to the documents that count, good for days; the counterparty takes its time."""
    if not public_url:
        return ()
    until = work.now + LINK_TIME
    to = shares.Recipient(onegate.recipient(push.counterparty), work.actor.id, work.now, until)
    attachments = []
    for paper in current(dossier, documents.load_documents(work.session, push.entry_id)):
        share_id, document_id = work.new_id(), paper.document_id
        made = shares.share(work.session, share_id, push.entry_id, document_id, to)
        url = public_url.rstrip("/") + made.path
        name, code = paper.announced.file_name, paper.announced.code
        attachments.append(Attachment(document_id, name, code, url))
    return tuple(attachments)

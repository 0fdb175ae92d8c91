"""What a counterparty is told of an entry at one of its steps."""

from datetime import timedelta

from contracts.rules import Dossier
from kernel.database import Work
from services.intake.domain.documents import current
from services.intake.domain.mirror import ENDS, Step
from services.intake.onegate.wording import Attachment, Mirrored
from services.intake.settings import IntakeSettings
from services.intake.signing import read_keys
from services.intake.store import contests, documents, entries, onegate, shares
from services.intake.store.tables import PushRow

LINK_TIME = timedelta(days=30)  # a portal fetches files when its queue comes to them


def mirrored(push: PushRow, settings: IntakeSettings, work: Work) -> Mirrored:
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
        attachments=links(push, rules.dossier, settings, work) if step not in ENDS else (),
    )


def links(
    push: PushRow, dossier: Dossier, settings: IntakeSettings, work: Work
) -> tuple[Attachment, ...]:
    """Return links to the documents that count, good for days; the counterparty takes its time.

    However often a step is tried, they are the same ones, good for longer.
    """
    if not settings.public_url:
        return ()
    secret = read_keys(settings.receipt_key).secret("links to documents")
    until = work.now + LINK_TIME
    to = shares.Recipient(onegate.recipient(push.counterparty), work.actor.id, work.now, until)
    attachments = []
    for paper in current(dossier, documents.load_documents(work.session, push.entry_id)):
        document = (push.entry_id, paper.document_id)
        made = shares.renew(work.session, work.new_id(), document, to, secret)
        url = settings.public_url.rstrip("/") + made.path
        name, code = paper.announced.file_name, paper.announced.code
        attachments.append(Attachment(paper.document_id, name, code, url))
    return tuple(attachments)

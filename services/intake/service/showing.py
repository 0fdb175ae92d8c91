"""An entry as those concerned see it."""

from typing import cast

from contracts import intake
from kernel.database import Work
from services.intake.domain.documents import Document
from services.intake.domain.entries import Entry
from services.intake.service.handing_over import handover_of
from services.intake.service.submitting import missing_of
from services.intake.store import contests, documents, entries


def view(entry: Entry, work: Work) -> intake.EntryView:
    """Return an entry as those concerned see it."""
    rules = contests.load_rules(work.session, entry.contest_id).rules
    return intake.EntryView(
        entry_id=entry.entry_id,
        contest_id=entry.contest_id,
        state=entry.state,
        version=entry.version,
        kind=cast(intake.EntrantKind, entry.kind),
        group=entry.group,
        title=entry.title,
        summary=entry.summary,
        area=entry.area,
        channel=cast(intake.Channel, entry.channel),
        authors=tuple(
            intake.Author(
                full_name=author.full_name,
                email=author.email,
                phone=author.phone,
                unit_id=author.unit_id,
                position=author.position,
                share=author.share,
                person_id=author.person_id,
            )
            for author in entry.authors
        ),
        documents=tuple(
            shown(document) for document in documents.load_documents(work.session, entry.entry_id)
        ),
        timeline=tuple(
            intake.TimelineLine(at=line.at, state=line.state, note=line.note)
            for line in entries.load_timeline(work.session, entry.entry_id)
        ),
        unit_id=entry.unit_id,
        receipt_code=entry.receipt_code,
        external_code=entry.external_code,
        missing=missing_of(entry, rules, work),
        posted_at=entry.posted_at,
        received_at=entry.received_at,
        counted_at=entry.counted_at,
        counting_rule=entry.counting_rule or "",
        due_at=entry.due_at,
        returns=entry.returns,
        handover=handover_of(entry, work),
    )


def shown(document: Document) -> intake.DocumentView:
    """Return a document as those concerned see it."""
    fault = document.fault
    return intake.DocumentView(
        document_id=document.document_id,
        code=document.announced.code,
        file_name=document.announced.file_name,
        media_type=document.announced.media_type,
        size=document.announced.size,
        sha256=document.announced.sha256,
        version=document.version,
        stored=document.is_stored,
        state=document.state,
        sent_name=document.announced.sent_name,
        pages=document.pages,
        minutes=document.minutes,
        refusal=fault.template if fault else "",
        refusal_params=dict(fault.params) if fault else {},
    )

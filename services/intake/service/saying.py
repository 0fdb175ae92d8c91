"""What intake says about an entry, made from the entry as it stands."""

from collections.abc import Iterable
from typing import TypedDict, cast

from contracts import intake
from services.intake.domain.deadlines import Counted
from services.intake.domain.documents import Document
from services.intake.domain.entries import Entry


class About(TypedDict):
    """What every event about an entry says."""

    contest_id: str
    entry_id: str
    receipt_code: str
    filed_by: str
    author_ids: tuple[str, ...]
    title: str


def about(entry: Entry) -> About:
    """Return what every event about this entry says."""
    return {
        "contest_id": entry.contest_id,
        "entry_id": entry.entry_id,
        "receipt_code": entry.receipt_code or "",
        "filed_by": entry.filed_by,
        "author_ids": entry.author_ids,
        "title": entry.title,
    }


def submitted(
    entry: Entry, documents: Iterable[Document], missing: tuple[str, ...], counted: Counted
) -> intake.EntrySubmitted:
    """Say that it was handed in with these documents."""
    return intake.EntrySubmitted(
        **about(entry),
        version=entry.version,
        received_at=counted.received_at,
        area=entry.area,
        kind=cast(intake.EntrantKind, entry.kind),
        group=entry.group,
        channel=cast(intake.Channel, entry.channel),
        documents=tuple(_reference(document) for document in documents),
        missing=missing,
        unit_id=entry.unit_id,
        external_code=entry.external_code,
        counted_at=counted.at,
    )


def came_late(entry: Entry, counted: Counted) -> intake.EntryCameLate:
    """Say that it came after its deadline and waits for the organiser."""
    return intake.EntryCameLate(
        **about(entry),
        version=entry.version,
        received_at=counted.received_at,
        counted_at=counted.at,
        rule=counted.rule,
        channel=cast(intake.Channel, entry.channel),
        posted_at=counted.posted_on,
        unit_id=entry.unit_id,
        external_code=entry.external_code,
    )


def accepted(entry: Entry) -> intake.EntryAccepted:
    """Say that the dossier is complete and valid."""
    return intake.EntryAccepted(
        **about(entry),
        version=entry.version,
        area=entry.area,
        kind=cast(intake.EntrantKind, entry.kind),
        shares=tuple(
            intake.Share(person_id=author.person_id, percent=author.share)
            for author in entry.authors
        ),
        summary=entry.summary,
        unit_id=entry.unit_id,
    )


def copies_ordered(entry: Entry) -> intake.CopiesOrdered:
    """Say that judges of a blind round will want copies of its papers."""
    return intake.CopiesOrdered(
        contest_id=entry.contest_id, entry_id=entry.entry_id, version=entry.version
    )


def _reference(document: Document) -> intake.DocumentRef:
    return intake.DocumentRef(
        document_id=document.document_id,
        code=document.announced.code,
        key=document.key,
        sha256=document.announced.sha256,
        media_type=document.announced.media_type,
        size=document.announced.size,
    )

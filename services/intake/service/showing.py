"""An entry as those concerned see it: its own people as last saved, others as handed in."""

from typing import TypedDict, cast

from msgspec import convert, to_builtins

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from services.intake.domain import declarations, drafts
from services.intake.domain.contents import Contents, gaps
from services.intake.domain.documents import Document
from services.intake.domain.entries import Entry
from services.intake.service.access import works_on
from services.intake.service.dossiers import lacking, papers_handed_in, papers_now
from services.intake.service.handing_over import handover_of
from services.intake.store import contests, documents, entries, versions


class Said(TypedDict):
    """What an entry, or a version of it, says of itself."""

    kind: intake.EntrantKind
    group: str
    title: str
    summary: str
    area: str
    authors: tuple[intake.Author, ...]
    unit_id: str | None
    enterprise: intake.Enterprise | None
    improves: tuple[intake.Improvement, ...]


def view(entry: Entry, work: Work) -> intake.EntryView:
    """Return an entry as whoever asks sees it."""
    rules = contests.load_rules(work.session, entry.contest_id).rules
    theirs = works_on(entry, work)
    saved = drafts.draft_of(entry).contents
    handed_in = papers_handed_in(entry, rules, work)
    papers = papers_now(entry, rules, work) if theirs else handed_in
    listed = theirs or entry.version == 0
    found = documents.load_documents(work.session, entry.entry_id) if listed else handed_in
    return intake.EntryView(
        **said_of(saved if theirs else drafts.standing(entry)),
        entry_id=entry.entry_id,
        contest_id=entry.contest_id,
        state=entry.state,
        version=entry.version,
        channel=cast(intake.Channel, entry.channel),
        documents=tuple(map(shown, found)),
        timeline=tuple(
            intake.TimelineLine(at=line.at, state=line.state, note=line.note)
            for line in entries.load_timeline(work.session, entry.entry_id)
        ),
        receipt_code=entry.receipt_code,
        external_code=entry.external_code,
        missing=lacking(entry, papers, rules, work),
        posted_at=entry.posted_at,
        received_at=entry.received_at,
        counted_at=entry.counted_at,
        counting_rule=entry.counting_rule or "",
        due_at=entry.due_at,
        returns=entry.returns,
        handover=handover_of(entry, work),
        revision=entry.revision,
        edited=theirs and (entry.working is not None or set(papers) != set(handed_in)),
        lacks=gaps(saved, rules) if theirs else (),
        declared=declared(entry, rules, work),
        confirmation=confirmation_of(entry, work),
        handed_at=entry.handed_at,
        mine=theirs,
    )


def said_of(contents: Contents) -> Said:
    """Return what is typed into an entry."""
    return {
        "kind": cast(intake.EntrantKind, contents.kind),
        "group": contents.group,
        "title": contents.title,
        "summary": contents.summary,
        "area": contents.area,
        "authors": convert(to_builtins(contents.authors), tuple[intake.Author, ...]),
        "unit_id": contents.unit_id,
        "enterprise": convert(to_builtins(contents.enterprise), intake.Enterprise | None),
        "improves": convert(to_builtins(contents.improves), tuple[intake.Improvement, ...]),
    }


def declared(entry: Entry, rules: Rules, work: Work) -> tuple[intake.MadeDeclaration, ...]:
    """Return the declarations that hold, each as it was last made in the words in force."""
    made = {one.code: one for one in versions.load_declarations(work.session, entry.entry_id)}
    return tuple(
        intake.MadeDeclaration(
            code=one.code,
            version=one.version,
            sha256=one.sha256,
            made_at=one.at,
            made_by=one.by,
        )
        for code in declarations.in_force(rules.dossier, made.values())
        if (one := made[code])
    )


def confirmation_of(entry: Entry, work: Work) -> intake.Confirmation | None:
    """Return what the head of the unit said of the newest version."""
    said = versions.find_confirmation(work.session, entry.entry_id, entry.version)
    if said is None:
        return None
    return intake.Confirmation(
        version=said.version,
        confirmed=said.confirmed,
        note=said.note,
        at=said.said_at,
        by=said.said_by,
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

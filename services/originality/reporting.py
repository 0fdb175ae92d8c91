"""How a report comes about: find candidates, align them, judge, file, announce. See `renew`."""

from collections.abc import Mapping
from hashlib import sha256
from unicodedata import normalize

import msgspec

from contracts import intake, originality
from kernel.crunch import Crunch
from kernel.database import Work
from services.originality import domain, matching, store
from services.originality.engine import Compared, Comparison, SharedSource, Source
from services.originality.extraction import Extracted

MOST = 20  # candidates that are aligned with one entry
QUOTED = 300  # characters of what a sign is about


def renew(work: Work, engine: Crunch, entry: domain.Entry, reading: domain.Reading) -> None:
    """Make the report on an entry; file and announce it if it gives the old one's place."""
    policy = store.load_policy(work.session, entry.contest_id)
    text, sources, compared = look_around(work, engine, entry, policy)
    overlaps = (domain.Overlap(s.key, s.matched, s.words) for s in compared.sources)
    found = domain.Comparison(compared.words, compared.excluded, compared.matched, tuple(overlaps))
    verdict = domain.judge(policy, reading, found)
    report = originality.Report(
        report_id=work.new_id(),
        contest_id=entry.contest_id,
        entry_id=entry.entry_id,
        version=entry.version,
        level=verdict.level.value,
        share=verdict.share,
        excluded_share=verdict.excluded_share,
        words=compared.words,
        matches=tuple(
            match(shared, sources[shared.key], text, found)
            for shared in compared.sources
            if shared.key in verdict.listed
        ),
        made_at=work.now,
        flags=verdict.flags,
        signs=tuple(told_sign(sign, text) for sign in reading.signs),
    )
    file_report(work, report)


def look_around(
    work: Work, engine: Crunch, entry: domain.Entry, policy: domain.Policy
) -> tuple[store.KeptText, Mapping[int, store.KeptText], Compared]:
    """Compare an entry's text with those most like it that were there before."""
    text = store.entry_text(work.session, entry.entry_id)
    title = (policy.title,)
    (prepared,) = matching.prepare(engine, [text.compared], title)
    prints = matching.prints(prepared)
    likely = store.candidates(work.session, entry, prints, policy, MOST)
    sources = store.find_texts(work.session, likely.text_ids)
    asked = Comparison(
        text=text.compared,
        sources=tuple(Source(key, sources[key].compared, title) for key in likely.text_ids),
        phrases=title,
    )
    return text, sources, matching.compare(engine, asked)


def match(
    shared: SharedSource, source: store.KeptText, text: store.KeptText, found: domain.Comparison
) -> originality.Match:
    """Return what one source shares, as the report tells it."""
    return originality.Match(
        source_kind=source.kind.value,
        source_id=source.source_id,
        title=source.title,
        share=found.part(shared.matched),
        passages=tuple(
            originality.Passage(
                start=place.start,
                end=place.end,
                source_start=place.source_start,
                source_end=place.source_end,
                text=text.body[place.start : place.end],
                source_text=source.body[place.source_start : place.source_end],
                exact_share=domain.share(place.exact, place.words),
                page=text.page(place.start),
                source_page=source.page(place.source_start),
            )
            for place in shared.passages
        ),
        applied_at=source.applied_at,
    )


def told_sign(sign: domain.Sign, text: store.KeptText) -> originality.Sign:
    """Return a sign as the report tells it, with the words it is about, or their beginning."""
    return originality.Sign(
        kind=sign.kind,
        start=sign.start,
        end=sign.end,
        text=text.body[sign.start : min(sign.end, sign.start + QUOTED)],
        detail=sign.detail,
        page=text.page(sign.start),
    )


def file_report(work: Work, report: originality.Report) -> None:
    """File a report and announce it, unless it says what the newest one says already."""
    told = [report.share, report.excluded_share, report.words, report.matches, report.flags]
    told += [report.signs] if report.signs else []  # as before there were any
    made = domain.Filed(
        report_id=report.report_id,
        version=report.version,
        level=domain.Level(report.level),
        share=report.share,
        sources=frozenset(match.source_id for match in report.matches),
        content=sha256(msgspec.json.encode(told)).hexdigest(),
    )
    old = store.newest(work.session, report.entry_id, lock=True)
    if old is not None and not store.filed(old).gives_way_to(made):
        return
    store.save_report(work.session, report, made)
    work.announce(
        originality.OriginalityReported(
            contest_id=report.contest_id,
            entry_id=report.entry_id,
            version=report.version,
            report_id=report.report_id,
            level=report.level,
            share=report.share,
            sources=tuple(match.source_id for match in report.matches),
        )
    )


def entry_of(heard: intake.EntrySubmitted, papers: list[intake.DocumentRef]) -> domain.Entry:
    """Return the entry as this submission of these descriptions would have it."""
    return domain.Entry(
        entry_id=heard.entry_id,
        contest_id=heard.contest_id,
        title=heard.title,
        version=heard.version,
        filed_at=heard.received_at,
        digest=" ".join(paper.sha256 for paper in papers),
    )


def text_of(entry: domain.Entry, extracted: Extracted) -> store.KeptText:
    """Return an entry's text as the index keeps it."""
    return store.KeptText(
        kind=store.Kind.ENTRY,
        source_id=entry.entry_id,
        title=entry.title,
        body=extracted.text,
        contest_id=entry.contest_id,
        filed_at=entry.filed_at,
        pages=extracted.pages,
        masked=extracted.masked,
    )


def text_of_known(register: str, known: originality.KnownInitiative) -> store.KeptText:
    """Return an initiative of the register as the index keeps it, its title first."""
    return store.KeptText(
        kind=store.Kind.KNOWN_INITIATIVE,
        source_id=known.code,
        title=known.title,
        body=normalize("NFC", f"{known.title}\n\n{known.text}".replace("\0", "")),
        register=register,
        applied_at=known.applied_at,
        applied_on=known.applied_on,
        applied_until=known.applied_until,
        scope=domain.Scope(known.scope),
        summary=known.summary,
    )

"""How a report comes about: find candidates, align them, judge, file, announce. See `renew`.

A child process aligns while the database is asked whose idea may be the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

import msgspec

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from services.originality import domain, matching, store
from services.originality.engine import Compared, Comparison, Source
from services.originality.meanwhile import Meanwhile
from services.originality.reporting import telling
from services.originality.reporting.parameters import parameters
from services.originality.understanding import prints_of

MOST = 20  # candidates that are aligned with one entry
IDEAS = 10  # texts whose idea may be the same, at most
QUOTED = 300  # characters of what a sign is about


@dataclass(frozen=True, slots=True)
class Around:
    """A text beside what was there before it, and how the index was then."""

    text: store.KeptText
    compared: Compared
    ideas: tuple[telling.Alike, ...]
    manifest: int
    extent: store.Extent


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, what was read of its text, and what it shares with its likely sources."""

    entry: domain.Entry
    reading: domain.Reading
    around: Around


def renew(
    work: Work,
    engine: Crunch,
    entry: domain.Entry,
    reading: domain.Reading,
    prints: store.Prints | None = None,
) -> None:
    """Make the report on an entry; file and announce it if it gives the old one's place.

    Whoever has just worked out the `prints` of its text passes them on.
    """
    policy = store.load_policy(work.session, entry.contest_id)
    around = look_around(work, engine, entry, policy, prints)
    report = report_on(work, Found(entry, reading, around), policy)
    file_report(work, report, store.Seen(around.extent, policy, reading))


def report_on(work: Work, found: Found, policy: domain.Policy) -> originality.Report:
    """Return what was found as a report."""
    entry, around, compared = found.entry, found.around, found.around.compared
    overlaps = tuple(domain.Overlap(s.key, s.matched, s.words, s.strong) for s in compared.sources)
    counted = domain.Comparison(compared.words, compared.excluded, compared.matched, overlaps)
    verdict = domain.judge(policy, found.reading, counted)
    sources = store.find_texts(work.session, verdict.listed)
    named = (*sources.values(), *(one.text for one in around.ideas))
    places = store.places(work.session, telling.entries_among(named))
    listed = telling.Listed(text=around.text, sources=sources, places=places)
    return originality.Report(
        report_id=work.new_id(),
        contest_id=entry.contest_id,
        entry_id=entry.entry_id,
        version=entry.version,
        level=verdict.level.value,
        share=verdict.share,
        excluded_share=verdict.excluded_share,
        words=compared.words,
        matches=telling.matches(listed, compared, counted),
        made_at=work.now,
        flags=verdict.flags,
        signs=tuple(told_sign(sign, around.text) for sign in found.reading.signs),
        title=entry.title,
        filed_at=entry.filed_at,
        share_with_exclusions=verdict.share,
        share_without=telling.share_without(compared),
        excluded=telling.left_out(compared, around.text),
        ideas=telling.ideas(around.ideas, places),
        compared=compared_with(work, entry, policy, around.extent.newest),
        manifest=around.manifest,
        parameters=parameters(policy),
        text_sha256=around.text.sha256,
    )


def look_around(
    work: Work,
    engine: Crunch,
    entry: domain.Entry,
    policy: domain.Policy,
    prints: store.Prints | None,
) -> Around:
    """Find what an entry's text has to be compared with."""
    text = store.entry_text(work.session, entry.entry_id)
    if prints is None:
        (prepared,) = matching.prepare(engine, [text.compared], (policy.title,))
        prints = prints_of(text, prepared)
    likely = store.candidates(work.session, entry, prints, policy, MOST)
    return around(work, engine, text, prints, likely, policy)


def around(  # noqa: PLR0913, PLR0917  # what is found depends on all of them
    work: Work,
    engine: Crunch,
    text: store.KeptText,
    prints: store.Prints,
    likely: store.Candidates,
    policy: domain.Policy,
    extent: store.Extent | None = None,
) -> Around:
    """Compare a text with what is likeliest, and find whose idea may be the same.

    With an `extent`, as the index was then; so were the likely ones.
    """
    sources = store.find_packed(work.session, likely.text_ids)
    comparing = Meanwhile(partial(compare, engine, text, sources, policy))
    ideas = ideas_of(work, prints, likely, extent)
    titles = store.find_titles(work.session, {one.text_id for one in ideas})
    return Around(
        text,
        comparing.result(),
        tuple(telling.Alike(one, titles[one.text_id]) for one in ideas),
        likely.manifest.version,
        likely.extent,
    )


def ideas_of(
    work: Work,
    prints: store.Prints,
    likely: store.Candidates,
    extent: store.Extent | None = None,
) -> tuple[store.FoundAlike, ...]:
    """Find the texts whose ideas are alike beyond what chance explains."""
    if prints.idea is None:
        return ()
    found = store.ideas_alike(work.session, prints.idea, likely.keep, IDEAS, extent)
    return tuple(one for one in found if one.is_significant)


def compare(
    engine: Crunch,
    text: store.KeptText,
    sources: Mapping[int, store.PackedText],
    policy: domain.Policy,
) -> Compared:
    """Align a text with sources; the contest's title counts for nothing in any of them."""
    title = (policy.title,)
    asked = Comparison(
        text=text.compared,
        sources=tuple(
            Source(key, phrases=title, left_out=source.left_out, packed=source.packed)
            for key, source in sources.items()
        ),
        phrases=title,
    )
    return matching.compare(engine, asked)


def compared_with(
    work: Work, entry: domain.Entry, policy: domain.Policy, newest: int
) -> originality.ComparedWith:
    """Count what an entry was compared with: nothing after the text with the number `newest`."""
    entries, known, registers = store.count_sources(work.session, entry, policy, newest)
    return originality.ComparedWith(
        entries=entries, known=known, cutoff=policy.cutoff, registers=registers
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


def file_report(work: Work, report: originality.Report, seen: store.Seen) -> None:
    """File a report and announce it, unless it says what the newest one says already.

    Of similar ideas only whose they are counts: their scores move with every text that comes.
    """
    told = [report.share, report.excluded_share, report.words, report.matches, report.flags]
    told += [report.signs] if report.signs else []  # as before there were any
    told += [sorted({one.source_id for one in report.ideas})] if report.ideas else []
    made = domain.Filed(
        report_id=report.report_id,
        version=report.version,
        level=domain.Level(report.level),
        share=report.share,
        sources=frozenset(match.source_id for match in report.matches),
        content=sha256(msgspec.json.encode(told)).hexdigest(),
        flags=frozenset(report.flags),
    )
    old = store.newest(work.session, report.entry_id, lock=True)
    if old is not None and not store.filed(old).gives_way_to(made):
        return
    store.save_report(work.session, report, made, seen)
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

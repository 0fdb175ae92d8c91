"""What follows once an entry's papers have been read. See `check`.

An entry whose text is all there is reported on at once. One with pages that are pictures waits
in the queue of scans, without a report; every other that has pictures or pages to be looked at
is queued behind those, and its report is made anew if they show something else, or if nobody
could look at them.
"""

from collections.abc import Sequence

from contracts.intake import DocumentRef, EntryEvent
from kernel.crunch import Crunch
from kernel.database import Work
from services.originality import matching, reporting, store
from services.originality.domain import Entry, Reading, Standing, share
from services.originality.engine import Prepared
from services.originality.extraction import Extracted
from services.originality.understanding import prints_of


def check(
    work: Work,
    engine: Crunch,
    entry: Entry,
    documents: Sequence[DocumentRef],
    read: tuple[Extracted, Prepared],
) -> None:
    """Report on an entry as its papers have been read, or note what has to be read first."""
    extracted, prepared = read
    is_awaited = extracted.problem == "NEEDS_OCR"
    if extracted.has_pictures and (is_awaited or not extracted.problem):
        store.ask_for_scan(work.session, entry, documents, is_awaited=is_awaited, at=work.now)
    if is_awaited and extracted.has_pictures:
        wait(work, entry)
    else:
        report(work, engine, entry, extracted, prepared)


def wait(work: Work, entry: Entry) -> None:
    """Keep an entry without a text; what it had before is a source no more."""
    citing = store.entries_citing(work.session, entry.entry_id)
    store.drop_entry_text(work.session, entry.entry_id)
    store.save_entry(work.session, entry, matching.waiting())
    store.mark_stale(work.session, citing)


def look(
    work: Work, engine: Crunch, scan: store.Scan, extracted: Extracted, prepared: Prepared
) -> None:
    """Report on an entry once its pictures have been looked at, if it still has these papers."""
    store.drop_scan(work.session, scan)
    known = store.load_entry(work.session, scan.entry_id)
    if known is None:
        return
    entry, reading = known
    if entry.digest != scan.digest or entry.standing is Standing.WITHDRAWN:
        return
    is_new = reading.is_waiting or is_another(work, entry, extracted)
    if entry.standing is Standing.DISQUALIFIED:
        if is_new:  # whoever copied from it still did
            index(work, entry, extracted, prepared)
    elif is_new:
        report(work, engine, entry, extracted, prepared)
    else:
        readable = not extracted.problem
        seen = matching.reading(extracted, prepared) if readable else reading.unlooked()
        store.save_entry(work.session, entry, seen)
        reporting.renew(work, engine, entry, seen)


def is_another(work: Work, entry: Entry, extracted: Extracted) -> bool:
    """Say whether the pages show another text than was compared."""
    kept = store.entry_text(work.session, entry.entry_id)
    return not extracted.problem and kept.body != extracted.text


def report(
    work: Work, engine: Crunch, entry: Entry, extracted: Extracted, prepared: Prepared
) -> None:
    """Index an entry's text and report on it."""
    reading, prints = index(work, entry, extracted, prepared)
    reporting.renew(work, engine, entry, reading, prints)


def index(
    work: Work, entry: Entry, extracted: Extracted, prepared: Prepared
) -> tuple[Reading, store.Prints]:
    """Index an entry's text; later entries may owe it something, or owed it before.

    Returns what was read, and what the text is found by.
    """
    reading = matching.reading(extracted, prepared)
    text = reporting.text_of(entry, extracted)
    prints = prints_of(text, prepared)
    if store.text_of_entry(work.session, entry.entry_id) != text:
        citing = store.entries_citing(work.session, entry.entry_id)
        store.save_texts(work.session, [(text, prints)])
        alike = store.later_entries_alike(work.session, [prints], after=entry)
        ideas = prints.idea and store.later_ideas_alike(work.session, prints.idea, after=entry)
        store.mark_stale(work.session, {*citing, *alike, *(ideas or ())})
    store.save_entry(work.session, entry, reading)
    return reading, prints


def leave(work: Work, heard: EntryEvent, standing: Standing) -> None:
    """Note that an entry is out, even if its submission has not been heard yet."""
    known = store.load_entry(work.session, heard.entry_id)
    if known is None:
        unread = Entry(heard.entry_id, heard.contest_id, heard.title, 0, work.now, "")
        known = unread, Reading(0, share(0, 1))
    store.save_entry(work.session, known[0].leave(standing), known[1])

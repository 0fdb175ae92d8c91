"""A report on a text that is not handed in and not kept. Start with `try_text`."""

from collections.abc import Collection

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from services.originality import domain, matching, store
from services.originality.domain.own import TextMissing, TextTooLong
from services.originality.extraction import Extracted
from services.originality.reporting import making
from services.originality.reporting.taking import text_of
from services.originality.understanding import prints_of

LARGEST = 6 * 1024 * 1024  # bytes of a file; a message carries a third more
LONGEST = 400_000  # characters of a text


def read(extractor: Crunch, asked: originality.CheckText | originality.CheckMyText) -> Extracted:
    """Return the text that was sent, out of its file if it came in one."""
    if len(asked.content) > LARGEST or len(asked.text) > LONGEST:
        raise TextTooLong
    if asked.content:
        return matching.read_file(extractor, asked.content, asked.media_type)
    if not asked.text.strip():
        raise TextMissing
    return Extracted(asked.text)


def try_text(
    work: Work, engine: Crunch, contest_id: str, extracted: Extracted, without: str | None = None
) -> originality.Report:
    """Compare a text with all that a contest knows now, but not with entries of `without`.

    That is a person: nobody copies from themselves. The report is filed nowhere.
    """
    policy = store.load_policy(work.session, contest_id)
    (prepared,) = matching.prepare(engine, [extracted.blanked], (policy.title,))
    own: Collection[str] = store.entries_of(work.session, without) if without else ()
    entry = domain.Entry("", contest_id, "", 0, work.now, "")
    text = text_of(entry, extracted)
    prints = prints_of(text, prepared)
    likely = store.candidates_now(work.session, prints, policy, making.MOST, without=own)
    around = making.around(work, engine, text, prints, likely, policy)
    reading = matching.reading(extracted, prepared)
    return making.report_on(work, making.Found(entry, reading, around), policy)

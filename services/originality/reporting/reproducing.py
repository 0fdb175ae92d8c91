"""A report made again, from the index as it was then and by the rules of then, for an appeal."""

from collections.abc import Iterator

from msgspec.structs import replace

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from services.originality import domain, matching, store
from services.originality.domain import reproducing
from services.originality.reporting import making
from services.originality.reporting.parameters import parameters
from services.originality.understanding import prints_of


def reproduce(work: Work, engine: Crunch, named: str) -> originality.Reproduction:
    """Make a report again and say what is otherwise; nothing of it is kept.

    `named` is its id, or an entry's. What is recorded of the text's reading is taken as it is:
    documents are not read anew. Raises `UnknownReport`.
    """
    row = store.named_report(work.session, named)
    report, seen = store.report_of(row), store.seen_of(row)
    told = originality.Reproduction(
        report_id=report.report_id,
        entry_id=report.entry_id,
        contest_id=report.contest_id,
        version=report.version,
        made_at=report.made_at,
        title=report.title,
        outcome="IMPOSSIBLE",
    )
    if seen is None or report.filed_at is None:
        return replace(told, obstacle="NOT_KEPT")
    text = store.text_of_entry(work.session, report.entry_id)
    if text is None:
        return replace(told, obstacle="TEXT_GONE")
    if text.sha256 != report.text_sha256:
        return replace(told, obstacle="TEXT_CHANGED")
    again = make_again(work, engine, report, seen, text)
    found = tuple(reproducing.differences(report, again))
    return replace(
        told,
        outcome="DIFFERENT" if found else "SAME",
        changes=tuple(changes(work, report, again, seen)),
        differences=found,
    )


def make_again(
    work: Work,
    engine: Crunch,
    report: originality.Report,
    seen: store.Seen,
    text: store.KeptText,
) -> originality.Report:
    """Return the report that the same text would have got then."""
    policy, filed_at = seen.policy, report.filed_at or report.made_at
    entry = domain.Entry(
        report.entry_id, report.contest_id, report.title, report.version, filed_at, digest=""
    )
    (prepared,) = matching.prepare(engine, [text.compared], (policy.title,))
    prints = prints_of(text, prepared)
    likely = store.candidates(work.session, entry, prints, policy, making.MOST, extent=seen.extent)
    around = making.around(work, engine, text, prints, likely, policy, seen.extent)
    found = making.Found(entry, seen.reading, around)
    return making.report_on(work, found, policy)


def changes(
    work: Work, report: originality.Report, again: originality.Report, seen: store.Seen
) -> Iterator[originality.Difference]:
    """Yield what is otherwise than it was then, whether the report shows it or not."""
    if again.parameters != report.parameters:
        yield originality.Difference(
            what="PROGRAM", before=report.parameters, now=again.parameters
        )
    policy = store.load_policy(work.session, report.contest_id)
    if policy != seen.policy:
        yield originality.Difference(
            what="RULES", before=parameters(seen.policy), now=parameters(policy)
        )
    yield from reproducing.counted(report, again)
    named = {one.source_id for one in report.matches} | {one.source_id for one in report.ideas}
    numbers = store.numbers_of(work.session, named)
    yield from reproducing.moved(report, numbers, seen.extent.newest)

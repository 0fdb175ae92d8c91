"""Who is shown which report, and how much of it. Start with `find`."""

from collections.abc import Iterable
from hashlib import sha256

from msgspec.structs import replace

from contracts import originality
from kernel.database import Work
from kernel.errors import Forbidden, require
from services.originality import domain, store

READERS = ("secretary", "chair", "organiser")


def find(work: Work, named: str, contest_id: str = "") -> originality.Report:
    """Return the report of an entry that counts, as far as whoever asks may see it.

    A judge sees those of the entries on their desk; in a blind round by the code alone, which is
    one of `contest_id`, and so does a chair or secretary who marks the entry. Raises `Forbidden`,
    `UnknownReport`.
    """
    entry_id, code, is_blind = named, named, False
    judges_it = store.judges_blindly(work.session, work.actor.id, named)
    actor = work.actor.within(contest_of(work, named))
    if judges_it or actor.roles.isdisjoint(READERS):
        require(actor, *READERS, "judge")
        found = store.judged(work.session, work.actor.id, named, contest_id)
        if found is None:
            raise Forbidden
        entry_id, code, is_blind = found
    row = store.newest(work.session, entry_id)
    if row is None:
        raise domain.UnknownReport
    report = store.report_of(row)
    report = replace(report, ruled_by_name=store.name_of(work.session, report.ruled_by))
    return blinded(report, code) if is_blind else report


def contest_of(work: Work, entry_id: str) -> str | None:
    """Return the contest of an entry that there is a report on."""
    row = store.newest(work.session, entry_id)
    return None if row is None else row.contest_id


def blinded(report: originality.Report, code: str) -> originality.Report:
    """Return a report that tells a judge nothing of whose the entries are.

    Titles, passages and signs are as they were typed, with the names in them; a digest or the
    instant of filing would tell an entry from another. Of the text a judge reads the checked copy.
    """
    numbers = {
        match.source_id: f"#{n}" if match.source_kind == "ENTRY" else match.source_id
        for n, match in enumerate(report.matches, start=1)
    }
    return replace(
        report,
        entry_id=code,
        matches=tuple(_without_owner(match, numbers) for match in report.matches),
        ideas=tuple(
            replace(idea, source_id="", title="", place=None, filed_at=None)
            if idea.source_kind == "ENTRY"
            else idea
            for idea in report.ideas
        ),
        signs=tuple(replace(sign, text="", detail="") for sign in report.signs),
        title="",
        filed_at=None,
        text_sha256="",
        is_blind=True,
    )


def _without_owner(match: originality.Match, numbers: dict[str, str]) -> originality.Match:
    """Return a match without its words; an entry's by its number in the report."""
    passages = tuple(
        replace(
            passage,
            text="",
            source_text="",
            also=tuple(numbers.get(name, "") for name in passage.also),
        )
        for passage in match.passages
    )
    if match.source_kind != "ENTRY":
        return replace(match, passages=passages)
    number = numbers[match.source_id]
    return replace(
        match, source_id=number, title=number, place=None, filed_at=None, passages=passages
    )


def texts(work: Work, asked: originality.ReadTexts) -> originality.ReportTexts:
    """Return the texts a report is about, where they are still as they were compared.

    In a blind round a judge gets none: names stand in a description. Raises `ReportSuperseded`.
    """
    report = find(work, asked.entry_id, asked.contest_id)
    if report.report_id != asked.report_id:
        raise domain.ReportSuperseded
    if report.is_blind:
        return originality.ReportTexts()
    passages = [passage for match in report.matches for passage in match.passages]
    here = ((one.start, one.end, one.text) for one in passages)
    body = store.source_text(work.session, "ENTRY", "", report.entry_id)
    if body is None or not _is_as_it_was(body, here, report.text_sha256):
        body = None
    return originality.ReportTexts(text=body, source_text=_source_text(work, report, asked.source))


def _source_text(work: Work, report: originality.Report, place: int | None) -> str | None:
    """Return the text of the match at a place, unless it has changed or gone since."""
    if place is None or not 0 <= place < len(report.matches):
        return None
    match = report.matches[place]
    body = store.source_text(work.session, match.source_kind, match.register, match.source_id)
    there = ((one.source_start, one.source_end, one.source_text) for one in match.passages)
    return body if body is not None and _is_as_it_was(body, there) else None


def _is_as_it_was(body: str, parts: Iterable[tuple[int, int, str]], digest: str = "") -> bool:
    """Say whether a text still has its passages where they were, and its hash if one is known."""
    if digest and sha256(body.encode()).hexdigest() != digest:
        return False
    return all(body[start:end] == part for start, end, part in parts)

"""How a file becomes initiatives of a register: rows, texts, twins, and what is recorded.

Start with `read_file`, then `plan`, then `record`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Refused
from services.originality import adopting, matching, papers, store
from services.originality.domain import rows, twins
from services.originality.domain.rows import Known, Wrong
from services.originality.engine import Prepared
from services.originality.store.postings import Channel, merge
from services.originality.understanding import prints_of

MERGES = 40  # steps of merging after an import; the beat goes on from there


class NoRows(Refused):
    """The sheet has no row with an initiative."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row and the text it will be found by, and the scan that more of it stands on."""

    row: int
    text: store.KeptText
    paper: store.Paper | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The initiatives of a file and its mistakes; with mistakes the initiatives are not all."""

    rows: int
    drafts: tuple[Draft, ...] = ()
    mistakes: tuple[originality.RowMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import would do: texts to save, dates to widen, twins to tell of."""

    new: tuple[int, ...] = ()  # places of drafts
    changed: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    texts: tuple[store.KeptText, ...] = ()  # by place, as they will be kept
    widened: tuple[tuple[str, twins.Span], ...] = ()  # code in the register, its new dates
    twins: tuple[originality.Twin, ...] = ()


def read_file(sheets: Crunch, extractor: Crunch, content: bytes, register: str) -> ReadFile:
    """Read a sheet and the documents it names, every mistake by row and column."""
    packed = matching.read_sheet(sheets, content)
    (_, headings), *lines = packed.rows or ((1, ()),)
    place_of, wrong = rows.places(headings)
    known: list[Known] = []
    if not wrong:
        if not lines:
            raise NoRows
        known, wrong = rows.read(lines, place_of, tuple(packed.files))
    drafts = []
    for one in known if not wrong else ():
        try:
            drafts.append(_draft(one, packed.files, extractor, register))
        except papers.UnreadableDocument as refusal:
            wrong.append(Wrong(one.row, "file", one.file, refusal))
    mistakes = tuple(_told(one, place_of) for one in wrong)
    return ReadFile(len(lines), tuple(drafts), mistakes)


def _draft(one: Known, files: dict[str, bytes], extractor: Crunch, register: str) -> Draft:
    """Return what a row says, with the text of its summary and its document."""
    text, paper = papers.read(extractor, one.file, files[one.file]) if one.file else ("", None)
    body = papers.body_of(one.title, one.summary, text)
    return Draft(one.row, _kept(one, body, register), paper)


def recalled(session: Session, drafts: Sequence[Draft], register: str) -> list[Draft]:
    """Return drafts with what stands on their scans, where these very ones were recognised."""
    scanned = [draft.text.source_id for draft in drafts if draft.paper]
    known = store.known_papers(session, register, scanned)
    found = []
    for draft in drafts:
        before = known.get(draft.text.source_id)
        if draft.paper and before and before.text and before.sha256 == draft.paper.sha256:
            body = papers.body_of(draft.text.title, draft.text.summary, before.text)
            found.append(replace(draft, text=replace(draft.text, body=body)))
        else:
            found.append(draft)
    return found


def _kept(one: Known, body: str, register: str) -> store.KeptText:
    """Return an initiative as the register keeps it."""
    return store.KeptText(
        kind=store.Kind.KNOWN_INITIATIVE,
        source_id=one.code,
        title=one.title,
        body=body,
        register=register,
        applied_at=one.unit,
        applied_on=one.applied_from,
        applied_until=one.applied_to,
        scope=one.scope,
        summary=one.summary.replace("\0", ""),
        entry_id=adopting.entry_of(register, one.code),
    )


def plan(
    session: Session,
    drafts: Sequence[Draft],
    prepared: Sequence[Prepared],
    register: str,
    on_twins: originality.OnTwins,
) -> Planned:
    """Say what an import of these would do to a register, and which of them are told twice."""
    told = [
        twins.Told(one.text.source_id, one.text.title, one.text.sha256, frozenset(by.fingerprints))
        for one, by in zip(drafts, prepared, strict=True)
    ]
    known = store.load_known(session, register, [one.code for one in told])
    pairs = _pairs(session, told, register)
    merged = sorted(pairs) if on_twins == "MERGE" else []
    texts = {place: draft.text for place, draft in enumerate(drafts)}
    widened: dict[str, twins.Span] = {}
    for place in merged:
        kept = twins.keeper(place, pairs)
        span = _span(texts[place])
        if kept in pairs:  # the one that is kept is in the register
            code = pairs[kept].code
            widened[code] = widened.get(code, span).merged(span)
        else:
            texts[kept] = _spanned(texts[kept], _span(texts[kept]).merged(span))
    kept_places = [place for place in texts if place not in merged]
    before = {place: known.get(told[place].code) for place in kept_places}
    return Planned(
        new=tuple(place for place in kept_places if before[place] is None),
        changed=tuple(place for place in kept_places if before[place] not in (None, texts[place])),
        merged=tuple(merged),
        texts=tuple(texts[place] for place in range(len(texts))),
        widened=tuple(widened.items()),
        twins=tuple(_twin(drafts, place, pair) for place, pair in sorted(pairs.items())),
    )


def _pairs(session: Session, told: Sequence[twins.Told], register: str) -> dict[int, twins.Pair]:
    """Find which of those told repeat the register, or else an earlier one of the file."""
    pairs = twins.find_twins(told)
    corrected = {one.code for one in told}
    for place, one in enumerate(told):
        sharing = store.find_sharing(session, register, one.prints, one.digest)
        others = [other for other in sharing if other.code not in corrected]
        if (pair := twins.known_twin(one, others)) is not None:
            pairs[place] = pair
    return pairs


def _span(text: store.KeptText) -> twins.Span:
    return twins.Span(text.applied_on, text.applied_until)


def _spanned(text: store.KeptText, span: twins.Span) -> store.KeptText:
    return replace(text, applied_on=span.first, applied_until=span.last)


def _twin(drafts: Sequence[Draft], place: int, pair: twins.Pair) -> originality.Twin:
    """Tell of a row that says what another says."""
    return originality.Twin(
        row=drafts[place].row,
        code=drafts[place].text.source_id,
        title=drafts[place].text.title,
        other_code=pair.code,
        other_title=pair.title,
        likeness=pair.likeness,
        other_row=None if pair.place is None else drafts[pair.place].row,
    )


def record(
    work: Work, drafts: Sequence[Draft], planned: Planned, prepared: Sequence[Prepared]
) -> None:
    """Do what was planned; reports that owe the register something are made anew.

    The index is merged at once: a register leaves no thousands of fresh rows to search through.
    """
    session, register = work.session, drafts[0].text.register
    for code, span in planned.widened:
        store.widen(session, register, code, span)
    chosen = (*planned.new, *planned.changed)
    keep(session, [(planned.texts[place], prepared[place]) for place in chosen])
    touched = [code for code, _ in planned.widened]
    store.mark_stale(session, store.entries_citing_any(session, touched))
    # One that turns out older may count from now on for those who repeat it.
    merged = [store.Prints.of(prepared[place]) for place in planned.merged if touched]
    store.mark_stale(session, store.later_entries_alike(session, merged))
    kept = [draft for place, draft in enumerate(drafts) if place not in planned.merged]
    papers.queue(work, register, {draft.text.source_id: draft.paper for draft in kept})
    for channel in Channel:
        for _ in range(MERGES):
            if not merge(session, channel):
                break


def count_scans(drafts: Sequence[Draft], planned: Planned) -> int:
    """Return how many scans are, or would be, read after the import."""
    chosen = {*planned.new, *planned.changed}
    return sum(draft.paper is not None for n, draft in enumerate(drafts) if n in chosen)


def keep(session: Session, texts: Iterable[tuple[store.KeptText, Prepared]]) -> None:
    """Put initiatives into the register, in place of what their codes had there.

    What is there just so keeps its number, by which an older report can be made again.
    """
    new = [(text, by) for text, by in texts if not store.is_known(session, text)]
    saved = [(text, prints_of(text, by)) for text, by in new]
    store.save_texts(session, saved)
    alike = store.later_entries_alike(session, [prints for _, prints in saved])
    citing = store.entries_citing_any(session, [text.source_id for text, _ in saved])
    store.mark_stale(session, {*alike, *citing})


def _told(wrong: Wrong, place_of: dict[str, int]) -> originality.RowMistake:
    """Say what is wrong, and in which column."""
    place = place_of.get(wrong.column)
    return originality.RowMistake(
        row=wrong.row,
        column="" if place is None else letter(place),
        value=wrong.value,
        code=wrong.refusal.code,
        template=wrong.refusal.template,
        params={name: str(value) for name, value in wrong.refusal.params.items()},
    )


def letter(place: int) -> str:
    """Return the letters of a column as spreadsheets call it, counted from 0: A, B … Z, AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)

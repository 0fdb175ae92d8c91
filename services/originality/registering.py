"""How a file becomes initiatives of a register: rows, texts, twins, and what is recorded.

Start with `read_file`, then `plan`, then `record`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from unicodedata import normalize

from sqlalchemy.orm import Session

from contracts import originality
from kernel.crunch import Crunch
from kernel.errors import Refused
from services.originality import matching, store
from services.originality.domain import rows, twins
from services.originality.domain.rows import Known, Wrong
from services.originality.engine import Prepared
from services.originality.understanding import prints_of

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
}
OTHER_TYPE = "application/octet-stream"


class NoRows(Refused):
    """The sheet has no row with an initiative."""


class UnreadableDocument(Refused):
    """The document cannot be read; save it anew, or fill in the summary instead."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row and the text it will be found by."""

    row: int
    text: store.KeptText


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
        text, unread = _text_of(one, packed.files, extractor)
        wrong += unread
        drafts.append(Draft(one.row, _kept(one, text, register)))
    mistakes = tuple(_told(one, place_of) for one in wrong)
    return ReadFile(len(lines), tuple(drafts), mistakes)


def _text_of(one: Known, files: dict[str, bytes], extractor: Crunch) -> tuple[str, list[Wrong]]:
    """Return the text of a row: its summary and its document; and what is wrong with that."""
    if not one.file:
        return one.summary, []
    media_type = MEDIA_TYPES.get(PurePosixPath(one.file).suffix.casefold(), OTHER_TYPE)
    extracted = matching.read_file(extractor, files[one.file], media_type)
    if not extracted.problem:
        return "\n\n".join(filter(None, (one.summary, extracted.text))), []
    refusal = UnreadableDocument(
        "{file} cannot be read ({problem}); save it anew, or fill in the summary instead.",
        file=one.file,
        problem=extracted.problem,
    )
    return "", [Wrong(one.row, "file", one.file, refusal)]


def _kept(one: Known, text: str, register: str) -> store.KeptText:
    """Return an initiative as the register keeps it, its title first."""
    return store.KeptText(
        kind=store.Kind.KNOWN_INITIATIVE,
        source_id=one.code,
        title=one.title,
        body=normalize("NFC", f"{one.title}\n\n{text}".replace("\0", "")),
        register=register,
        applied_at=one.unit,
        applied_on=one.applied_from,
        applied_until=one.applied_to,
        scope=one.scope,
        summary=one.summary.replace("\0", ""),
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
    session: Session, planned: Planned, prepared: Sequence[Prepared], register: str
) -> None:
    """Do what was planned; reports that owe the register something are made anew."""
    for code, span in planned.widened:
        store.widen(session, register, code, span)
    chosen = (*planned.new, *planned.changed)
    keep(session, [(planned.texts[place], prepared[place]) for place in chosen])
    touched = [code for code, _ in planned.widened]
    store.mark_stale(session, store.entries_citing_any(session, touched))


def keep(session: Session, texts: Iterable[tuple[store.KeptText, Prepared]]) -> None:
    """Put initiatives into the register, in place of what their codes had there."""
    saved = [(text, prints_of(text, by)) for text, by in texts]
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

"""The port to the child processes: documents become text, texts are prepared and compared."""

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import Struct

from contracts.intake import DocumentRef
from kernel.crunch import Crashed, Crunch, Failed
from kernel.errors import Refused
from kernel.objects import Bucket, ObjectMissing
from services.originality.domain import WAITING, Reading, Sign
from services.originality.engine import Compared, Comparison, Prepared, Unprepared
from services.originality.extraction import LARGEST, Document, Extracted, joined
from services.originality.sheets import Packed

S = TypeVar("S")

log = logging.getLogger(__name__)

_BATCH = 50  # texts prepared in one call
MOST_SENT = 8 * 1024 * 1024  # bytes of a sheet with its documents; it travels in one message


class RegisterFileTooLarge(Refused):
    """The file is too large: at most 8 MB, 64 MB unpacked. Import the register in parts."""


class TooManyRows(Refused):
    """The sheet has more than 5,000 rows; import the register in parts."""


class NotUnicode(Refused):
    """The sheet is not UTF-8; in Excel, save it as “CSV UTF-8 (Comma delimited)”."""


class NotATable(Refused):
    """The file is no CSV, no XLSX and no ZIP with one of these that can be read."""


class NoSheet(Refused):
    """There is no CSV or XLSX file among the files."""


class TwoSheets(Refused):
    """There are several CSV or XLSX files side by side; leave one of them in."""


_PROBLEMS: dict[str, Refused] = {
    "TOO_LARGE": RegisterFileTooLarge(),
    "TOO_MANY_ROWS": TooManyRows(),
    "NOT_UNICODE": NotUnicode(),
    "NOT_A_TABLE": NotATable(),
    "NO_SHEET": NoSheet(),
    "TWO_SHEETS": TwoSheets(),
}


def read_documents(
    files: Bucket, extractor: Crunch, documents: Sequence[DocumentRef], function: str = "extract"
) -> Extracted:
    """Return the text of these documents, one after the other, or the first one's problem.

    The function is `extract`, or `recognise` to have pictures read as well.
    """
    papers: list[Extracted] = []
    for reference in documents:
        if reference.size > LARGEST:
            return Extracted(problem="TOO_BIG")
        document = Document(files.get(reference.key), reference.media_type)
        try:
            papers.append(_call(extractor, function, document, Extracted))
        except Crashed:  # its own limits should have ended it before the pool did
            return Extracted(problem="TOO_SLOW")
    return joined(papers)


def read_pictures(
    files: Bucket, recogniser: Crunch, documents: Sequence[DocumentRef]
) -> Extracted:
    """Return the text with what the pictures say, or the first document's problem.

    A file that the store has lost is a problem too: a scan that fails for ever would keep all
    others in the queue behind it.
    """
    try:
        return read_documents(files, recogniser, documents, "recognise")
    except ObjectMissing:
        log.exception("An entry's document is not in the store.")
        return Extracted(problem="MISSING")


def read_file(
    extractor: Crunch, body: bytes, media_type: str, function: str = "extract"
) -> Extracted:
    """Return the text of one document, or its problem."""
    if len(body) > LARGEST:
        return Extracted(problem="TOO_BIG")
    try:
        return _call(extractor, function, Document(body, media_type), Extracted)
    except Crashed:
        return Extracted(problem="TOO_SLOW")


def read_sheet(sheets: Crunch, content: bytes) -> Packed:
    """Return a sheet and the files beside it; raise a refusal if it cannot be read."""
    if len(content) > MOST_SENT:
        raise RegisterFileTooLarge
    try:
        packed = msgspec.msgpack.decode(sheets.call("read", content), type=Packed)
    except (Failed, Crashed) as problem:
        raise NotATable from problem
    if packed.problem is not None:
        raise _PROBLEMS[packed.problem]
    return packed


def prepare(engine: Crunch, texts: Sequence[str], phrases: tuple[str, ...] = ()) -> list[Prepared]:
    """Return the texts' fingerprints, and how readable they are."""
    prepared: list[Prepared] = []
    for first in range(0, len(texts), _BATCH):
        batch = Unprepared(tuple(texts[first : first + _BATCH]), phrases)
        prepared += _call(engine, "prepare", batch, tuple[Prepared, ...])
    return prepared


def compare(engine: Crunch, asked: Comparison) -> Compared:
    """Return what a text shares with its candidate sources."""
    return _call(engine, "compare", asked, Compared)


def reading(extracted: Extracted, prepared: Prepared) -> Reading:
    """Return what is known about a text once it has been read."""
    return Reading(
        words=prepared.words,
        known_share=Decimal(prepared.known_share).quantize(Decimal("0.0001")),
        problem=extracted.problem,
        flags=(*dict.fromkeys(sign.kind for sign in extracted.signs), *prepared.flags),
        signs=tuple(Sign(s.kind, s.start, s.end, s.detail) for s in extracted.signs),
    )


def waiting() -> Reading:
    """Return what is known about a text that waits for its pictures to be read."""
    return Reading(words=0, known_share=Decimal(0), problem=WAITING)


def _call(crunch: Crunch, function: str, asked: Struct, reply: type[S]) -> S:
    """Ask a child process; what it answers is of type `reply`."""
    answer = crunch.call(function, msgspec.msgpack.encode(asked))
    return msgspec.msgpack.decode(answer, type=reply)

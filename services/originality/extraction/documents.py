"""What goes to the reader of documents, and what comes back: `Document` in, `Extracted` out."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from msgspec import Struct

Problem = Literal[
    "NO_TEXT",  # nothing to compare, not even on a scan
    "DAMAGED",  # the parser gave up, or broke
    "LOCKED",  # needs a password
    "UNSUPPORTED",  # not a kind of document whose text is read
    "UNSAFE",  # defines entities, or unpacks to far more than it is
    "TOO_BIG",  # pages, characters or memory
    "TOO_SLOW",  # processor or wall clock
    "MISSING",  # the store no longer has the file
    "NEEDS_OCR",  # has pages that are pictures; `recognise` reads them if tesseract is installed
]

# Signs of a text that a person should see; their ranges are the text in question.
HIDDEN_TEXT = "HIDDEN_TEXT"  # detail: how it is hidden
LEGACY_ENCODING = "LEGACY_ENCODING"  # detail: from which encoding it was converted
TEXT_LAYER_DIFFERS = "TEXT_LAYER_DIFFERS"  # detail: likeness of the page and its text, 0..100
IMAGE_OF_TEXT = "IMAGE_OF_TEXT"  # a picture of writing in a document that has text
HIDDEN_UNSOUGHT = "HIDDEN_UNSOUGHT"  # of no stretch: the format's reader tells nothing of looks
SCANNED = "SCANNED"  # the text was recognised from pictures; detail: so many pages


# By the end of a file's name, in small letters.
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".bmp": "image/bmp",
    ".doc": "application/msword",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".rtf": "application/rtf",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


class Span(NamedTuple):
    """A range of a text in code points, the end not included."""

    start: int
    end: int


class Sign(Struct, frozen=True):
    """Something about a text that a person should know, and where. A text has each once."""

    kind: str
    start: int
    end: int
    detail: str = ""


class Document(Struct, frozen=True):
    """A document as it was uploaded."""

    body: bytes
    media_type: str


class Extracted(Struct, frozen=True):
    """A document's text in NFC, or the problem that a person has to look into.

    `pages` are the offsets at which pages begin, empty where the document does not say.
    `hidden` is text no reader sees, `margins` are headers, footers and page numbers that repeat:
    both stay in the text, and are left out of a comparison. Ranges ascend. `has_pictures` says
    that `recognise` has something to look at.
    """

    text: str = ""
    pages: tuple[int, ...] = ()
    hidden: tuple[Span, ...] = ()
    margins: tuple[Span, ...] = ()
    signs: tuple[Sign, ...] = ()
    problem: Problem | None = None
    has_pictures: bool = False

    @property
    def masked(self) -> tuple[Span, ...]:
        """What is left out of a comparison."""
        return tuple(sorted((*self.hidden, *self.margins)))

    @property
    def blanked(self) -> str:
        """The text with blanks for what is left out, so that all offsets stay."""
        return blank(self.text, self.masked)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks in place of these ranges, which may overlap."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if end > last:
            parts += (text[last:start], " " * (end - max(start, last)))
            last = end
    return "".join((*parts, text[last:]))


def joined(papers: Sequence[Extracted], gap: str = "\n\n") -> Extracted:
    """Return several documents as one, a gap between them; a problem of one is that of all."""
    for paper in papers:
        if paper.problem:
            return paper
    starts = [0, *accumulate(len(paper.text) + len(gap) for paper in papers)]
    placed = list(zip(starts, papers, strict=False))
    return Extracted(
        text=gap.join(paper.text for paper in papers),
        pages=tuple(start + page for start, paper in placed for page in paper.pages),
        hidden=tuple(_moved(span, start) for start, paper in placed for span in paper.hidden),
        margins=tuple(_moved(span, start) for start, paper in placed for span in paper.margins),
        signs=tuple(
            Sign(sign.kind, sign.start + start, sign.end + start, sign.detail)
            for start, paper in placed
            for sign in paper.signs
        ),
        has_pictures=any(paper.has_pictures for paper in papers),
    )


def _moved(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)

"""What goes to the reader of documents, and what comes back: `Document` in, `Extracted` out."""

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
    "NEEDS_OCR",  # has pages that are pictures; `recognise` reads them
]

# Signs of a text that a person should see. Ranges of the first four are the text in question.
HIDDEN_TEXT = "HIDDEN_TEXT"  # detail: how it is hidden
LEGACY_ENCODING = "LEGACY_ENCODING"  # detail: from which encoding it was converted
TEXT_LAYER_DIFFERS = "TEXT_LAYER_DIFFERS"  # detail: likeness of the page and its text, 0..100
IMAGE_OF_TEXT = "IMAGE_OF_TEXT"  # a picture of writing in a document that has text
SCANNED = "SCANNED"  # the text was recognised from pictures; detail: so many pages


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
    both stay in the text, and are left out of a comparison. Ranges ascend.
    """

    text: str = ""
    pages: tuple[int, ...] = ()
    hidden: tuple[Span, ...] = ()
    margins: tuple[Span, ...] = ()
    signs: tuple[Sign, ...] = ()
    problem: Problem | None = None

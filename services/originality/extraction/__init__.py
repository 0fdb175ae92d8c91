"""Text out of documents, in throw-away processes that hostile files may break.

`extract` reads what has text, within a second or so, and says `NEEDS_OCR` of a scan;
`recognise` reads scans too, which takes a second a page, and looks whether pages show the text
that is behind them. They run in a child of the service (`kernel.crunch`), which keeps one
`reader` ready: without the service's secrets it makes a process for each document, under limits
of memory, time, files and pages and without a network.
"""

from services.originality.extraction.desk import LARGEST, desk
from services.originality.extraction.documents import (
    Document,
    Extracted,
    Problem,
    Sign,
    Span,
    blank,
    joined,
)

__all__ = [
    "LARGEST",
    "Document",
    "Extracted",
    "Problem",
    "Sign",
    "Span",
    "blank",
    "extract",
    "joined",
    "recognise",
]


def extract(body: bytes) -> bytes:
    """Read one document: `Document` in, `Extracted` out."""
    return desk().ask("extract", body)


def recognise(body: bytes) -> bytes:
    """Read one document and look at its pictures too: `Document` in, `Extracted` out."""
    return desk().ask("recognise", body)

"""Where the paragraphs of an extracted text begin and end.

Word processors give a paragraph per line; PDF gives the lines of the page, which are joined
here again. Bare page numbers belong to no paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from services.originality.engine.words import Words

# What a paragraph of a law or an outline begins with.
MARKER = re.compile(
    r"\s*(?:"
    r"(?P<article>Điều|ĐIỀU)\s+(?P<article_number>\d+)[a-zđ]?\s*[.:\n]"
    r"|(?P<named>Khoản|KHOẢN|Điểm|ĐIỂM)\s+(?:\d+|[a-zđ])\b"
    r"|(?P<clause>\d{1,2})[.)]\s"
    r"|(?P<point>[a-zđ])\)\s"
    r"|(?P<chapter>Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVXLC]+|\d+)\b"
    r"|(?P<outline>[IVX]+)\.\s"
    r"|(?P<dash>[-–+•*])\s"
    r")"
)
_FULL = 60  # characters; a shorter line was not broken by the width of the page
_ENDS = (".", ":", ";", "!", "?", "”", '"', "»")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text, as offsets."""

    start: int
    end: int


class Part(NamedTuple):
    """A paragraph with what is asked of it again and again.

    `first` and `last` are its words, `marker` is what it begins with, if that is a `MARKER`.
    """

    start: int
    end: int
    written: str
    marker: re.Match[str] | None
    first: int
    last: int

    @property
    def opens(self) -> int:
        """Return the offset behind the marker."""
        return self.start + (self.marker.end() if self.marker else 0)


def parts(words: Words) -> list[Part]:
    """Return the paragraphs of a text."""
    text = words.text
    found = list(paragraphs(text))
    ends = np.array([place for part in found for place in (part.start, part.end)], np.int32)
    places = words.starts.searchsorted(ends).tolist()
    return [
        Part(part.start, part.end, written, MARKER.match(written), first, last)
        for part, first, last in zip(found, places[::2], places[1::2], strict=True)
        for written in [text[part.start : part.end]]
    ]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs in order, without the blanks around them."""
    start: int | None = None
    end = after = 0
    last = ""  # line of the paragraph so far
    for line in text.split("\n"):
        at, after = after, after + len(line) + 1
        written = line.strip()
        if written.isdigit():
            continue
        if start is not None and not (written and _goes_on(last, text, at)):
            yield Paragraph(start, end)
            start = None
        if written:
            last = line.rstrip()
            start = at if start is None else start
            end = at + len(last)
    if start is not None:
        yield Paragraph(start, end)


def _goes_on(last: str, text: str, at: int) -> bool:
    """Say whether the line at this offset continues the paragraph whose last line this is."""
    if MARKER.match(text, at):
        return False
    # pdfium leaves a blank where the layout broke a line, and none where the author did.
    if text[at - 2 : at - 1] in {" ", "\u00a0"}:
        return True
    return len(last) >= _FULL and not last.endswith(_ENDS) and text[at : at + 1].islower()

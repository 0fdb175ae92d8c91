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

    `first` and `last` are its words; what it begins with, if that is a `MARKER`, ends at the
    offset `opens`, and the word `opening` comes next, whose bare number is `head`; 0 if none does.
    """

    start: int
    end: int
    written: str
    opens: int
    first: int
    last: int
    opening: int
    head: int


def parts(words: Words) -> list[Part]:
    """Return the paragraphs of a text."""
    text = words.text
    found = list(paragraphs(text))
    written = [text[part.start : part.end] for part in found]
    markers = map(MARKER.match, written)
    opens = [
        part.start + (marker.end() if marker else 0)
        for part, marker in zip(found, markers, strict=True)
    ]
    offsets = [[part.start for part in found], [part.end for part in found], opens]
    first, last, opening = words.starts.searchsorted(np.array(offsets, np.int32))
    heads = np.where(opening < last, np.append(words.bare, np.uint64(0))[opening], 0)
    rows = zip(opens, *map(np.ndarray.tolist, (first, last, opening, heads)), strict=True)
    return [
        Part(part.start, part.end, body, *row)
        for part, body, row in zip(found, written, rows, strict=True)
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

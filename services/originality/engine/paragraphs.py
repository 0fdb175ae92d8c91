"""Where the paragraphs of an extracted text begin and end.

Word processors give a paragraph per line; PDF gives the lines of the page, which are joined
here again. Bare page numbers belong to no paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*|\n[^\S\n]*+(?=\n)", re.MULTILINE)
_FULL = 60  # characters; a shorter line was not broken by the width of the page
_ENDS = (".", ":", ";", "!", "?", "”", '"', "»")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text, as offsets."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs in order, without the blanks around them."""
    start: int | None = None
    end = 0
    for line in _LINE.finditer(text):
        written = line.group().strip()
        if written.isdigit():
            continue
        blank = not written
        if start is not None and (blank or not _goes_on(text[start:end], text, line.start())):
            yield Paragraph(start, end)
            start = None
        if blank:
            continue
        start = line.start() if start is None else start
        end = line.start() + len(line.group().rstrip())
    if start is not None:
        yield Paragraph(start, end)


def _goes_on(so_far: str, text: str, at: int) -> bool:
    """Say whether the line at this offset continues the paragraph before it."""
    if MARKER.match(text, at):
        return False
    # pdfium leaves a blank where the layout broke a line, and none where the author did.
    if text[at - 2 : at - 1] in {" ", "\u00a0"}:
        return True
    last = so_far.rsplit("\n", 1)[-1]
    return len(last) >= _FULL and not last.endswith(_ENDS) and text[at : at + 1].islower()

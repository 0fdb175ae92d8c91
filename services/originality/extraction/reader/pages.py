"""One page of a PDF as text, with what of it is hidden.

Only this module, `painted` and `pictures` call PDFium.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from services.originality.extraction.reader.packages import Broken
from services.originality.extraction.reader.painted import Painted, Painter

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_FEW = 30  # letters; a page of text has more, unless it is a picture with its number
_OUTLINES = 400  # paths on a page without text: letters drawn as shapes


class Locked(Exception):
    """The document needs a password."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `hidden` are ranges of the text and how each is hidden."""

    text: str
    hidden: tuple[tuple[int, int, str], ...]
    pictured: float
    is_unread: bool
    has_layer: bool = False


@contextmanager
def opened(body: bytes) -> Iterator[Any]:
    """Give PDFium's handle of a document; raise `Broken` or `Locked` where there is none."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(body, len(body), None)
    if not document:
        raise Locked if pdfium.FPDF_GetLastError() == _PASSWORD else Broken
    yield document  # nothing is closed: the process ends with the document


def count(document: Any) -> int:  # noqa: ANN401
    """Return how many pages there are."""
    return int(pdfium.FPDF_GetPageCount(document))


@contextmanager
def turned_to(document: Any, number: int) -> Iterator[Any]:  # noqa: ANN401
    """Give PDFium's handle of a page, from 0, or nothing where the page is broken."""
    page = pdfium.FPDF_LoadPage(document, number)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def read(page: Any) -> Page:  # noqa: ANN401
    """Return what a page says; nothing where PDFium could not load it."""
    if page is None:
        return Page("", (), 0.0, is_unread=False)
    letters = pdfium.FPDFText_LoadPage(page)
    if not letters:
        return Page("", (), 0.0, is_unread=False)
    try:
        painted = Painter(page).look()
        raw = _raw(letters)
        text, hidden = (_tidy(raw), ()) if not painted.hidden else _apart(letters, raw, painted)
    finally:
        pdfium.FPDFText_ClosePage(letters)
    few = len(text) < 1000 and sum(map(str.isalnum, text)) < _FEW
    unread = few and (painted.pictured > 0.25 or painted.paths > _OUTLINES)
    return Page(text, hidden, painted.pictured, unread, painted.has_layer)


def _raw(letters: Any) -> str:  # noqa: ANN401
    """Return a page's letters as PDFium has them."""
    size = max(pdfium.FPDFText_CountChars(letters), 0)
    buffer = (ctypes.c_ushort * (size + 1))()
    written = pdfium.FPDFText_GetText(letters, 0, size, buffer)
    return bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")


def _tidy(raw: str) -> str:
    """Return letters without what stands for the end of a line in PDFium and not with us."""
    return raw.replace("\r", "").replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")


def _apart(
    letters: Any,  # noqa: ANN401
    raw: str,
    painted: Painted,
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return a page's text, and where the hidden objects are in it."""
    ways = [""] * (len(raw.encode("utf-16-le", "replace")) // 2 + 1)
    for number in range(pdfium.FPDFText_CountChars(letters)):
        thing = pdfium.FPDFText_GetTextObject(letters, number)
        way = painted.hidden.get(ctypes.addressof(thing.contents)) if thing else None
        place = pdfium.FPDFText_GetTextIndexFromCharIndex(letters, number) if way else -1
        if way and 0 <= place < len(ways):
            ways[place] = way
    text: list[str] = []
    seen: list[str] = []
    unit = 0
    for letter in raw:
        tidied = _tidy(letter)
        if tidied:
            text.append(tidied)
            seen.append(ways[unit])
        unit += 1 + (ord(letter) > 0xFFFF)
    ranges, start = [], 0
    for way, run in groupby(seen):
        end = start + len(list(run))
        if way:
            ranges.append((start, end, way))
        start = end
    return "".join(text), tuple(ranges)

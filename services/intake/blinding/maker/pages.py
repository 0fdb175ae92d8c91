"""A PDF's pages as pictures with what was found blacked out, and the words that are left.

Nothing of the original file is taken over: what cannot be seen on a page is not in the copy, and
what is under the black is not in the picture.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage, raw

from services.intake.blinding.maker.composing import compose, jpeg
from services.intake.blinding.maker.seeing import has_unread, left_out
from services.intake.blinding.orders import Copy, Task
from services.intake.domain.copies import Box, Removed
from services.intake.domain.traces import Found, find

MOST_PAGES = 300
SCALE = 150 / 72  # dots per point
MOST_DOTS = 2600  # of the longer side; a poster is read at that as well
MARGIN = 2  # dots around what is blacked out, for what smoothing leaves of a letter
_HYPHEN = 0xFFFE  # PDFium's mark of a word broken at a line's end

Spot = tuple[float, float, float, float]  # left, top, right, bottom, in dots


@dataclass(frozen=True, slots=True)
class Read:
    """A page by its number from 1: its characters, one for each of PDFium's; where they begin."""

    number: int
    page: PdfPage
    text: PdfTextPage
    letters: str
    start: int


class Locked(Exception):
    """The document needs a password."""


class TooManyToCopy(Exception):
    """The document is longer than any that is copied."""


def copy(task: Task) -> Copy:
    """Copy a PDF. Raises `Locked`, `TooManyToCopy`, `PdfiumError`."""
    try:
        document = PdfDocument(task.body)
    except PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Locked from error
        raise
    with document:
        if len(document) > MOST_PAGES:
            raise TooManyToCopy
        pages = list(read(document))
        letters = "\n".join(one.letters for one in pages)
        found = find(letters, task.identity)
        pictures, contents = [], []
        for one in pages:
            here = tuple(on_page(one, found))
            picture, black = drawn(one, here, task.boxes)
            pictures.append(jpeg(picture))
            size = one.page.get_size()
            lines = list(lines_left(one, here, black, picture.size))
            contents.append({"width": size[0], "height": size[1], "lines": lines})
        return Copy(
            pdf=compose("blind_pages.typ", contents, pictures, task.font_folder),
            pages=len(pages),
            removed=tuple(removed(pages, found, letters)),
            unread=tuple(
                one.number for one in pages if has_unread(one.page, one.text, one.letters)
            ),
            left_out=left_out(document),
        )


def read(document: PdfDocument) -> Iterator[Read]:
    """Read the characters of every page."""
    start = 0
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        codes = (raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars()))
        letters = "".join(
            "\u00ad" if code in (0, _HYPHEN) or 0xD800 <= code < 0xE000 else chr(code)
            for code in codes
        )
        yield Read(number, page, text, letters, start)
        start += len(letters) + 1


def on_page(one: Read, found: Iterable[Found]) -> Iterator[range]:
    """Yield the characters of a page that go, by their places on it."""
    end = one.start + len(one.letters)
    for each in found:
        if each.start < end and each.end > one.start:
            yield range(max(each.start, one.start) - one.start, min(each.end, end) - one.start)


def removed(pages: Sequence[Read], found: Iterable[Found], letters: str) -> Iterator[Removed]:
    """Say what was taken out and on which page it begins."""
    for each in found:
        number = max(one.number for one in pages if one.start <= each.start)
        words = " ".join(letters[each.start : each.end].replace("\u00ad", "").split())
        yield Removed(number, each.kind.value, words)


def drawn(
    one: Read, gone: Iterable[range], boxes: Iterable[Box]
) -> tuple[Image.Image, list[Spot]]:
    """Draw a page without its annotations, and black out what goes; return where that was."""
    scale = min(SCALE, MOST_DOTS / max(one.page.get_size()))
    picture = one.page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    picture = picture.convert("RGB")
    width, height = picture.size
    black: list[Spot] = [
        (box.left * width, box.top * height, box.right * width, box.bottom * height)
        for box in boxes
        if box.page == one.number
    ]
    for places in gone:
        black += strips(spot_of(one, place, picture.size) for place in places)
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in black:
        pen.rectangle((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN), fill="black")
    return picture, black


def strips(spots: Iterable[Spot | None]) -> list[Spot]:
    """Join what stands in one line: letter by letter the black would show a name's outline."""
    joined: list[Spot] = []
    for spot in filter(None, spots):
        last = joined[-1] if joined else None
        if last and min(last[3], spot[3]) - max(last[1], spot[1]) > (spot[3] - spot[1]) / 2:
            joined[-1] = (
                min(last[0], spot[0]),
                min(last[1], spot[1]),
                max(last[2], spot[2]),
                max(last[3], spot[3]),
            )
        else:
            joined.append(spot)
    return joined


def spot_of(one: Read, place: int, size: tuple[int, int]) -> Spot | None:
    """Return where a character is drawn, in dots from the upper left; None if it is nowhere."""
    left, bottom, right, top = one.text.get_charbox(place, loose=True)
    tight = one.text.get_charbox(place)
    left, bottom = min(left, tight[0]), min(bottom, tight[1])
    right, top = max(right, tight[2]), max(top, tight[3])
    if right <= left or top <= bottom:
        return None
    x1, y1 = to_dots(one.page, size, left, bottom)
    x2, y2 = to_dots(one.page, size, right, top)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def to_dots(page: PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Return where a point of a page, turned or cut as it may be, is drawn."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def lines_left(
    one: Read, gone: Iterable[range], black: Sequence[Spot], size: tuple[int, int]
) -> Iterator[dict[str, object]]:
    """Yield the words that may still be read, line by line, in points from the upper left."""
    lost = {place for places in gone for place in places}
    scale = size[0] / one.page.get_size()[0]
    begun: Spot | None = None
    words: list[str] = []
    for place, letter in enumerate((*one.letters, "\n")):
        is_end = letter in "\r\n" or place in lost
        spot = None if is_end else spot_of(one, place, size)
        if is_end or (spot and any(_overlap(spot, each) for each in black)):
            if begun and "".join(words).strip():
                yield {
                    "x": begun[0] / scale,
                    "y": begun[1] / scale,
                    "size": max(1.0, (begun[3] - begun[1]) / scale * 0.8),
                    "words": "".join(words).replace("\u00ad", ""),
                }
            begun, words = None, []
        else:
            begun = begun or spot
            words.append(letter if letter.isprintable() or letter == "\u00ad" else " ")


def _overlap(one: Spot, other: Spot) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""Whether a PDF shows on its pages what another one does, as somebody sees it who reads it.

Both are drawn, and the drawings compared: hidden words count for nothing, words in a picture do.
Start with `unlike`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfDocument, PdfPage, raw

SCALE = 2.0  # dots per point: 144 to the inch, where a 3 and an 8 of 10 points differ by tens
# Of 255; two revisions of one font, or of the program that draws, differ by less.
SHADE = 112
MARGIN = 3  # dots around a word that still are its own
MEDIA = (None, "print")  # a layer can be on for the screen and off for the printer

Drawing = NDArray[np.int16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one line of a page, and the dots they take: rows, then columns."""

    text: str
    rows: slice
    columns: slice


def unlike(shown: bytes, wanted: bytes) -> Iterator[str]:
    """Say, in sentences, where the pages of `shown` look otherwise than those of `wanted`.

    Raises `PdfiumError` if one of them cannot be read.
    """
    with PdfDocument(shown) as one, PdfDocument(wanted) as other:
        if raw.FPDF_GetFormType(one):
            yield "Tệp có biểu mẫu điền; giấy đã ký không có."
        if len(one) != len(other):
            yield f"Tệp có {len(one)} trang, giấy đã ký có {len(other)} trang."
            return
        for number, (page, model) in enumerate(zip(one, other, strict=True), 1):
            if not is_as_large(page, model):
                yield f"Trang {number} có khổ giấy khác với giấy đã ký."
                continue
            if raw.FPDFPage_GetAnnotCount(page):
                yield f"Trang {number} có chú thích hoặc ô nhập không thuộc giấy đã ký."
            yield from altered(page, model, number)


def is_as_large(page: PdfPage, model: PdfPage) -> bool:
    """Return whether two pages are of one size, to the point."""
    return all(abs(a - b) < 1 for a, b in zip(page.get_size(), model.get_size(), strict=True))


def altered(page: PdfPage, model: PdfPage, number: int) -> Iterator[str]:
    """Name what a page no longer shows, and what it shows besides."""
    mask = differing(page, model)
    lost = [piece for piece in pieces(model) if mask[piece.rows, piece.columns].any()]
    for piece in lost:
        yield f"Trang {number} không hiện đúng nội dung đã ký: {piece.text}"
    for piece in lost:
        mask[piece.rows, piece.columns] = False
    added = [piece for piece in pieces(page) if mask[piece.rows, piece.columns].any()]
    for piece in added:
        yield f"Trang {number} có thêm nội dung chưa được ký: {piece.text}"
        mask[piece.rows, piece.columns] = False
    if mask.any():
        yield f"Trang {number} có hình hoặc nét vẽ khác với giấy đã ký."


def differing(page: PdfPage, model: PdfPage) -> Mask:
    """Return which dots of two pages are not of the same shade, on screen or in print."""
    found = [np.abs(drawn(page, each) - drawn(model, each)) > SHADE for each in MEDIA]
    mask: Mask = np.logical_or.reduce(found)
    return mask


def drawn(page: PdfPage, medium: str | None) -> Drawing:
    """Draw a page in shades of grey."""
    bitmap = page.render(scale=SCALE, grayscale=True, optimize_mode=medium)
    drawing: Drawing = bitmap.to_numpy().astype(np.int16)
    return drawing.reshape(drawing.shape[:2])


def pieces(page: PdfPage) -> Iterator[Piece]:
    """Yield the words of a page's text, line by line, with where they stand."""
    text, height = page.get_textpage(), page.get_height()
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        yield Piece(words, dots(height - top, height - bottom), dots(left, right))


def dots(begin: float, end: float) -> slice:
    """Return the dots between two distances, in points, from the upper or left edge."""
    return slice(max(0, int(begin * SCALE) - MARGIN), max(0, int(end * SCALE) + 1 + MARGIN))

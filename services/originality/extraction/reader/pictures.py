"""Pictures of pages as tesseract takes them: grey, with enough points for small print."""

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, ImageSequence

from services.originality.extraction.reader.packages import Broken, Unsafe

FINENESS = 200  # dots per inch
_POINTS = 72  # per inch, in a PDF
MOST_DOTS = 12_000_000  # a page of A3 at 200 dpi has 7.7 million
_LARGEST = 120_000_000  # dots of a picture that is opened at all
_SMALLEST = 200  # dots along each side; a smaller picture holds no text
_GREY = 1  # FPDFBitmap_Gray
_WHITE = 0xFFFFFFFF


def of_page(page: Any) -> bytes:  # noqa: ANN401  # a handle of PDFium
    """Return a page of a PDF as it is shown, annotations included."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = FINENESS / _POINTS
    scale = min(scale, (MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    across, down = max(int(width * scale), 1), max(int(height * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, _GREY, None, 0)
    if not bitmap:
        raise MemoryError
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, flags)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    pdfium.FPDFBitmap_Destroy(bitmap)
    rows = b"".join(dots[start : start + across] for start in range(0, stride * down, stride))
    return netpbm(across, down, rows)


def of_file(body: bytes) -> Iterator[bytes]:
    """Yield the pages of a picture file, turned upright; raise `Broken` where it is none."""
    try:
        with Image.open(BytesIO(body)) as picture:
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > _LARGEST:
                    raise Unsafe
                if min(frame.size) >= _SMALLEST:
                    yield grey(frame)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Broken from error


def grey(frame: Image.Image) -> bytes:
    """Return a picture in grey on white, no larger than can be recognised in time."""
    frame.draft("L", (4000, 4000))
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        clear = upright.convert("RGBA")
        upright = Image.new("RGBA", clear.size, "white")
        upright.alpha_composite(clear)
    flat = upright.convert("L")
    if (dots := flat.width * flat.height) > MOST_DOTS:
        shrunk = (MOST_DOTS / dots) ** 0.5
        flat = flat.resize((int(flat.width * shrunk), int(flat.height * shrunk)))
    return netpbm(flat.width, flat.height, flat.tobytes())


def netpbm(width: int, height: int, rows: bytes) -> bytes:
    """Return a grey picture as a PGM file."""
    return b"P5\n%d %d\n255\n" % (width, height) + rows

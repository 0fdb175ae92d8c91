"""The one module that knows kreuzberg, which reads what has no module of its own here.

No OCR, no cache, no network; it says nothing about pages or about what is hidden. It is loaded
only in the process of a document that needs it: all others are made faster without it.
"""

from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.packages import Broken


def read(body: bytes, media_type: str) -> Draft:
    """Return the text of a document of this type; raise `Broken` where it is none."""
    import kreuzberg  # noqa: PLC0415  # see above

    plain = kreuzberg.ExtractionConfig(  # type: ignore[call-arg]  # its stub lags behind
        use_cache=False, disable_ocr=True, enable_quality_processing=False
    )
    try:
        result = kreuzberg.extract_bytes_sync(body, media_type, plain)
    except (kreuzberg.KreuzbergError, OSError, ValueError) as error:
        raise Broken from error
    pen = Pen()
    pen.write(result.content)
    return pen.draft()

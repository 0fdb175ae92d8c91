"""The program that opens one document. The only module that knows which library does it.

Reads a `Document` from standard input, writes an `Extracted` to standard output. It limits
itself before it loads the parser; no OCR, no cache, no network.
"""

import os
import resource
import sys
from unicodedata import normalize

import msgspec

from services.originality.extraction import Document, Extracted

MEMORY = 1500 * 1024 * 1024  # bytes of address space
CPU = 10  # seconds
PAGES = 300
CHARACTERS = 1_000_000  # 20 like it are compared within a minute

# What an office writes descriptions in. Anything else is not opened at all.
READABLE = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/msword",
        "application/vnd.oasis.opendocument.text",
        "application/rtf",
        "text/rtf",
        "text/plain",
    }
)

EMPTY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def limit() -> None:
    """Bind this process: memory, processor, open files; it may write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(document: Document) -> Extracted:
    """Return the document's text, or what is wrong with it."""
    if document.media_type not in READABLE:
        return Extracted(problem="UNSUPPORTED")
    import kreuzberg  # noqa: PLC0415  # must load under the limits

    plain = kreuzberg.ExtractionConfig(  # type: ignore[call-arg]  # its stub lags behind
        use_cache=False, disable_ocr=True, enable_quality_processing=False
    )
    try:
        result = kreuzberg.extract_bytes_sync(document.body, document.media_type, plain)
    except (kreuzberg.KreuzbergError, OSError, ValueError):
        return Extracted(problem="DAMAGED")
    pages = result.metadata.get("page_count")
    if (pages or 0) > PAGES or len(result.content) > CHARACTERS:
        return Extracted(pages=pages, problem="TOO_BIG")
    # PostgreSQL keeps no NUL, and text in one normal form is quoted as it was meant.
    text = normalize("NFC", result.content.replace("\0", ""))
    return Extracted(text, pages, None if text.strip() else "NO_TEXT")


def unpack() -> None:
    """Let the parser put its PDF library where TMPDIR says, and see that it can be used."""
    import kreuzberg  # noqa: PLC0415  # readers load it under their limits

    kreuzberg.extract_bytes_sync(EMPTY_PDF, "application/pdf")


def main() -> None:
    """Read one document and go; with `unpack`, make ready for that."""
    if sys.argv[1:] == ["unpack"]:
        unpack()
        return
    limit()
    document = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Document)
    sys.stdout.buffer.write(msgspec.msgpack.encode(read(document)))
    sys.stdout.buffer.flush()
    # The parser's own threads and destructors have nothing left to say.
    os._exit(0)


if __name__ == "__main__":
    main()

"""What the reader can do with a document; each function runs in a process made for it.

`attempt` runs one of `extract`, `recognise`, `verify` and turns what goes wrong into a problem.
"""

from collections.abc import Callable
from hashlib import sha256

from services.originality.extraction.documents import (
    IMAGE_OF_TEXT,
    SCANNED,
    Document,
    Extracted,
    Problem,
    Sign,
)
from services.originality.extraction.reader import (
    legacy,
    likeness,
    opendocument,
    parser,
    pdf,
    pictures,
    scans,
    slides,
    word,
)
from services.originality.extraction.reader.draft import Draft, TooLong, bound
from services.originality.extraction.reader.packages import Broken, Package, Unsafe
from services.originality.extraction.reader.pages import Locked
from services.originality.extraction.reader.vietnamese import known_share

_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
PACKAGES: dict[str, Callable[[Package], Draft]] = {
    f"{_OFFICE}wordprocessingml.document": word.read,
    f"{_OFFICE}presentationml.presentation": slides.read,
    "application/vnd.oasis.opendocument.text": opendocument.read,
}
PICTURES = frozenset(f"image/{kind}" for kind in ("jpeg", "png", "tiff", "bmp", "gif", "webp"))
# What an office writes descriptions in besides. Anything else is not opened at all.
PARSED = frozenset(
    {
        f"{_OFFICE}spreadsheetml.sheet",
        "application/msword",
        "application/vnd.ms-excel",
        "application/rtf",
        "text/rtf",
        "text/plain",
    }
)
FOLDERS = ("word/media/", "ppt/media/", "Pictures/")
SHORTEST = 40  # words; with fewer, the pictures of a document are its text


class Unsupported(Exception):
    """A document of a kind whose text is not read."""


PROBLEMS: dict[type[BaseException], Problem] = {
    Broken: "DAMAGED",
    Locked: "LOCKED",
    MemoryError: "TOO_BIG",
    TooLong: "TOO_BIG",
    Unsafe: "UNSAFE",
    Unsupported: "UNSUPPORTED",
}


def warm() -> None:
    """Do once what every document's process would otherwise do anew."""
    known_share(
        "Sáng kiến cải cách hành chính của tỉnh năm nay được gửi tới Ban Tổ chức cuộc thi."
    )


def attempt(function: str, document: Document) -> Extracted:
    """Run a function; there is always an answer."""
    try:
        return {"extract": extract, "recognise": recognise, "verify": verify}[function](document)
    except scans.NoRecogniser:
        raise  # not the document's fault
    except BaseException as error:  # noqa: BLE001  # a panic of the parser is no Exception
        return Extracted(problem=PROBLEMS.get(type(error), "DAMAGED"))


def extract(document: Document) -> Extracted:
    """Return the text that the document has; `NEEDS_OCR` where some of it is pictures."""
    return _read(document, recognises=False)


def recognise(document: Document) -> Extracted:
    """Return the text of the document and of its pictures."""
    return _read(document, recognises=True)


def verify(document: Document) -> Extracted:
    """Return signs that the document shows something else than its text says."""
    if document.media_type == PDF:
        seed = int.from_bytes(sha256(document.body).digest()[:8])
        return Extracted(signs=likeness.of_pages(document.body, seed))
    if document.media_type in PACKAGES:
        return Extracted(signs=likeness.of_pictures(Package(document.body), FOLDERS))
    return Extracted()


def _read(document: Document, *, recognises: bool) -> Extracted:
    kind, body = document.media_type, document.body
    if kind == PDF:
        return _read_pdf(body, recognises=recognises)
    if read := PACKAGES.get(kind):
        return _read_package(body, read, recognises=recognises)
    if kind in PARSED:
        return legacy.converted(parser.read(body, kind)).composed().finished()
    if kind in PICTURES:
        return _recognised(body) if recognises else Extracted(problem="NEEDS_OCR")
    raise Unsupported


def _read_pdf(body: bytes, *, recognises: bool) -> Extracted:
    def page_recognised(page: object) -> str:
        return scans.recognised(pictures.of_page(page))

    found = pdf.read(body, page_recognised if recognises else None)
    if len(found.unread) > scans.MOST_PAGES:
        return found.draft.finished("TOO_BIG")
    return found.draft.finished("NEEDS_OCR" if found.unread else None)


def _read_package(body: bytes, read: Callable[[Package], Draft], *, recognises: bool) -> Extracted:
    package = Package(body)
    draft = legacy.converted(read(package)).composed()
    shown = package.pictures(FOLDERS)
    if len(draft.text.split()) >= SHORTEST or not shown:
        return draft.finished()
    if not recognises:
        return draft.finished("NEEDS_OCR")
    found = [
        _as_page(scans.recognised(picture), IMAGE_OF_TEXT if draft.text else SCANNED)
        for name in shown[: scans.MOST_PAGES]
        for picture in pictures.of_file(package.read(name))
    ]
    return bound([draft, *found]).composed().finished()


def _recognised(body: bytes) -> Extracted:
    """Return the writing in a picture."""
    pages: list[Draft] = []
    for picture in pictures.of_file(body):
        if len(pages) >= scans.MOST_PAGES:
            raise TooLong
        pages.append(_as_page(scans.recognised(picture), SCANNED))
    return bound(pages).composed().finished()


def _as_page(text: str, kind: str) -> Draft:
    return Draft(text, (0,), (Sign(kind, 0, len(text)),) if text else ())

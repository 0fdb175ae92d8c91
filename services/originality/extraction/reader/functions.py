"""What the reader can do with a document; each function runs in a process made for it.

`attempt` runs `extract` or `recognise` and turns what goes wrong into a problem.
"""

from collections.abc import Callable, Iterable

import msgspec

from services.originality.extraction.documents import (
    HIDDEN_UNSOUGHT,
    SCANNED,
    TEXT_LAYER_DIFFERS,
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
    richtext,
    scans,
    slides,
    word,
    workbook,
)
from services.originality.extraction.reader.draft import Draft, TooLong, bound
from services.originality.extraction.reader.packages import Broken, Package, Unsafe
from services.originality.extraction.reader.pages import Locked

_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
WORD = f"{_OFFICE}wordprocessingml.document"
PACKAGES: dict[str, Callable[[Package], Draft]] = {
    WORD: word.read,
    f"{_OFFICE}presentationml.presentation": slides.read,
    f"{_OFFICE}spreadsheetml.sheet": workbook.read,
    "application/vnd.oasis.opendocument.text": opendocument.read,
}
PICTURES = frozenset(f"image/{kind}" for kind in ("jpeg", "png", "tiff", "bmp", "gif", "webp"))
# What an office writes descriptions in besides. Anything else is not opened at all.
OLD_OFFICE = frozenset({"application/msword", "application/vnd.ms-excel"})  # may hide text
PARSED = OLD_OFFICE | {"text/plain"}
RICH = frozenset({"application/rtf", "text/rtf"})
FOLDERS = ("word/media/", "ppt/media/", "xl/media/", "Pictures/")
SHORTEST = 40  # words; with fewer, the pictures of a document are its text


class Unsupported(Exception):
    """A document of a kind whose text is not read."""


PROBLEMS: dict[type[BaseException], Problem] = {
    Broken: "DAMAGED",
    Locked: "LOCKED",
    MemoryError: "TOO_BIG",
    TooLong: "TOO_BIG",
    scans.NotRecognised: "NEEDS_OCR",  # a person has to read it
    scans.TooSlow: "TOO_SLOW",
    Unsafe: "UNSAFE",
    Unsupported: "UNSUPPORTED",
}


def attempt(function: str, document: Document) -> Extracted:
    """Run a function; there is always an answer."""
    try:
        return FUNCTIONS[function](document)
    except BaseException as error:  # noqa: BLE001  # a panic of the parser is no Exception
        return Extracted(problem=PROBLEMS.get(type(error), "DAMAGED"))


def extract(document: Document) -> Extracted:
    """Return the text that the document has; `NEEDS_OCR` where some of it is pictures."""
    kind, body = document.media_type, document.body
    if kind == PDF:
        pages = pdf.read(body)
        if len(pages.unread) > scans.MOST_PAGES:
            raise TooLong
        return seen(pages.draft.finished("NEEDS_OCR" if pages.unread else None))
    if read := PACKAGES.get(kind):
        package = Package(body)
        draft = legacy.converted(read(package)).composed()
        has_pictures = bool(package.pictures(FOLDERS))
        found = draft.finished("NEEDS_OCR" if has_pictures and is_short(draft) else None)
        return seen(found, has_pictures=has_pictures)
    return seen(Extracted(problem="NEEDS_OCR")) if kind in PICTURES else parsed(document)


def recognise(document: Document) -> Extracted:
    """Return the text of the document and its pictures, with signs of what they show besides."""
    kind, body = document.media_type, document.body
    if kind == PDF:
        return looked_at(body).finished()
    if read := PACKAGES.get(kind):
        package = Package(body)
        return of_package(package, legacy.converted(read(package)).composed())
    if kind in PICTURES:
        return bound(recognised([body])).composed().finished()
    return parsed(document)


FUNCTIONS = {"extract": extract, "recognise": recognise}


def parsed(document: Document) -> Extracted:
    """Return the text of a document without pages or parts."""
    if document.media_type in RICH:
        draft = richtext.read(document.body)
    elif document.media_type in PARSED:
        draft = parser.read(document.body, document.media_type)
    else:
        raise Unsupported
    if document.media_type in OLD_OFFICE:
        draft = draft.marked([Sign(HIDDEN_UNSOUGHT, 0, 0)])
    return legacy.converted(draft).composed().finished()


def looked_at(body: bytes) -> Draft:
    """Return the text that a PDF's pages show.

    That is what it says, unless a sampled page shows something else: then its text is a blind,
    and all pages are recognised. A document too long for that keeps its text, with the signs.
    """
    pages = pdf.read(body, page_recognised)
    unlike = likeness.of_pages(body, pages)
    if unlike and len(pages.seen) <= scans.MOST_PAGES:
        pages = pdf.read(body, page_recognised, whole=True)
    starts = (*pages.draft.pages, len(pages.draft.text))
    return pages.draft.marked(
        Sign(TEXT_LAYER_DIFFERS, starts[number], starts[number + 1], str(round(100 * like)))
        for number, like in unlike.items()
    )


def page_recognised(page: object) -> str:
    """Return the writing on a page of a PDF, as it is shown."""
    return scans.recognised(pictures.of_page(page))


def of_package(package: Package, draft: Draft) -> Extracted:
    """Return a document with its pictures: they are its text, or are looked at for signs."""
    if not is_short(draft):
        return draft.marked(likeness.of_pictures(package, FOLDERS)).finished()
    shown = (package.read(name) for name in package.pictures(FOLDERS)[: scans.MOST_PAGES])
    return bound([draft, *recognised(shown)]).composed().finished()


def recognised(files: Iterable[bytes]) -> list[Draft]:
    """Return the writing in picture files, each page of them a draft."""
    found: list[Draft] = []
    for body in files:
        for picture in pictures.of_file(body):
            if len(found) >= scans.MOST_PAGES:
                raise TooLong
            text = scans.recognised(picture)
            found.append(Draft(text, (0,), (Sign(SCANNED, 0, len(text)),)))
    return found


def is_short(draft: Draft) -> bool:
    """Say whether there are too few words to be all of a document's text."""
    return len(draft.text.split(maxsplit=SHORTEST)) < SHORTEST


def seen(found: Extracted, *, has_pictures: bool = True) -> Extracted:
    """Return it with word whether `recognise` has something to look at."""
    return msgspec.structs.replace(found, has_pictures=has_pictures)

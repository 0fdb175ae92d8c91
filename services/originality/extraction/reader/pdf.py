"""Reads PDF: page by page, with what is hidden; another program where a font defeats the first."""

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.originality.extraction.documents import (
    HIDDEN_TEXT,
    IMAGE_OF_TEXT,
    SCANNED,
    Sign,
)
from services.originality.extraction.reader import legacy, margins, pages
from services.originality.extraction.reader.draft import Draft, TooLong, bound
from services.originality.extraction.reader.limits import PAGES
from services.originality.extraction.reader.packages import Unsafe
from services.originality.extraction.reader.pages import Page
from services.originality.extraction.reader.scans import MOST_PAGES
from services.originality.extraction.reader.vietnamese import (
    READABLE,
    is_foreign,
    known_share,
    sample,
)

BETTER = 0.1  # of the words more are syllables in what the other program reads
WRITING = 20  # words; a photograph that seems to have fewer is no picture of a text
_SECONDS = 10
# Packed in what is packed already: nobody gains by it but the maker of a bomb.
_FLATE = "/Fl(?:ateDecode)?"
_SPELT = re.sub("[A-Za-z]", lambda letter: f"(?:{letter[0]}|#{ord(letter[0]):02x})", _FLATE)
_TWICE = re.compile(rf"{_SPELT}\s*{_SPELT}".encode(), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF's text, which pages have none of their own, and what was seen of each."""

    draft: Draft
    unread: tuple[int, ...]
    seen: tuple[Page, ...]


def read(
    body: bytes, recognised: Callable[[Any], str] | None = None, *, whole: bool = False
) -> Pages:
    """Return the text of all pages; `recognised` reads a page that is a picture, if given.

    With `whole`, every page is taken for a picture, whatever text is behind it.
    """
    if _TWICE.search(body):
        raise Unsafe
    with pages.opened(body) as document:
        if pages.count(document) > PAGES:
            raise TooLong
        seen = tuple(_pages(document))
        unread = tuple(number for number, page in enumerate(seen) if page.is_unread)
        draft = legacy.converted(bound(drafted(page.text, page.hidden) for page in seen))
        if whole:
            unread = tuple(range(len(seen)))
        elif is_broken(draft.text):
            draft, unread = _otherwise(body, draft, seen, unread)
        if recognised and unread:
            draft = _recognised(document, draft, unread, recognised)
    return Pages(margins.joined(margins.marked(draft)).composed(), unread, seen)


def _pages(document: Any) -> Iterator[Page]:  # noqa: ANN401
    for number in range(pages.count(document)):
        with pages.turned_to(document, number) as page:
            yield pages.read(page)


def drafted(text: str, hidden: Iterable[tuple[int, int, str]]) -> Draft:
    """Return one page's text as a draft, with what is hidden in it."""
    return Draft(text, (0,), tuple(Sign(HIDDEN_TEXT, *place) for place in hidden))


def is_broken(text: str) -> bool:
    """Say whether letters were lost, as where a font lacks some: too few words are syllables."""
    looked_at = sample(text)
    return len(looked_at.split()) > 20 and not (
        known_share(looked_at) >= READABLE or is_foreign(looked_at)
    )


def _otherwise(
    body: bytes, draft: Draft, seen: tuple[Page, ...], unread: tuple[int, ...]
) -> tuple[Draft, tuple[int, ...]]:
    """Return what another program reads, or else that every page is to be looked at."""
    texts = poppler(body)
    if len(texts) == len(seen):
        other = legacy.converted(bound(map(_remembered, texts, seen)))
        if known_share(sample(other.text)) >= max(
            READABLE, known_share(sample(draft.text)) + BETTER
        ):
            return other, unread
    return draft, tuple(range(len(seen)))


def _remembered(text: str, page: Page) -> Draft:
    """Return another text of a page, with what is hidden on it looked up there."""
    hidden = []
    for first, last, way in page.hidden:
        sought = page.text[first:last].strip()
        place = text.find(sought)
        if place >= 0:
            hidden.append((place, place + len(sought), way))
    return drafted(text, hidden)


def poppler(body: bytes) -> list[str]:
    """Return the pages' texts as pdftotext reads them; none where it fails."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=body, capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return done.stdout.decode("utf-8", "replace").removesuffix("\f").split("\f")


def _recognised(
    document: Any,  # noqa: ANN401
    draft: Draft,
    unread: tuple[int, ...],
    recognised: Callable[[Any], str],
) -> Draft:
    """Return the draft with the pages that are pictures read."""
    if len(unread) > MOST_PAGES:
        raise TooLong
    parts = draft.parts()
    is_scan = len(unread) == len(parts) or len(draft.text.split()) < len(parts)
    for number in unread:
        with pages.turned_to(document, number) as page:
            text = recognised(page) if page else ""
        is_told = is_scan or len(text.split()) >= WRITING
        kind = SCANNED if is_scan else IMAGE_OF_TEXT
        signs = (Sign(kind, 0, len(text)),) if text and is_told else ()
        parts[number] = Draft(text, (0,), signs)
    return bound(parts)

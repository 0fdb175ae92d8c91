"""Whether a document shows what its text says: a few of its pages are recognised and compared.

Words are compared as a bag: columns and tables may be read in another order. Recognised pages
are 0.95 like their text and more; a page with a text of its own behind it is below 0.3.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from services.originality.extraction.documents import (
    HIDDEN_TEXT,
    IMAGE_OF_TEXT,
    Sign,
)
from services.originality.extraction.reader import pages, pictures, scans
from services.originality.extraction.reader.draft import Draft
from services.originality.extraction.reader.packages import Broken, Package, Unsafe
from services.originality.extraction.reader.pdf import Pages
from services.originality.extraction.reader.vietnamese import READABLE, known_share, words

SAMPLED = 2  # pages, or pictures
ALIKE = 0.6
WORDS = 30  # on a page; with fewer there is nothing to say


def of_pages(body: bytes, found: Pages) -> dict[int, float]:
    """Return how like its text each sampled page of a PDF is that shows something else, 0..1.

    One is the page most of which is picture, the others are drawn by the document's digest.
    """
    seed = int.from_bytes(sha256(body).digest()[:7])
    parts = found.draft.parts()
    unread = {*found.unread}
    able = [
        n for n, part in enumerate(parts) if n not in unread and len(shown(part).split()) >= WORDS
    ]
    with pages.opened(body) as document:
        alike = {n: of_page(document, n, parts[n]) for n in chosen(able, found.seen, seed)}
    return {number: like for number, like in alike.items() if like < ALIKE}


def chosen(able: Sequence[int], seen: Sequence[pages.Page], seed: int) -> list[int]:
    """Return which pages to look at, in their order."""
    by_chance = sorted(able, key=lambda n: hash((seed, n)))
    layered = sorted(by_chance, key=lambda n: (not seen[n].has_layer, -round(seen[n].pictured, 1)))
    return sorted(list(dict.fromkeys((*layered[:1], *by_chance)))[:SAMPLED])


def of_page(document: Any, number: int, part: Draft) -> float:  # noqa: ANN401
    """Return how like a page is to its text, 0..1; 1 where it cannot be opened."""
    with pages.turned_to(document, number) as page:
        if page is None:
            return 1.0
        return alike(shown(part), scans.recognised(pictures.of_page(page)))


def shown(part: Draft) -> str:
    """Return a page's text without what is hidden in it."""
    text = part.text
    for start, end in reversed(part.ranges(HIDDEN_TEXT)):
        text = text[:start] + " " + text[end:]
    return text


def alike(text: str, recognised: str) -> float:
    """Return the part of the words that two texts have in common, whatever their order, 0..1."""
    mine, others = (Counter(word.bare for word in words(each)) for each in (text, recognised))
    return 2 * (mine & others).total() / max(mine.total() + others.total(), 1)


def of_pictures(package: Package, folders: tuple[str, ...]) -> tuple[Sign, ...]:
    """Return a sign for each of a document's largest pictures that is one of writing.

    A picture has no place in the text; the sign's detail is how many words it shows.
    """
    texts = [text for name in package.pictures(folders)[:SAMPLED] for text in _in(package, name)]
    counts = [len(text.split()) for text in texts if known_share(text) >= READABLE]
    return tuple(Sign(IMAGE_OF_TEXT, 0, 0, str(count)) for count in counts if count >= WORDS)


def _in(package: Package, name: str) -> Iterator[str]:
    """Yield the writing in a picture; one that cannot be opened has none."""
    try:
        for picture in pictures.of_file(package.read(name)):
            yield scans.recognised(picture)
    except (Broken, Unsafe):
        return

"""What pages repeat at their heads and feet, and words that a line's end has cut in two.

Headers, footers and page numbers are marked and stay; cut words are joined.
"""

import re
from collections import Counter
from collections.abc import Iterator

from services.originality.extraction.documents import Sign
from services.originality.extraction.reader.draft import MARGIN, Draft, Edit
from services.originality.extraction.reader.vietnamese import known_share

_LINES = 3  # at the head and at the foot of a page
_LONGEST = 200  # characters of a line that may be a header
_LEAST = 3  # pages a line has to be on
_NUMBER = re.compile(r"\d+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_CUT = re.compile(r"([^\W\d_]+)(?:\u00ad\n?|[-\u2010]\n)(?=([^\W\d_]+))")


def marked(draft: Draft) -> Draft:
    """Mark the lines that a third of the pages, three at least, have at the same end."""
    pages = [list(_ends(draft, *span)) for span in _spans(draft)]
    seen = Counter(key for page in pages for key in {key for key, _ in page})
    least = max(_LEAST, len(pages) / 3)
    return draft.marked(
        Sign(MARGIN, *found.span()) for page in pages for key, found in page if seen[key] >= least
    )


def _spans(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield where each page begins and ends."""
    yield from zip(draft.pages, (*draft.pages[1:], len(draft.text)), strict=True)


def _ends(draft: Draft, start: int, end: int) -> Iterator[tuple[tuple[str, str], re.Match[str]]]:
    """Yield a page's first and last lines, each with what it has in common on other pages."""
    lines = list(_LINE.finditer(draft.text, start, end))
    for where, some in (("head", lines[:_LINES]), ("foot", lines[_LINES:][-_LINES:])):
        for line in some:
            words = " ".join(_NUMBER.sub("#", line.group()).casefold().split())
            if len(words) <= _LONGEST:
                yield (where, words), line


def joined(draft: Draft) -> Draft:
    """Join the words that are cut, not those that Vietnamese writes with a hyphen."""
    return draft.rewritten(
        Edit(found.end(1), found.end(), "")
        for found in _CUT.finditer(draft.text)
        if "\u00ad" in found.group() or _is_cut(found.group(1), found.group(2))
    )


def _is_cut(before: str, after: str) -> bool:
    """Say whether these are parts of one word: two syllables, or two names, are not."""
    return after[0].islower() and min(known_share(before), known_share(after)) < 1

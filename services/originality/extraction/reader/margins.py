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
_CUT = re.compile(r"\u00ad\n?|[-\u2010]\n")
_BEFORE = re.compile(r"[^\W\d_]+$")
_AFTER = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40


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
    text = draft.text
    return draft.rewritten(
        Edit(*cut.span(), "") for cut in _CUT.finditer(text) if _is_cut(text, *cut.span())
    )


def _is_cut(text: str, start: int, end: int) -> bool:
    """Say whether what is around a hyphen is one word: two syllables, or two names, are not."""
    before = _BEFORE.search(text, max(start - _LONGEST_WORD, 0), start)
    after = _AFTER.match(text, end)
    if not before or not after:
        return False
    if text[start] == "\u00ad":
        return True
    shares = known_share(before.group()), known_share(after.group())
    return after.group()[0].islower() and min(shares) < 1

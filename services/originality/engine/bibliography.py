"""Lists of the works a text used, under their Vietnamese headings.

The list goes on as long as its lines look like works; the heading alone excuses nothing, or a
copier would only have to set it before what was copied.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from services.originality.engine.paragraphs import Part
from services.originality.engine.words import Words, numbers

_HEADINGS = (
    "Tài liệu tham khảo",
    "Các tài liệu tham khảo",
    "Danh mục tài liệu",
    "Danh mục tài liệu tham khảo",
    "Danh mục các tài liệu tham khảo",
    "Tài liệu trích dẫn",
    "Tài liệu viện dẫn",
    "Nguồn tài liệu",
    "Nguồn tham khảo",
    "Thư mục tham khảo",
    "References",
    "Bibliography",
)
_LONGEST = 60  # words of a work's line
_LONGEST_HEADING = 10  # words, its number included
# A work names its year, its address, or the number of a document of state.
_WORK = re.compile(r"\b(?:19|20)\d\d\b|https?://|www\.|\b\d{1,5}/\d{4}/[A-ZĐ]{2,}")


@cache
def _headings() -> frozenset[tuple[int, ...]]:
    """Return the headings as numbers of bare words."""
    return frozenset(map(numbers, _HEADINGS))


def bibliography(words: Words, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Yield the heading and the works of every list."""
    listed = False
    for part in parts:
        count = part.last - part.first
        listed = listed and count <= _LONGEST and _WORK.search(part.written) is not None
        if not listed and count <= _LONGEST_HEADING:
            listed = tuple(words.bare[part.opening : part.last].tolist()) in _headings()
        if listed:
            yield part.start, part.end

"""What a text means, as vectors of one model. Start with `Meaning` and `parts`.

A text is taken twice: its head, where an initiative says what it is, and the whole. In a short
one both are the same and one vector does.
"""

import re
from dataclasses import dataclass
from itertools import islice

from services.originality.ideas.table import Vector

HEAD = 250  # words of a text that say what the idea is: title, summary, first paragraphs
MOST = 20_000  # words of a text that are looked at

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Vectors of one text, the head first. Only vectors of the same model can be compared."""

    model: str
    vectors: tuple[Vector, ...]


def parts(title: str, body: str) -> tuple[str, ...]:
    """Return what of a text is made a vector of: its head, and the whole if that is more."""
    whole = body if body.startswith(title) else f"{title}. {body}"
    words = list(islice(_WORD.finditer(whole), HEAD + 1))
    if len(words) <= HEAD:
        return (whole,)
    return whole[: words[HEAD - 1].end()], _cut(whole)


def _cut(whole: str) -> str:
    """Return the first `MOST` words of a text."""
    if len(whole) < 2 * MOST:  # a word has a letter and a blank
        return whole.rstrip()
    last = max(islice(_WORD.finditer(whole), MOST), key=re.Match.end)
    return whole[: last.end()]

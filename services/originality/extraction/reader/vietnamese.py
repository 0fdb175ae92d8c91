"""How much of a text is Vietnamese, and its words without marks.

The engine counts the same more exactly; it is not loaded here, as every process of a document
would have to carry it.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from services.originality.spelling import SPELT, TONES

READABLE = 0.75  # share of syllables in a text; what a broken font leaves is below 0.65
_LOOKED_AT = 3600  # characters, about two pages
_STRETCHES = 6


_WORD = re.compile(r"[^\W\d_]+")
_TONE = re.compile(f"[{''.join(TONES)}]")
_MARK = re.compile(r"[\u0300-\u036f]")
_UNMARKED = 0.9  # of the words: the text was typed without marks, and is measured so


class Word(NamedTuple):
    """A word without any mark, and whether it is a syllable with its marks, or without."""

    bare: str
    is_marked: bool
    is_syllable: bool
    is_bare_syllable: bool


@lru_cache(maxsize=1 << 14)
def _read(word: str) -> Word:
    apart = normalize("NFD", word.casefold())
    bare = _MARK.sub("", apart).replace("đ", "d")
    spelt = normalize("NFC", _TONE.sub("", apart))
    return Word(bare, bare != word.casefold(), spelt in SPELT, bare in _BARE)


_BARE = frozenset(
    _MARK.sub("", normalize("NFD", syllable)).replace("đ", "d") for syllable in SPELT
)


def words(text: str) -> list[Word]:
    """Return the words of a text."""
    return [_read(word) for word in _WORD.findall(normalize("NFC", text))]


def known_share(text: str) -> float:
    """Return the part of a text's words that are Vietnamese syllables, 0..1."""
    found = words(text)
    if not found:
        return 0.0
    if sum(not word.is_marked for word in found) > _UNMARKED * len(found):
        return sum(word.is_bare_syllable for word in found) / len(found)
    return sum(word.is_syllable for word in found) / len(found)


def sample(text: str) -> str:
    """Return stretches from all over a long text; a short one is its own sample."""
    if len(text) <= _LOOKED_AT:
        return text
    step, each = len(text) // _STRETCHES, _LOOKED_AT // _STRETCHES
    return "\n".join(text[n * step : n * step + each] for n in range(_STRETCHES))


def is_foreign(text: str) -> bool:
    """Say whether a text has next to no letters but those of English: no font lacks any of it."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) >= 0.98 * len(letters)

"""How much of a text is Vietnamese, as the engine counts it."""

from services.originality.engine.syllables import known_share as share_of_words
from services.originality.engine.words import scan

READABLE = 0.75  # share of syllables in a text; what a broken font leaves is below 0.65
_LOOKED_AT = 3600  # characters, about two pages
_STRETCHES = 6


def known_share(text: str) -> float:
    """Return the part of a text's words that are Vietnamese syllables, 0..1."""
    return share_of_words(scan(text))


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

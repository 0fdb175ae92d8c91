"""Spellings made comparable: without marks, case, look-alikes and what no reader sees.

`hoà`, `hòa`, `HÒA` and `hoa` fold to one; every folded letter knows where it came from.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look like ours, and the one that does not decompose.
_ALIKE = str.maketrans("đаеорсухіѕјһԁαονικρτυ", "daeopcyxisjhdaovikptu")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `places` are the offsets in the original, one for each character."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original that a range of the folded text came from."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=8192)
def fold_letter(letter: str) -> str:
    """Return what is compared of one character; nothing of marks and of invisible ones."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", letter).lower())
    kept = (one for one in plain if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(kept).translate(_ALIKE)


def fold(text: str) -> Folded:
    """Fold a text."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = fold_letter(letter)
        folded.append(plain)
        places += [place] * len(plain)
    return Folded("".join(folded), tuple(places))


def bare(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    return "".join(one for one in fold(text).text if one.isalnum())


def sound(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text's letters and its marks apart, so that `hoà` and `hòa` are the same."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d\u0335"))
    marks = sorted(one for one in decomposed if unicodedata.category(one) == "Mn")
    return bare(text), tuple(marks)


def agrees(found: str, wanted: str) -> bool:
    """Say whether a spelling may be the wanted one: without any marks, or with the same."""
    letters, marks = sound(found)
    expected = sound(wanted)
    return (letters, marks) == expected or (letters == expected[0] and not marks)


def is_capitalised(text: str) -> bool:
    """Say whether every word of a text begins with a capital."""
    words = "".join(one if one.isalnum() or unicodedata.combining(one) else " " for one in text)
    return all(word[0].isupper() or word[0].isdigit() for word in words.split())

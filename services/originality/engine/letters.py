"""What a letter is once every disguise is off: case, marks, width, look-alikes, invisible ones.

`fold` gives the two keys of a word. Nothing here is for display: a person's name keeps its marks.
"""

from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng

# Letters of other scripts drawn like Latin ones. Capitals apart: Н looks like H, its small
# letter does not look like n.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХԚԜаеѕіјкморстухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχɑɡı",
        "ABESIJKMHOPCTYXQWaesijkmopctyxhdqwlABEZHIKMNOPTYXaiknoptuxagi",
        strict=True,
    )
)

# Where marks and format characters live; between the two stand ideographs and nothing.
_POINTS = (*range(0x20000), *range(0xE0000, 0xE0200))

# Letters to the eye of Unicode, nothing to the eye of a reader.
BLANKS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"


class Folded(NamedTuple):
    """A word's keys: `bare` without any mark, `exact` with its marks, the tone put last.

    The tone is not tied to its vowel, so `hoà` and `hòa` have one exact key.
    """

    bare: str
    exact: str


def _ranges(*, of: frozenset[str], besides: str = "") -> str:
    """Return a regular expression's character class body for these Unicode categories."""
    points = [p for p in _POINTS if category(chr(p)) in of]
    points = sorted({*points, *map(ord, besides)})
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


MARKS = _ranges(of=frozenset({"Mn", "Mc", "Me"}))
INVISIBLE = _ranges(of=frozenset({"Cf"}), besides=BLANKS)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> Folded:
    """Return the keys two writings of one word share."""
    seen = "".join(LOOK_ALIKES.get(letter, letter) for letter in normalize("NFKD", word))
    bare: list[str] = []
    exact: list[str] = []
    tone = ""
    for letter in normalize("NFKD", seen.casefold()):
        if letter in TONES:
            tone = letter
        elif category(letter).startswith("M"):
            exact.append(letter)
        elif letter.isalnum() and letter not in BLANKS:
            bare.append("d" if letter == "đ" else letter)
            exact.append(letter)
    key = "".join(bare)
    return Folded(key or word, normalize("NFC", "".join(exact)) + tone if key else word)


@lru_cache(maxsize=1 << 16)
def is_disguised(word: str) -> bool:
    """Say whether a word mixes Latin letters with look-alikes from another script."""
    return any(letter in LOOK_ALIKES for letter in normalize("NFKD", word)) and any(
        "a" <= letter <= "z" for letter in normalize("NFKD", word).casefold()
    )

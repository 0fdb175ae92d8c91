"""What a letter is once every disguise is off: case, marks, width, look-alikes, invisible ones.

`LETTERS` says it for every code point, packed into a number for the scanner. Nothing here is for
display: a person's name keeps its marks.
"""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category, digit, normalize

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels import scanning
from services.originality.engine.kernels.scanning import Kind

TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
QUALITIES = {"\u0302": 1, "\u0306": 2, "\u031b": 4}  # â, ă, ơ
_STROKE = 8  # đ

# Letters of other scripts drawn like Latin ones. Capitals apart: Н looks like H, its small
# letter does not look like n. Ð (eth) is what many type for Đ.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХԚԜԌаеѕіјкморстухһԁԛԝӏѵԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγωÐƉðɖ"
        "ɑɡıɩʋᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢոսօհցզՕՍ",
        "ABESIJKMHOPCTYXQWGaesijkmopctyxhdqwlvgABEZHIKMNOPTYXaikvoptuxywĐĐđđ"
        "agiiuabcdeghijklmnoprstuvwyznuohgqOU",
        strict=True,
    )
)
_TYPED = frozenset("Ððı")  # nobody hides behind these; keyboards and fonts make them

# Letters to the eye of Unicode, nothing to the eye of a reader.
BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_BREAKS = frozenset("\n\r\v\f\u0085\u2028\u2029")
_ENDS = frozenset(".!?…。！？")
_NEVER = frozenset({"Cn", "Co", "Cs", "Cc"})  # neither letters nor marks
_POINTS = 0x20000  # what lies beyond is told by its range, in the scanner


class _Seen(NamedTuple):
    """What is left of a code point: small letters without marks, the marks, how it was drawn."""

    kind: Kind
    letters: str = ""
    quality: int = 0
    tone: int = 0
    disguised: bool = False
    small: bool = False


def _seen(point: str) -> _Seen:
    """Look at one code point."""
    sort = category(point)
    kind = _kind(point, sort)
    if kind is not Kind.OTHER or sort in _NEVER:
        return _Seen(kind)
    parts = normalize("NFKD", point)
    if sort == "Lo" and parts == point and point not in LOOK_ALIKES:  # half of the table
        return _Seen(Kind.LETTER, point)
    letters = "" if sort[0] == "M" else _letters(point, parts)
    drawn = sort == "So" and len(letters) == 1  # such as a letter in a circle
    is_letter = bool(letters) and (sort[0] in "LN" or drawn)
    if not is_letter and sort[0] != "M":
        return _Seen(Kind.OTHER)
    return _Seen(
        kind=Kind.LETTER if is_letter else Kind.MARK,
        letters=letters.replace("đ", "d"),
        quality=_marks(parts, QUALITIES) | (_STROKE if "đ" in letters else 0),
        tone=_marks(parts, TONES),
        disguised=drawn or (point not in _TYPED and any(part in LOOK_ALIKES for part in parts)),
        small=sort == "Ll",
    )


def _kind(point: str, sort: str) -> Kind:
    """Say what a code point does that is no letter and no mark; OTHER of those that may be."""
    if sort == "Cf" or point in BLANKS:
        return Kind.NOTHING
    if point in _BREAKS:
        return Kind.BREAK
    return Kind.END if point in _ENDS else Kind.OTHER


def _letters(point: str, parts: str) -> str:
    """Return the letters and digits of a decomposed code point, small and without marks."""
    if (number := digit(point, None)) is not None and category(point) == "Nd":
        return str(number)
    drawn = "".join(LOOK_ALIKES.get(part, part) for part in parts if category(part)[0] != "M")
    return "".join(part for part in normalize("NFKD", drawn.casefold()) if part.isalnum())


def _marks(parts: str, values: dict[str, int]) -> int:
    """Return the value of the last of these marks, 0 where there is none."""
    return next((values[part] for part in reversed(parts) if part in values), 0)


def _further(seen: Sequence[_Seen]) -> tuple[list[int], NDArray[np.uint64]]:
    """Return where the further letters of each code point begin, and those, a 0 after each."""
    begins = [0] * len(seen)  # the place 0 means that there are none
    further = [0]
    for point, each in enumerate(seen):
        if len(each.letters) > 1:
            begins[point] = len(further)
            further += [*map(ord, each.letters[1:]), 0]
    return begins, np.array(further, np.uint64)


def _packed(each: _Seen, begins: int) -> int:
    """Return what is known of a code point as one number, as the scanner reads it."""
    return (
        each.kind
        | each.quality << int(scanning.QUALITY_AT)
        | each.tone << int(scanning.TONE_AT)
        | int(scanning.DISGUISED_BIT) * each.disguised
        | int(scanning.SMALL_BIT) * each.small
        | (ord(each.letters[0]) if each.letters else 0) << int(scanning.BASE_AT)
        | begins << int(scanning.MORE_AT)
    )


def _table() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Look at every code point once."""
    seen = [_seen(chr(point)) for point in range(_POINTS)]
    begins, further = _further(seen)
    return np.array([*map(_packed, seen, begins)], np.uint64), further


LETTERS, FURTHER = _table()

"""The order of Vietnamese words and names, as dictionaries and lists of people have it.

The rule is that of CLDR for `vi`: ă â đ ê ô ơ ư are letters of their own; tones only part words
that are alike without them, in the order huyền, hỏi, ngã, sắc, nặng; small letters come before
capitals. PostgreSQL does it only where it was built with ICU, so that lists are sorted here.
"""

from unicodedata import combining, normalize

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
SHAPED = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...], str]


def sort_key(text: str) -> Key:
    """Return what to sort a text by: its letters, then its tones, then its capitals."""
    letters: list[str] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for sign in normalize("NFD", text):
        if letters and (shaped := SHAPED.get((letters[-1], sign))):
            letters[-1] = shaped
        elif letters and combining(sign):
            tones[-1] = 8 * tones[-1] + _tone(sign)
        else:
            letters.append(sign.lower() if len(sign.lower()) == 1 else sign)
            tones.append(0)
            capitals.append(sign.isupper())
    return tuple(map(_place, letters)), tuple(tones), tuple(capitals), normalize("NFC", text)


def name_key(full_name: str) -> tuple[Key, Key, Key]:
    """Return what to sort a person by: given name, which stands last, then family, then middle."""
    family, *middle = full_name.split() or [""]
    given = middle.pop() if middle else family
    return sort_key(given), sort_key(family), sort_key(" ".join(middle))


def _place(letter: str) -> tuple[int, int]:
    """Return where a letter stands: after signs and digits, before letters of other tongues."""
    if letter in ALPHABET:
        return 2, ALPHABET.index(letter)
    if letter.isdigit():
        return 1, ord(letter)
    return (3 if letter.isalpha() else 0), ord(letter)


def _tone(mark: str) -> int:
    return 1 + TONES.index(mark) if mark in TONES else 6

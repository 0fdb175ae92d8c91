"""Words looked for as people type them: without accents, in any order. Start with `find`."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar
from unicodedata import combining, normalize

T = TypeVar("T")


def fold(text: str) -> str:
    """Return a text without accents and capitals, its words parted by one space.

    `đ` is a letter of its own, which no decomposition takes apart.
    """
    apart = normalize("NFD", text.casefold()).replace("đ", "d")
    plain = "".join(sign for sign in apart if not combining(sign))
    return " ".join(re.findall(r"\w+", plain))


def find(
    lines: Iterable[T], words: str, title: Callable[[T], str], text: Callable[[T], str]
) -> list[T]:
    """Return the lines whose text has every word, or begins one with it, in their own order.

    Those whose title has the words as they were typed, accents and all, come first.
    """
    sought = fold(words).split()
    found = [line for line in lines if has(fold(text(line)), sought)]
    typed = normalize("NFC", " ".join(words.split())).casefold()
    return sorted(found, key=lambda line: typed not in normalize("NFC", title(line)).casefold())


def has(folded: str, sought: Iterable[str]) -> bool:
    """Say whether every word sought begins a word of a folded text."""
    padded = f" {folded}"
    return all(f" {word}" in padded for word in sought)


def bare_number(number: str) -> str:
    """Return a paper's number as it is compared: `5 / qđ-ubnd` is `05/QĐ-UBND`."""
    plain = re.sub(r"\s+", "", normalize("NFC", number)).upper()
    return plain.lstrip("0")

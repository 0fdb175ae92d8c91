"""What never leaves by SMS or Zalo: scores, numbers of identity papers, what people wrote.

A phone lies on tables and its screen is read by others; a code and a link say enough there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from services.notify.domain.short import plain

Leak = Literal["SCORE", "IDENTITY_NUMBER", "SOMEBODY'S_WORDS"]

IDENTITY = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)")  # CMND and CCCD
NUMBER = r"\d{1,3}(?:[.,]\d+)?"
SCORE = re.compile(
    rf"(?<![\w.,]){NUMBER}\s*(?:/\s*\d{{2,3}}\b(?!/)\s*(?:diem)?|diem\b)"
    rf"|\b(?:diem|score)\s*(?:so|trung binh|tong|thi)?\s*(?:la|:|=|dat)?\s*{NUMBER}\b",
    re.IGNORECASE,
)
# What may be quoted whole of what a notice is about; every other longer text is somebody's words.
QUOTABLE = frozenset(
    {
        *("receipt_code", "code", "title", "name", "round_name", "next_round", "prize"),
        *("authority", "room", "contest_id", "entry_id", "external_code", "state", "kind"),
    }
)
LONG = 12  # letters; shorter ones are found in any text


def find_leak(texts: Iterable[str], content: Mapping[str, object]) -> Leak | None:
    """Return what a short message would give away of what it is about; None if nothing."""
    said = " ".join(plain(text) for text in texts).lower()
    joined = re.sub(r"(?<=\d)[ .](?=\d)", "", said)  # 079 123 456 789 is a number too
    if IDENTITY.search(said) or IDENTITY.search(joined):
        return "IDENTITY_NUMBER"
    if SCORE.search(said):
        return "SCORE"
    if any(words in said for words in private_words(content)):
        return "SOMEBODY'S_WORDS"
    return None


def private_words(content: Mapping[str, object]) -> Iterator[str]:
    """Return every longer text in the content that is not for quoting, sentence by sentence."""
    for name, value in content.items():
        if name not in QUOTABLE:
            yield from long_texts(value)


def long_texts(value: object) -> Iterator[str]:
    """Return the sentences of a text, or of everything inside."""
    if isinstance(value, str):
        for sentence in re.split(r"[.;\n]", value):
            if len(words := plain(sentence).lower()) >= LONG and not is_instant(words):
                yield words
    elif isinstance(value, Mapping):
        yield from private_words(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from long_texts(one)


def is_instant(words: str) -> bool:
    """Say whether a text is an instant as it is kept, `2022-08-15t17:00:00z`."""
    return re.match(r"\d{4}-\d\d-\d\dt\d\d:", words) is not None

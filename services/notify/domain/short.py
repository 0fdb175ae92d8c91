"""What fits into an SMS, and whom it goes to: without diacritics, in segments, to a 84… number."""

import re
import unicodedata
from typing import Literal

from services.notify.domain.reasons import Reason

# GSM 03.38: what one septet says, and what takes two. Everything else makes the SMS twice as dear.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
ALONE, TOGETHER = 160, 153  # septets of one SMS, and of each of several
PUNCTUATION = str.maketrans("“”‘’–—…đĐ\u00a0", "\"\"''--.dD ")

Over = Literal["CUT", "REFUSE"]


class TooLong(ValueError):
    """The text takes more than it may."""


class NoMobile(ValueError):
    """This is no Vietnamese mobile number."""


def plain(text: str) -> str:
    """Take the diacritics off, and what else no phone shows; one space between words."""
    flat = unicodedata.normalize("NFD", text.translate(PUNCTUATION))
    bare = "".join(letter for letter in flat if not unicodedata.combining(letter))
    known = "".join(letter if letter in BASIC | EXTENDED else "?" for letter in bare)
    return re.sub(r"\s+", " ", known).strip()


def septets(text: str) -> int:
    """Count the septets of a plain text."""
    return sum(2 if letter in EXTENDED else 1 for letter in text)


def segments(text: str) -> int:
    """Count the SMS that a plain text is sent in; an extended letter is not split between two."""
    if septets(text) <= ALONE:
        return 1
    count, used = 1, 0
    for letter in text:
        size = 2 if letter in EXTENDED else 1
        if used + size > TOGETHER:
            count, used = count + 1, 0
        used += size
    return count


def fit(text: str, most: int, over: Over) -> str:
    """Return the text as it is sent in at most so many SMS. Raises `TooLong` if it is not cut."""
    sent = plain(text)
    if segments(sent) <= most:
        return sent
    if over == "REFUSE":
        raise TooLong(Reason.SMS_TOO_LONG.say(count=segments(sent), most=most))
    words = sent.split(" ")
    while words and segments(" ".join(words) + "...") > most:
        words.pop()
    if not words:
        raise TooLong(Reason.SMS_WORD_TOO_LONG.say(most=most))
    return " ".join(words) + "..."


def mobile(phone: str) -> str:
    """Return a number as providers want it, `84…`. Raises `NoMobile`."""
    digits = re.sub(r"[\s.()-]", "", phone)
    found = re.fullmatch(r"(?:\+?84|0)([35789]\d{8})", digits)
    if found is None:
        raise NoMobile(Reason.NO_MOBILE.say())
    return f"84{found[1]}"

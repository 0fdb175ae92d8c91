"""What one province may learn from another by fingerprints: a band, and that not too often.

The asker keys an entry's fingerprints, hides their number among noise and their order by
sorting; see `question`. The answerer counts what one known initiative shares; see `band_of`.
docs/adr/0020 says what each side could still learn.
"""

import hmac
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from kernel.errors import Forbidden, NotFound, Refused

LEAST = 64  # fingerprints of a question
MOST = 8_192
FEWEST = 20  # of an entry; about 90 words

_WHOLE = 1 << 64
_HALF = 1 << 63
_WRITTEN = re.compile(r"[0-9a-f]{16}")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


class UnknownProvince(NotFound):
    """There is no agreement with this province."""


class NoAgreement(Forbidden):
    """This system is of no province that there is an agreement with."""


class TextTooShort(Refused):
    """The text is too short to ask another province about."""


class TooFewFingerprints(Refused):
    """A question needs more fingerprints."""


class TooManyFingerprints(Refused):
    """A question has too many fingerprints."""


class NotAFingerprint(Refused):
    """A keyed fingerprint is 16 hexadecimal digits, in small letters."""


class QuotaSpent(Refused):
    """This province has asked as often as was agreed; ask again later."""


class Band(StrEnum):
    """How much of a known initiative an entry may repeat."""

    NONE = "NONE"
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class Thresholds(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many fingerprints shared with one initiative each band begins.

    Five words give one fingerprint in about four and a half words: `medium` is some 75 words in
    a row. HIGH is also half an initiative, however short, if that is no less than `medium`.
    """

    low: int = 6
    medium: int = 14
    high: int = 60


class Pace(Struct, frozen=True, forbid_unknown_fields=True):
    """How often another province may ask."""

    a_day: int = 50
    a_minute: int = 5


def keyed(key: bytes, fingerprints: Iterable[int]) -> frozenset[int]:
    """Return the fingerprints under a key, signed 64-bit: nothing without the key."""
    return frozenset(_keyed(key, value) for value in fingerprints)


def _keyed(key: bytes, fingerprint: int) -> int:
    body = b"sangkien fingerprint 1\0" + (fingerprint % _WHOLE).to_bytes(8)
    return int.from_bytes(hmac.digest(key, body, "sha256")[:8], signed=True)


def question(hashes: Collection[int], noise: Iterator[int]) -> tuple[str, ...]:
    """Return keyed fingerprints as they are sent: some power of two of them, in their own order.

    A text of more than `MOST` is asked about by those that come first, which are any of them as
    the key decides. `noise` never ends; nobody without the key can tell it from the rest.
    """
    if len(hashes) < FEWEST:
        raise TextTooShort(
            "The text has {count} fingerprints; at least {least} are needed to ask about it.",
            count=len(hashes),
            least=FEWEST,
        )
    said = set(sorted(hashes)[:MOST])
    size = max(LEAST, 1 << (len(said) - 1).bit_length())
    while len(said) < size:
        said.add(next(noise))
    return tuple(f"{value % _WHOLE:016x}" for value in sorted(said))


def read(written: Sequence[str]) -> frozenset[int]:
    """Read a question; raise unless it is one that may be asked."""
    if len(written) > MOST:
        raise TooManyFingerprints("A question has at most {most} fingerprints.", most=MOST)
    if not all(map(_WRITTEN.fullmatch, written)):
        raise NotAFingerprint
    values = frozenset((int(one, 16) + _HALF) % _WHOLE - _HALF for one in written)
    if len(values) < LEAST:
        raise TooFewFingerprints(
            "A question has at least {least} different fingerprints.", least=LEAST
        )
    return values


def check_pace(answered: Iterable[datetime], now: datetime, pace: Pace) -> None:
    """Raise unless one more question may be answered; `answered` is when others were."""
    ago = [now - at for at in answered]
    if sum(age < _DAY for age in ago) >= pace.a_day:
        raise QuotaSpent
    if sum(age < _MINUTE for age in ago) >= pace.a_minute:
        raise QuotaSpent


def blur(secret: bytes, asked: Collection[int]) -> int:
    """Return how many fingerprints to overlook, 0 to 2: the same for the same question.

    Who changes one fingerprint of a question at the edge of a band changes this too, so the
    answer does not say whether that one is known. Only the answerer has the secret.
    """
    body = b"".join((value % _WHOLE).to_bytes(8) for value in sorted(asked))
    return hmac.digest(secret, body, "sha256")[0] % 3


def band_of(shared: int, prints: int, overlooked: int, thresholds: Thresholds) -> Band:
    """Return the band of one initiative that has `prints` fingerprints, `shared` of them asked."""
    seen = shared - overlooked
    if seen >= thresholds.high or (seen >= thresholds.medium and 2 * seen >= prints):
        return Band.HIGH
    if seen >= thresholds.medium:
        return Band.MEDIUM
    return Band.LOW if seen >= thresholds.low else Band.NONE


def highest(bands: Iterable[Band]) -> Band:
    """Return the highest of some bands, NONE of none."""
    return max(bands, key=list(Band).index, default=Band.NONE)

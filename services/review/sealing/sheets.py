"""What is sealed of a sheet, and the digest that binds it before anybody may read it.

The digest covers a random nonce that is sealed with the marks: without it nobody can find the
marks by trying, with it anybody can check them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

import msgspec
from nacl.utils import random

from contracts.review import SheetText
from services.review.sealing.boxes import CannotOpen, Opener, seal

_encoder = msgspec.json.Encoder(order="deterministic")  # sorted members, no spaces


@dataclass(frozen=True, slots=True)
class Key:
    """Which sheet this is; the digest binds it, so that no sheet passes for another."""

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sheet as it is kept while nobody may read it but its judge."""

    sheet: bytes  # to the round's key
    own_copy: bytes  # to the judge's own key
    digest: str


class Content(msgspec.Struct, frozen=True):
    """What is inside, for the round."""

    nonce: str
    text: SheetText


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet that was opened, with what its digest is made of."""

    text: SheetText
    nonce: str
    words: str
    digest: str


def seal_sheet(key: Key, text: SheetText, round_key: bytes, own_key: bytes) -> Sealed:
    """Seal a sheet to the round's key, and a copy to the judge's own."""
    nonce = random(32).hex()
    content = msgspec.json.encode(Content(nonce, text))
    own_copy = seal(own_key, msgspec.json.encode(text))
    return Sealed(seal(round_key, content), own_copy, _opened(key, Content(nonce, text)).digest)


def open_sheet(key: Key, sealed: bytes, opener: Opener) -> Opened:
    """Open a sheet and work out its digest anew; raises `CannotOpen`."""
    try:
        content = msgspec.json.decode(opener.open(sealed), type=Content)
    except msgspec.DecodeError as problem:
        raise CannotOpen from problem
    return _opened(key, content)


def _opened(key: Key, content: Content) -> Opened:
    text, nonce = content.text, content.nonce
    words = _hash([nonce, text.comment, text.comments])
    return Opened(text, nonce, words, digest(key, text.marks, words, nonce))


def digest(key: Key, marks: Mapping[str, Decimal], words: str, nonce: str) -> str:
    """Return the SHA-256 that binds a sheet; `contracts.review.MarksGiven` says how it is made."""
    points = {code: plain(mark) for code, mark in marks.items()}
    which = (key.contest_id, key.round_id, key.entry_id, key.judge_id, key.version)
    return _hash([*which, points, words, nonce])


def plain(mark: Decimal) -> str:
    """Write points in their one form, without trailing zeros: `7.5`, `20`."""
    return f"{mark.normalize():f}"


def _hash(document: object) -> str:
    return sha256(_encoder.encode(document)).hexdigest()

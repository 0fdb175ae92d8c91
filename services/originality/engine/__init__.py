"""The matching engine: pure functions of texts, run in a child process.

`prepare` makes a text findable, `compare` says what it shares with others. Both take and give
bytes (msgpack). Read `words`, `alignment`, `passages`, `comparison`; `kernels` are their loops.
"""

import msgspec
import numpy as np
from msgspec import Struct

from services.originality.engine import comparison, fingerprints, masks, triples
from services.originality.engine.comparison import (
    Compared,
    Comparison,
    SharedSource,
    Source,
)
from services.originality.engine.kernels.scanning import Numbers
from services.originality.engine.passages import SharedPassage
from services.originality.engine.quotations import COUNTS
from services.originality.engine.syllables import known_share
from services.originality.engine.words import disguises

__all__ = [
    "Compared",
    "Comparison",
    "Prepared",
    "SharedPassage",
    "SharedSource",
    "Source",
    "Unprepared",
    "compare",
    "prepare",
]


class Unprepared(Struct, frozen=True):
    """Texts on their way into the index, and phrases that count for nothing in them."""

    texts: tuple[str, ...]
    phrases: tuple[str, ...] = ()


class Prepared(Struct, frozen=True):
    """What the index keeps of a text. `known_share` tells Vietnamese from rubbish, 0..1.

    Fingerprints and triples are 64-bit numbers, written as signed ones, as databases have them.
    A text is found by its `triples`, and finds others by `sought`, which are twice as dense.
    `left_out` are the words that count for nothing in any contest, see `masks`.
    """

    words: int
    known_share: float
    fingerprints: tuple[int, ...]
    flags: tuple[str, ...]
    triples: tuple[int, ...] = ()
    sought: tuple[int, ...] = ()
    left_out: bytes | None = None


def prepare(body: bytes) -> bytes:
    """Make fingerprints: `Unprepared` in, a tuple of `Prepared` out."""
    asked = msgspec.msgpack.decode(body, type=Unprepared)
    return msgspec.msgpack.encode(tuple(_prepared(text, asked.phrases) for text in asked.texts))


def _prepared(text: str, phrases: tuple[str, ...]) -> Prepared:
    """Make one text findable."""
    ready = comparison.prepare(text, phrases)
    found, sought = triples.both(ready.words, ready.masked)
    return Prepared(
        words=len(ready.words),
        known_share=known_share(ready.words),
        fingerprints=_signed(fingerprints.fingerprints(ready.words, ready.masked)),
        flags=disguises(ready.words),
        triples=_signed(found),
        sought=_signed(sought),
        left_out=masks.pack(comparison.looked_at(text)[1] > COUNTS),
    )


def _signed(numbers: Numbers) -> tuple[int, ...]:
    """Return the same bits as signed numbers."""
    return tuple(numbers.view(np.int64).tolist())


def compare(body: bytes) -> bytes:
    """Align a text with its candidate sources: `Comparison` in, `Compared` out."""
    asked = msgspec.msgpack.decode(body, type=Comparison)
    return msgspec.msgpack.encode(comparison.compare(asked))

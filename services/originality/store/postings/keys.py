"""From hashes to keys: what the index goes by, spread evenly whatever the hashes are like."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import log2

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.postings import KEY_BITS, WEIGHT_BITS, spell

Numbers = NDArray[np.int64]
Hashes = Iterable[int] | NDArray[np.uint64] | NDArray[np.int64]

_MOST_OFTEN = 255
_STEPS = 16  # of a length's class in a doubling: a class is right to 2.2 %
_WHOLE = (1 << 64) - 1


class Channel(IntEnum):
    """What a hash stands for; channels are searched one by one and never mixed."""

    FINGERPRINT = 1  # of neighbouring words, winnowed
    TRIPLE = 2  # of rare words near one another, in any order
    TERM = 3  # of a word or two, weighed by how often it occurs

    @property
    def weight_bits(self) -> int:
        """Return how many bits of weight a posting has."""
        return WEIGHT_BITS if self is Channel.TERM else 0


@dataclass(frozen=True, slots=True)
class Postings:
    """One text's: sorted keys, a weight each, and how long the text is, in hashes."""

    text_id: int
    keys: Numbers
    weights: Numbers
    length: int

    @property
    def packed(self) -> bytes:
        """Return them as a fresh text keeps them."""
        return ((self.keys << WEIGHT_BITS) | self.weights).astype("<i8").tobytes()


def keys_of(hashes: Hashes) -> Numbers:
    """Return the sorted keys of 64-bit hashes, signed or not, each once."""
    keys = np.sort(_mixed(hashes))
    once: Numbers = keys[np.diff(keys, prepend=-1) != 0]
    return once


def postings_of(text_id: int, hashes: Hashes, tfs: Iterable[int] | None = None) -> Postings:
    """Return a text's postings; `tfs` says how often each hash occurs, for `Channel.TERM`."""
    if tfs is None:
        keys = keys_of(hashes)
        return Postings(text_id, keys, np.zeros_like(keys), len(keys))
    often = np.fromiter(tfs, np.int64)
    keys, place = np.unique(_mixed(hashes), return_inverse=True)
    counts = np.bincount(place, often, len(keys)).astype(np.int64)
    length = int(often.sum())
    weights = (np.minimum(counts, _MOST_OFTEN) << 8) | length_class(length)
    return Postings(text_id, keys, weights, length)


def length_class(length: int) -> int:
    """Return the class of a length: a step for every 4.4 %, up to 60,000."""
    return min(255, round(_STEPS * log2(max(length, 1))))


def often_and_length(weights: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how often each posting's term occurs in its text, and how long the text is."""
    return (weights >> 8).astype(np.float64), np.exp2((weights & 255) / _STEPS)


def _mixed(hashes: Hashes) -> Numbers:
    """Return the keys, in the order of the hashes (the finalizer of splitmix64, cut short)."""
    given = hashes if isinstance(hashes, np.ndarray) else _unsigned(list(hashes))
    mixed = given.astype(np.uint64)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - KEY_BITS)).astype(np.int64)


def _unsigned(hashes: list[int]) -> NDArray[np.uint64]:
    """Return signed or unsigned numbers as unsigned ones."""
    try:
        return np.array(hashes, np.int64).view(np.uint64)
    except OverflowError:
        return np.fromiter((value & _WHOLE for value in hashes), np.uint64)


def array_of(numbers: Numbers) -> str:
    """Write numbers, none of them negative, the way PostgreSQL reads an array."""
    return "{" + spell(numbers).tobytes().decode()[:-1] + "}"

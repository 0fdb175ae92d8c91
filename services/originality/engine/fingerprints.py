"""A text as a small set of numbers, such that a copied passage keeps some of them.

Winnowing (Schleimer, Wilkerson, Aiken 2003) over bare words: of every `WINDOW` neighbouring
shingles of `SHINGLE` words the smallest hash is kept, so two texts that share
`SHINGLE + WINDOW - 1` words in a row always share a fingerprint. Masked words have none.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from services.originality.engine.words import Words

SHINGLE = 5
WINDOW = 8

_BASE = 0x9E3779B97F4A7C15
_WHOLE = (1 << 64) - 1
_TOP = pow(_BASE, SHINGLE, 1 << 64)


def fingerprints(words: Words, masked: Sequence[bool]) -> frozenset[int]:
    """Return the kept hashes as signed 64-bit numbers, the same on every machine."""
    kept: set[int] = set()
    for first, last in _open_runs(masked):
        kept.update(_winnowed(_shingles(words.bare[first:last])))
    return frozenset(kept)


def _open_runs(masked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the longest stretches of words that are not masked."""
    first = 0
    for place, hidden in enumerate([*masked, True]):
        if hidden:
            if place - first >= SHINGLE:
                yield first, place
            first = place + 1


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Return a number for a word, the same on every machine."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest())


def _shingles(words: Sequence[str]) -> list[int]:
    """Hash every `SHINGLE` neighbouring words, rolling."""
    numbers = [_number(word) for word in words]
    hashes = []
    rolling = 0
    for place, number in enumerate(numbers):
        rolling = rolling * _BASE + number
        if place >= SHINGLE:
            rolling -= numbers[place - SHINGLE] * _TOP
        rolling &= _WHOLE
        if place >= SHINGLE - 1:
            # The low bits of a rolling hash are weak, and the minimum is taken of the high ones.
            mixed = (rolling ^ (rolling >> 31)) * 0x94D049BB133111EB & _WHOLE
            hashes.append((mixed ^ (mixed >> 29)) - (1 << 63))
    return hashes


def _winnowed(hashes: list[int]) -> Iterator[int]:
    """Yield the smallest hash of every window."""
    if len(hashes) <= WINDOW:
        yield min(hashes)
        return
    least, leaves = 0, -1  # the kept minimum and the place where it falls out of the window
    for end in range(WINDOW, len(hashes) + 1):
        if leaves < end - WINDOW:
            window = hashes[end - WINDOW : end]
            least = min(window)
            leaves = end - 1 - window[::-1].index(least)
            yield least
        elif hashes[end - 1] <= least:
            if hashes[end - 1] < least:
                yield hashes[end - 1]
            least, leaves = hashes[end - 1], end - 1

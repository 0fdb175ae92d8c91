"""How postings are packed into the rows of the index, bit by bit, and how they are found there.

A *posting* is a key, a text's number and, in a channel that weighs, 16 bits of weight. A bucket
is their count in two bytes, then, in the order of keys and texts, for each posting

    1, key minus the one before in Rice code, text, weight      where the key is a new one
    0, text, weight                                             where it is the one before

Texts take `width` bits, counted from the segment's first. `shape` is what a segment says of all
its buckets: bits of a bucket's number, of the Rice remainder, of a text, of a weight.
"""

import numba
import numpy as np

KEY_BITS = 42  # of a hash; a million long texts share one by chance once in 5,000 look-ups
COUNT = 16  # bits before the postings of a bucket
PADDING = 8  # bytes a reader may look beyond the last bit
COPY_HEADER = 19  # bytes before the first row of PostgreSQL's binary COPY
COPY_FIELDS = 4  # numbers before the packed postings in a row


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def peek(packed: np.ndarray, at: int, width: int) -> int:
    """Return `width` bits, up to 56, from a bit on."""
    byte, word = at >> 3, np.uint64(0)
    for step in range(8):
        word |= np.uint64(packed[byte + step]) << np.uint64(8 * step)
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    return int((word >> np.uint64(at & 7)) & mask)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def poke(packed: np.ndarray, at: int, width: int, value: int) -> int:
    """Set `width` bits, up to 56, that are still zero; return the bit after them."""
    word, byte = np.uint64(value) << np.uint64(at & 7), at >> 3
    while word:
        packed[byte] |= np.uint8(word & np.uint64(255))
        word >>= np.uint64(8)
        byte += 1
    return at + width


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def rice(packed: np.ndarray, at: int, remainder: int) -> tuple[int, int]:
    """Read a number in Rice code; return it and the bit after it."""
    ones = 0
    while peek(packed, at, 1):
        ones += 1
        at += 1
    at += 1
    return (ones << remainder) | peek(packed, at, remainder), at + remainder


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def sizes(keys: np.ndarray, ends: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return how many bytes each bucket takes; bucket i has the keys from `ends[i - 1]` on."""
    taken = np.zeros(len(ends), np.int64)
    shift, first = KEY_BITS - shape[0], 0
    for row in range(len(ends)):
        bits, before = COUNT, (keys[first] >> shift) << shift
        for place in range(first, ends[row]):
            if place == first or keys[place] != before:
                bits += ((keys[place] - before) >> shape[1]) + 1 + shape[1]
                before = keys[place]
            bits += 1 + shape[2] + shape[3]
        taken[row] = (bits + 7) >> 3
        first = ends[row]
    return taken


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def pack(
    keys: np.ndarray, texts: np.ndarray, weights: np.ndarray, ends: np.ndarray, shape: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pack sorted postings into buckets; return all their bytes and where each bucket ends."""
    stops = np.cumsum(sizes(keys, ends, shape))
    packed = np.zeros(stops[-1] + PADDING, np.uint8)
    shift, first = KEY_BITS - shape[0], 0
    for row in range(len(ends)):
        at = 8 * stops[row - 1] if row else 0
        at = poke(packed, at, COUNT, ends[row] - first)
        before = (keys[first] >> shift) << shift
        for place in range(first, ends[row]):
            if place == first or keys[place] != before:
                gap = keys[place] - before
                packed[at >> 3] |= np.uint8(1 << (at & 7))
                at += 1
                for _ in range(gap >> shape[1]):
                    packed[at >> 3] |= np.uint8(1 << (at & 7))
                    at += 1
                at = poke(packed, at + 1, shape[1], gap & ((1 << shape[1]) - 1))
                before = keys[place]
            else:
                at += 1
            at = poke(packed, at, shape[2], texts[place])
            at = poke(packed, at, shape[3], weights[place])
        first = ends[row]
    return packed, stops


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def unpack(packed: np.ndarray, rows: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return key, text and weight of every posting in these rows; see `fields` for rows."""
    total = 0
    for row in range(len(rows)):
        total += peek(packed, 8 * rows[row, 4], COUNT)
    found, place = np.empty((3, total), np.int64), 0
    for row in range(len(rows)):
        at = 8 * rows[row, 4] + COUNT
        key = rows[row, 2] << (KEY_BITS - shape[0])
        for _ in range(peek(packed, 8 * rows[row, 4], COUNT)):
            at += 1
            if peek(packed, at - 1, 1):
                gap, at = rice(packed, at, shape[1])
                key += gap
            found[0, place] = key
            found[1, place] = peek(packed, at, shape[2])
            found[2, place] = peek(packed, at + shape[2], shape[3])
            at += shape[2] + shape[3]
            place += 1
    return found


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def match(
    packed: np.ndarray, rows: np.ndarray, shape: np.ndarray, asked: np.ndarray
) -> np.ndarray:
    """Return, of the postings in these rows with an asked key, its place, text and weight.

    `asked` is sorted; a bucket is read up to the last asked key that could be in it.
    """
    total = 0
    for row in range(len(rows)):
        total += peek(packed, 8 * rows[row, 4], COUNT)
    found, count, shift = np.empty((3, total), np.int64), 0, KEY_BITS - shape[0]
    for row in range(len(rows)):
        at, key = 8 * rows[row, 4] + COUNT, rows[row, 2] << shift
        place = np.searchsorted(asked, key)
        end = np.searchsorted(asked, key + (1 << shift))
        for _ in range(peek(packed, 8 * rows[row, 4], COUNT)):
            at += 1
            if peek(packed, at - 1, 1):
                gap, at = rice(packed, at, shape[1])
                key += gap
                while place < end and asked[place] < key:
                    place += 1
                if place == end:
                    break
            if asked[place] == key:
                found[0, count] = place
                found[1, count] = peek(packed, at, shape[2])
                found[2, count] = peek(packed, at + shape[2], shape[3])
                count += 1
            at += shape[2] + shape[3]
    return found[:, :count]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def fields(copied: np.ndarray) -> np.ndarray:
    """Read the rows of a binary COPY: four numbers of eight bytes, then bytes or nothing.

    Returns, a row each, the numbers, where the bytes begin, and how many there are (-1: none).
    """
    count, at = 0, COPY_HEADER
    while number(copied, at, 2) == COPY_FIELDS + 1:
        at += 2 + 12 * COPY_FIELDS
        at += 4 + max(0, number(copied, at, 4))
        count += 1
    rows, at = np.empty((count, COPY_FIELDS + 2), np.int64), COPY_HEADER
    for row in range(count):
        at += 2
        for field in range(COPY_FIELDS):
            rows[row, field] = number(copied, at + 4, 8)
            at += 12
        rows[row, COPY_FIELDS] = at + 4
        rows[row, COPY_FIELDS + 1] = number(copied, at, 4)
        at += 4 + max(0, number(copied, at, 4))
    return rows


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def number(written: np.ndarray, at: int, size: int) -> int:
    """Return the signed number of `size` bytes, the highest first, that PostgreSQL wrote."""
    value = int(written[at])
    if value > 127:
        value -= 256
    for step in range(1, size):
        value = (value << 8) | int(written[at + step])
    return value

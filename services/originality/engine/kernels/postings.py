"""How postings are packed into the rows of the index, bit by bit, and how they are found there.

A *posting* is a key, a text's number and, in a channel that weighs, 16 bits of weight. A bucket
is their count in two bytes, then the postings by key and text, each in as few bits as the segment
needs: what the bucket's number leaves of the key, the text counted from the segment's first, the
weight. All postings of a segment are of one size, so that a key is found by halving.

A fresh text is its postings alone, by key, eight bytes each: the weight, then the key.

`shape` is what a segment says of its buckets: bits of a bucket's number, of a text, of a weight.
Bits are counted from the lowest of the first byte; readers take them from `words` of 64.
"""

import numpy as np

from services.originality.engine.kernels.jit import kernel

KEY_BITS = 37  # of a hash; an asked key is another's by chance once in 1,000 at a million texts
COUNT = 16  # bits before the postings of a bucket
WEIGHT_BITS = 16  # of a posting in a channel that weighs, and of each of a fresh text
PADDING = 16  # bytes a reader may look beyond the last bit
ROOM = 4_096  # postings found, at first
NEAR = 8  # postings from where a key should be to where it seldom is beyond
TEN, ZERO, COMMA = np.int64(10), ord("0"), ord(",")
COPY_HEADER = 19  # bytes before the first row of PostgreSQL's binary COPY
COPY_FIELDS = 4  # numbers before the packed postings in a row


@kernel
def peek(words: np.ndarray, at: int, width: int) -> int:
    """Return `width` bits, up to 63, from a bit on."""
    # Unsigned, because of a signed place it would be asked whether it counts from the end.
    word, shift = np.uint64(at) >> np.uint64(6), np.uint64(at) & np.uint64(63)
    # In two steps, because a word cannot be moved by 64 bits.
    high = (words[word + np.uint64(1)] << np.uint64(1)) << (np.uint64(63) - shift)
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    return np.int64(((words[word] >> shift) | high) & mask)  # type: ignore[return-value]


@kernel
def poke(packed: np.ndarray, at: int, width: int, value: int) -> int:
    """Set `width` bits, up to 56, that are still zero; return the bit after them."""
    word, byte = np.uint64(value) << np.uint64(at & 7), at >> 3
    while word:
        packed[byte] |= np.uint8(word & np.uint64(255))
        word >>= np.uint64(8)
        byte += 1
    return at + width


@kernel
def pack(
    keys: np.ndarray, texts: np.ndarray, weights: np.ndarray, ends: np.ndarray, shape: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pack sorted postings into buckets; return all their bytes and where each bucket ends.

    Bucket i has the postings up to `ends[i]`.
    """
    low = KEY_BITS - shape[0]
    size, mask = low + shape[1] + shape[2], (np.int64(1) << low) - 1
    stops, stop, first = np.empty(len(ends), np.int64), 0, 0
    for row in range(len(ends)):
        stop += (COUNT + (ends[row] - first) * size + 7) >> 3
        stops[row], first = stop, ends[row]
    packed, first = np.zeros(stop + PADDING, np.uint8), 0
    for row in range(len(ends)):
        at = 8 * stops[row - 1] if row else 0
        at = poke(packed, at, COUNT, ends[row] - first)
        for place in range(first, ends[row]):
            at = poke(packed, at, low, keys[place] & mask)
            at = poke(packed, at, shape[1], texts[place])
            at = poke(packed, at, shape[2], weights[place])
        first = ends[row]
    return packed, stops


@kernel
def unpack(words: np.ndarray, rows: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return key, text and weight of every posting in these rows; see `fields` for rows."""
    low = KEY_BITS - shape[0]
    size, total = low + shape[1] + shape[2], 0
    for row in range(len(rows)):
        total += peek(words, 8 * rows[row, 4], COUNT)
    found, place = np.empty((3, total), np.int64), 0
    for row in range(len(rows)):
        at = 8 * rows[row, 4] + COUNT
        for _ in range(peek(words, 8 * rows[row, 4], COUNT)):
            found[0, place] = (rows[row, 2] << low) | peek(words, at, low)
            found[1, place] = peek(words, at + low, shape[1])
            found[2, place] = peek(words, at + low + shape[1], shape[2])
            at += size
            place += 1
    return found


@kernel
def match(words: np.ndarray, rows: np.ndarray, shape: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return, of the postings in these rows with an asked key, its place, text and weight.

    `asked` is sorted.
    """
    low = KEY_BITS - shape[0]
    size, mask = low + shape[1] + shape[2], (np.int64(1) << low) - 1
    found, count = np.empty((3, ROOM), np.int64), 0
    for row in range(len(rows)):
        begin, total = 8 * rows[row, 4] + COUNT, peek(words, 8 * rows[row, 4], COUNT)
        place = np.searchsorted(asked, rows[row, 2] << low)
        while place < len(asked) and asked[place] >> low == rows[row, 2]:
            key = asked[place] & mask
            posting = halve(words, (begin, size, low), total, key)
            while posting < total and peek(words, begin + posting * size, low) == key:
                if count == found.shape[1]:
                    found = np.concatenate((found, np.empty_like(found)), axis=1)
                at = begin + posting * size + low
                found[0, count] = place
                found[1, count] = peek(words, at, shape[1])
                found[2, count] = peek(words, at + shape[1], shape[2])
                count += 1
                posting += 1
            place += 1
    return found[:, :count]


@kernel
def halve(words: np.ndarray, bucket: tuple[int, int, int], total: int, key: int) -> int:
    """Return the first of a bucket's postings whose key is not smaller; `total` if all are.

    `bucket` says where the first posting begins, the size of one, and that of its key. Keys are
    spread evenly, so one is near where its share of the bucket is, and memory is read there only.
    """
    begin, size, low = bucket
    left, right, guess = 0, total, (key * total) >> low
    for probe in (guess - NEAR, guess + NEAR):
        if 0 <= probe < total:
            if peek(words, begin + probe * size, low) < key:
                left = max(left, probe + 1)
            else:
                right = min(right, probe)
    while left < right:
        middle = (left + right) >> 1
        if peek(words, begin + middle * size, low) < key:
            left = middle + 1
        else:
            right = middle
    return left


@kernel
def meet(words: np.ndarray, rows: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return, of fresh texts' postings with an asked key, its place, the text and the weight.

    A row's third number is the text's. `asked` is sorted, as the postings of a text are.
    """
    found, count = np.empty((3, ROOM), np.int64), 0
    for row in range(len(rows)):
        at, last = 8 * rows[row, 4], 8 * (rows[row, 4] + rows[row, 5])
        for place in range(len(asked)):
            while at < last and peek(words, at + WEIGHT_BITS, KEY_BITS) < asked[place]:
                at += 64
            if at == last:
                break
            if peek(words, at + WEIGHT_BITS, KEY_BITS) == asked[place]:
                if count == found.shape[1]:
                    found = np.concatenate((found, np.empty_like(found)), axis=1)
                found[0, count] = place
                found[1, count] = rows[row, 2]
                found[2, count] = peek(words, at, WEIGHT_BITS)
                count += 1
    return found[:, :count]


@kernel
def spell(numbers: np.ndarray) -> np.ndarray:
    """Write numbers, none of them negative, in digits with a comma after each."""
    room = 0
    for place in range(len(numbers)):
        room, left = room + 2, numbers[place]
        while left >= TEN:
            left //= TEN
            room += 1
    written = np.empty(room, np.uint8)
    at = room
    for place in range(len(numbers) - 1, -1, -1):
        at -= 1
        written[at], left = COMMA, numbers[place]
        while True:
            at -= 1
            written[at] = ZERO + left % TEN
            left //= TEN
            if left == 0:
                break
    return written


@kernel
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


@kernel
def spread(words: np.ndarray, row: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return rows of buckets out of a row that has them all: their numbers, then their bytes.

    The row's third number says how many there are.
    """
    copied, size = words.view(np.uint8), KEY_BITS - shape[0] + shape[1] + shape[2]
    rows = np.zeros((row[2], COPY_FIELDS + 2), np.int64)
    at = row[COPY_FIELDS]
    begin = at + 4 * row[2]
    for place in range(row[2]):
        rows[place, 2] = number(copied, at + 4 * place, 4)
        rows[place, COPY_FIELDS] = begin
        begin += (COUNT + peek(words, 8 * begin, COUNT) * size + 7) >> 3
    return rows


@kernel
def number(written: np.ndarray, at: int, size: int) -> int:
    """Return the signed number of `size` bytes, the highest first, that PostgreSQL wrote."""
    value = int(written[at])
    if value > 127:
        value -= 256
    for step in range(1, size):
        value = (value << 8) | int(written[at + step])
    return value

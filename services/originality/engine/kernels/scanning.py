"""Words out of code points: where they are, their two numbers, where sentences begin.

Start with `scan`. Every code point is looked up once in a table of letters.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.hashing import EMPTY, GOLDEN, PRIME, START, mixed
from services.originality.engine.kernels.jit import kernel

Flags = NDArray[np.bool_]
Numbers = NDArray[np.uint64]
Places = NDArray[np.int32]

Points = NDArray[np.uint32]
Weights = NDArray[np.float64]

STEM = 5  # letters; what follows tells the forms of an English word apart


class Kind(IntEnum):
    """What a code point does to the word it stands in."""

    OTHER = 0  # ends it
    LETTER = 1
    MARK = 2  # belongs to the letter before it
    NOTHING = 3  # is not there
    END = 4  # ends it, and perhaps a sentence
    BREAK = 5  # ends it, and a line


OTHER, LETTER, MARK, NOTHING, END, BREAK = (int(kind) for kind in Kind)


# What is known of a code point, packed into one number. `BASE_AT` is its first letter, small and
# unmarked; others, as of a ligature, stand in an array of their own from `MORE_AT` on, up to a 0.
KIND_BITS = np.uint64(7)
QUALITY_AT, QUALITY_BITS = np.uint64(3), np.uint64(15)
TONE_AT, TONE_BITS = np.uint64(7), np.uint64(7)
DISGUISED_BIT = np.uint64(1 << 10)
SMALL_BIT = np.uint64(1 << 11)
BASE_AT, BASE_BITS = np.uint64(12), np.uint64((1 << 21) - 1)
MORE_AT = np.uint64(33)


class Scanned(NamedTuple):
    """The words of a text, an array each; the last two count words with disguises."""

    starts: Places
    ends: Places
    bare: Numbers
    exact: Numbers
    stems: Numbers
    alphabetic: Flags
    unmarked: Flags
    sentences: Flags
    mixed_scripts: int
    unseen: int


# What is known of a word while it is read, as places of an array.
BARE, EXACT, STEMMED, TONE, BASE, QUALITY, LENGTH, DIGITS, MARKED, DISGUISED, PLAIN, UNSEEN = (
    range(12)
)
_WORD = 12


@kernel
def look(point: np.uint32, letters: Numbers) -> np.uint64:
    """Say what a code point is; beyond the table are ideographs, and tags nobody sees."""
    if point < letters.shape[0]:
        return np.uint64(letters[point])
    if 0xE0000 <= point < 0xE1000:
        return np.uint64(NOTHING)
    if point < 0x40000:
        return np.uint64(LETTER) | (np.uint64(point) << BASE_AT)
    return np.uint64(OTHER)


@kernel
def find_words(seen: Numbers, starts: Places, ends: Places) -> int:
    """Note where words begin and end; return how many there are."""
    count = 0
    inside = False
    for place in range(seen.shape[0]):
        kind = seen[place] & KIND_BITS
        if kind == LETTER:
            if not inside:
                starts[count] = place
                count += 1
                inside = True
            ends[count - 1] = place + 1
        elif kind == MARK:
            if inside:
                ends[count - 1] = place + 1
        elif kind != NOTHING:
            inside = False
    return count


@kernel
def settle(word: Numbers) -> None:
    """Let the letter that has waited for its marks into the word's numbers."""
    if word[LENGTH] == EMPTY:
        return
    word[BARE] = (word[BARE] ^ word[BASE]) * PRIME
    word[EXACT] = (word[EXACT] ^ (word[BASE] * np.uint64(16) + word[QUALITY])) * PRIME
    word[MARKED] |= word[QUALITY]
    if word[LENGTH] <= STEM:
        word[STEMMED] = word[BARE]
    if np.uint64(48) <= word[BASE] <= np.uint64(57):
        word[DIGITS] += np.uint64(1)


@kernel
def add_letter(word: Numbers, base: np.uint64, quality: np.uint64) -> None:
    """Put one more letter to a word; it waits for its marks."""
    settle(word)
    word[BASE] = base
    word[QUALITY] = quality
    word[LENGTH] += np.uint64(1)


@kernel
def read_letter(seen: np.uint64, further: Numbers, word: Numbers) -> None:
    """Put a code point that is a letter, or several drawn as one, to a word."""
    base = (seen >> BASE_AT) & BASE_BITS
    add_letter(word, base, (seen >> QUALITY_AT) & QUALITY_BITS)
    more = seen >> MORE_AT
    while further[more]:
        add_letter(word, further[more], np.uint64(0))
        more += np.uint64(1)
    if seen & DISGUISED_BIT:
        word[DISGUISED] = np.uint64(1)
    elif np.uint64(97) <= base <= np.uint64(122):
        word[PLAIN] = np.uint64(1)


@kernel
def read_word(seen: Numbers, further: Numbers, word: Numbers) -> None:
    """Read the code points of one word."""
    word[:] = np.uint64(0)
    word[BARE] = word[EXACT] = START
    for each in seen:
        kind = each & KIND_BITS
        if kind == LETTER:
            read_letter(each, further, word)
        elif kind == MARK:
            word[QUALITY] |= (each >> QUALITY_AT) & QUALITY_BITS
        else:
            word[UNSEEN] = np.uint64(1)
        tone = (each >> TONE_AT) & TONE_BITS
        if tone:
            word[TONE] = tone
    settle(word)


@kernel
def parts(gap: Numbers, after: np.uint64, initial: bool) -> bool:  # noqa: FBT001
    """Say whether a sentence ends between two words; `after` is what the second begins with.

    No sentence ends inside 3.5 or after an initial, and none where a line is broken before a
    small letter.
    """
    lines = 0
    for place in range(gap.shape[0]):
        kind = gap[place] & KIND_BITS
        if kind == END and place + 1 < gap.shape[0] and not (initial and place == 0):
            return True
        lines += kind == BREAK
    return lines > 1 or (lines == 1 and not after & SMALL_BIT)


@kernel
def scan(points: Points, letters: Numbers, further: Numbers) -> Scanned:
    """Find and number the words of a text given as code points."""
    seen = np.empty(points.shape[0], np.uint64)
    for place in range(points.shape[0]):
        seen[place] = look(points[place], letters)
    starts = np.empty(points.shape[0] // 2 + 1, np.int32)
    ends = np.empty_like(starts)
    count = find_words(seen, starts, ends)
    starts, ends = starts[:count].copy(), ends[:count].copy()
    keys = np.empty((3, count), np.uint64)
    alphabetic, unmarked = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    sentences = np.ones(count, np.bool_)
    mixed_scripts, unseen, letters_before = 0, 0, np.uint64(0)
    word = np.empty(_WORD, np.uint64)
    for place in range(count):
        read_word(seen[starts[place] : ends[place]], further, word)
        keys[0, place], keys[2, place] = mixed(word[BARE]), mixed(word[STEMMED])
        keys[1, place] = mixed(word[EXACT] + word[TONE] * GOLDEN)
        alphabetic[place] = word[DIGITS] == EMPTY
        unmarked[place] = (word[MARKED] | word[TONE]) == EMPTY
        mixed_scripts += int(word[DISGUISED] * word[PLAIN])
        unseen += int(word[UNSEEN])
        if place:
            gap = seen[ends[place - 1] : starts[place]]
            sentences[place] = parts(gap, seen[starts[place]], letters_before == 1)
        letters_before = word[LENGTH]
    flags = (alphabetic, unmarked, sentences)
    return Scanned(starts, ends, keys[0], keys[1], keys[2], *flags, mixed_scripts, unseen)

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


class Word(NamedTuple):
    """A word as it has been read: its numbers, and what is known of its letters."""

    bare: np.uint64
    exact: np.uint64
    stem: np.uint64
    letters: int
    digits: int
    is_marked: bool
    is_mixed: bool
    has_unseen: bool


@kernel
def read_word(  # noqa: C901, PLR0912, PLR0915  # kept in registers: in parts, half as fast
    seen: Numbers, start: int, end: int, further: Numbers
) -> Word:
    """Read the code points of one word, from `start` up to `end`.

    A letter waits for its marks before it goes into the numbers; those of one point that draws
    several letters follow each other.
    """
    bare = exact = stem = START
    tone = marks = base = quality = EMPTY
    letters = digits = 0
    is_disguised = has_plain = has_unseen = False
    for at in range(start, end):
        each = seen[at]
        kind = each & KIND_BITS
        if kind == LETTER:
            letter = (each >> BASE_AT) & BASE_BITS
            more = each >> MORE_AT
            if each & DISGUISED_BIT:
                is_disguised = True
            elif np.uint64(97) <= letter <= np.uint64(122):
                has_plain = True
            after = (each >> QUALITY_AT) & QUALITY_BITS
            while letter:
                if letters:
                    bare = (bare ^ base) * PRIME
                    exact = (exact ^ (base * np.uint64(16) + quality)) * PRIME
                    marks |= quality
                    if letters <= STEM:
                        stem = bare
                    digits += int(np.uint64(48) <= base <= np.uint64(57))
                base, quality, after = letter, after, EMPTY
                letters += 1
                letter = further[more]
                more += np.uint64(1)
        elif kind == MARK:
            quality |= (each >> QUALITY_AT) & QUALITY_BITS
        else:
            has_unseen = True
        if (each >> TONE_AT) & TONE_BITS:
            tone = (each >> TONE_AT) & TONE_BITS
    bare = (bare ^ base) * PRIME
    exact = (exact ^ (base * np.uint64(16) + quality)) * PRIME
    if letters <= STEM:
        stem = bare
    digits += int(np.uint64(48) <= base <= np.uint64(57))
    return Word(
        mixed(bare),
        mixed(exact + tone * GOLDEN),
        mixed(stem),
        letters,
        digits,
        (marks | quality | tone) != EMPTY,
        is_disguised and has_plain,
        has_unseen,
    )


@kernel
def parts(seen: Numbers, start: int, end: int, initial: bool) -> bool:  # noqa: FBT001
    """Say whether a sentence ends between two words: the first's end and the second's start.

    No sentence ends inside 3.5 or after an initial, and none where a line is broken before a
    small letter.
    """
    lines = 0
    for place in range(start, end):
        kind = seen[place] & KIND_BITS
        if kind == END and place + 1 < end and not (initial and place == start):
            return True
        lines += kind == BREAK
    return lines > 1 or (lines == 1 and not seen[end] & SMALL_BIT)


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
    mixed_scripts, unseen, letters_before = 0, 0, 0
    for place in range(count):
        word = read_word(seen, starts[place], ends[place], further)
        keys[0, place], keys[1, place], keys[2, place] = word.bare, word.exact, word.stem
        alphabetic[place] = word.digits == 0
        unmarked[place] = not word.is_marked
        mixed_scripts += word.is_mixed
        unseen += word.has_unseen
        if place:
            gap = ends[place - 1], starts[place]
            sentences[place] = parts(seen, *gap, letters_before == 1)
        letters_before = word.letters
    flags = (alphabetic, unmarked, sentences)
    return Scanned(starts, ends, keys[0], keys[1], keys[2], *flags, mixed_scripts, unseen)

"""Words in a row that stand in both texts. Start with `runs`."""

import numpy as np

from services.originality.engine.kernels.hashing import EMPTY
from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Flags, Numbers, Places
from services.originality.engine.kernels.shingles import shingles

COMMON = 12  # a shingle that stands in the source more often begins no run


@kernel
def chain(rows: Numbers) -> tuple[Numbers, Places, Places, Places]:
    """Make a table of shingles: number, last place, and for each place the one before; counts."""
    size = 16
    while size < 2 * rows.shape[0]:
        size *= 2
    keys, lasts = np.zeros(size, np.uint64), np.empty(size, np.int32)
    before, counts = np.empty(rows.shape[0], np.int32), np.zeros(size, np.int32)
    for place in range(rows.shape[0]):
        at = find(keys, rows[place])
        before[place] = lasts[at] if keys[at] != EMPTY else -1
        keys[at], lasts[at] = rows[place], place
        counts[at] += 1
    return keys, lasts, before, counts


@kernel
def find(keys: Numbers, number: np.uint64) -> np.int64:
    """Return where a number stands in a table, or the empty place where it would."""
    last = np.uint64(keys.shape[0] - 1)
    at = number & last
    while keys[at] != number and keys[at] != EMPTY:
        at = (at + np.uint64(1)) & last
    return np.int64(at)


@kernel
def reach(here: Numbers, there: Numbers, ours: int, theirs: int) -> int:
    """Return how many words in a row are the same from these places on."""
    most = min(here.shape[0] - ours, there.shape[0] - theirs)
    length = 0
    while length < most and here[ours + length] == there[theirs + length]:
        length += 1
    return length


@kernel
def runs(here: Numbers, there: Numbers, size: int, shortest: int) -> Places:
    """Return every longest run of at least `shortest` words: place here, there, length a row.

    Runs are sought by shingles of `size` words.
    """
    keys, lasts, before, counts = chain(shingles(there, size))
    found = np.empty((16, 3), np.int32)
    count = 0
    rows = shingles(here, size)
    for ours in range(rows.shape[0]):
        at = find(keys, rows[ours])
        if keys[at] == EMPTY or counts[at] > COMMON:
            continue
        theirs = lasts[at]
        while theirs >= 0:
            goes_on = ours and theirs and here[ours - 1] == there[theirs - 1]
            # Of a run that began before, the first shingle may have been too common.
            if not goes_on or counts[find(keys, rows[ours - 1])] > COMMON:
                length = reach(here, there, ours, theirs)
                if length >= shortest:
                    if count == found.shape[0]:
                        found = np.concatenate((found, np.empty_like(found)))
                    found[count, 0], found[count, 1], found[count, 2] = ours, theirs, length
                    count += 1
            theirs = before[theirs]
    return found[:count].copy()


@kernel
def covered(found: Places, side: int, total: int) -> Flags:
    """Say which of `total` words stand in a run; `side` is 0 here and 1 in the source."""
    marks = np.zeros(total, np.bool_)
    for run in found:
        marks[run[side] : run[side] + run[2]] = True
    return marks


@kernel
def stretch(hull: Places, found: Places, gap: int) -> None:
    """Let a passage reach out to the runs no more than so many words away on both sides.

    `hull` is first and last here, first and last there; it is changed.
    """
    before = -1
    while before != hull[1] - hull[0] + hull[3] - hull[2]:
        before = hull[1] - hull[0] + hull[3] - hull[2]
        for run in found:
            near_here = run[0] <= hull[1] + gap and run[0] + run[2] >= hull[0] - gap
            near_there = run[1] <= hull[3] + gap and run[1] + run[2] >= hull[2] - gap
            if near_here and near_there:
                hull[0], hull[1] = min(hull[0], run[0]), max(hull[1], run[0] + run[2])
                hull[2], hull[3] = min(hull[2], run[1]), max(hull[3], run[1] + run[2])

"""Rows of words as numbers, and the few of them that are kept as fingerprints.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every `window` neighbouring shingles the one with
the smallest number is kept, so two texts that share `size + window - 1` words in a row always
share a kept one.
"""

import numpy as np

from services.originality.engine.kernels.hashing import followed, mixed
from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Flags, Numbers, Places


@kernel
def shingles(numbers: Numbers, size: int) -> Numbers:
    """Return a number for every `size` neighbouring words; fewer words have none."""
    count = max(0, numbers.shape[0] - size + 1)
    found = np.empty(count, np.uint64)
    for place in range(count):
        row = np.uint64(0)
        for at in range(place, place + size):
            row = followed(row, numbers[at])
        found[place] = mixed(row)
    return found


@kernel
def least(numbers: Numbers, first: int, last: int) -> int:
    """Return the place of the smallest number in a range, the last of equal ones."""
    chosen = first
    for place in range(first, last):
        if numbers[place] <= numbers[chosen]:
            chosen = place
    return chosen


@kernel
def winnow(numbers: Numbers, window: int, kept: Places) -> int:
    """Note the places of the numbers to keep; return how many they are."""
    total = numbers.shape[0]
    if total == 0:
        return 0
    kept[0] = least(numbers, 0, min(window, total))
    count = 1
    for end in range(window, total):
        chosen = kept[count - 1]
        if chosen <= end - window:
            chosen = least(numbers, end - window + 1, end + 1)
        elif numbers[end] < numbers[chosen]:
            chosen = end
        if chosen != kept[count - 1]:
            kept[count] = chosen
            count += 1
    return count


@kernel
def fingerprints(
    numbers: Numbers, masked: Flags, size: int, window: int
) -> tuple[Numbers, Places]:
    """Return the kept shingles of every stretch that is not masked, and where each begins."""
    total = numbers.shape[0]
    found, places = np.empty(total, np.uint64), np.empty(total, np.int32)
    kept = np.empty(total + 1, np.int32)
    count = first = 0
    while first < total:
        last = first
        while last < total and not masked[last]:
            last += 1
        rows = shingles(numbers[first:last], size)
        for each in kept[: winnow(rows, window, kept)]:
            found[count], places[count] = rows[each], first + each
            count += 1
        first = last + 1
    return found[:count].copy(), places[:count].copy()

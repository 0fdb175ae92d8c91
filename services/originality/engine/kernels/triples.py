"""Three rare words that stand near each other, in whatever order, as one number.

They outlive what shingles do not: words changed, put in, left out and shuffled.
"""

import numpy as np

from services.originality.engine.kernels.hashing import mixed
from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Numbers, Places, Weights


@kernel
def rarest(numbers: Numbers, weights: Weights, window: tuple[int, int], chosen: Places) -> int:
    """Note the places of a window's heaviest distinct words, the heaviest first; return how many.

    A kernel that cut out the window as an array of its own would be twice as slow.
    """
    count = 0
    for place in range(window[0], window[1]):
        # Most words are lighter than all that are chosen; a chosen one is no heavier than itself.
        full = count == chosen.shape[0]
        if full and not heavier(numbers, weights, place, chosen[count - 1]):
            continue
        known = False
        for at in range(count):
            known |= numbers[chosen[at]] == numbers[place]
        if known:
            continue
        at = count
        while at > 0 and heavier(numbers, weights, place, chosen[at - 1]):
            if at < chosen.shape[0]:
                chosen[at] = chosen[at - 1]
            at -= 1
        if at < chosen.shape[0]:
            chosen[at] = place
            count = min(count + 1, chosen.shape[0])
    return count


@kernel
def heavier(numbers: Numbers, weights: Weights, one: int, other: int) -> bool:
    """Say which of two words is chosen before the other; by their numbers if they weigh alike."""
    if weights[one] != weights[other]:
        return bool(weights[one] > weights[other])
    return bool(numbers[one] < numbers[other])


@kernel
def triples(
    numbers: Numbers, weights: Weights, windows: int, shape: tuple[int, int, int, int]
) -> tuple[Numbers, Places]:
    """Return the kept triples of so many windows, and where each one's window begins.

    `shape` is the words of a window, how far it moves, of how many words triples are made, and
    the one in how many that is kept.
    """
    width, step, size, share = shape
    most = windows * (size * (size - 1) * (size - 2) // 6)
    found, places = np.empty(most, np.uint64), np.empty(most, np.int32)
    chosen, spread = np.empty(size, np.int32), np.empty(size, np.uint64)
    count = 0
    for first in range(0, windows * step, step):
        last = min(first + width, numbers.shape[0])
        words = rarest(numbers, weights, (first, last), chosen)
        for one in range(words):
            spread[one] = mixed(numbers[chosen[one]])
            for two in range(one):
                for three in range(two):
                    number = mixed(spread[one] + spread[two] + spread[three])
                    if number % np.uint64(share) == 0:
                        found[count], places[count] = number, first
                        count += 1
    return found[:count].copy(), places[:count].copy()

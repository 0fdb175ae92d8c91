"""What is shared, weighed: rare words and pairs tell more than common ones."""

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Numbers, Weights


@kernel
def place_of(keys: NDArray[np.uint32], key: np.uint32) -> int:
    """Return the place of the first key that is not smaller."""
    first, last = 0, keys.shape[0]
    while first < last:
        middle = (first + last) // 2
        if keys[middle] < key:
            first = middle + 1
        else:
            last = middle
    return first


@kernel
def weights(
    numbers: Numbers, keys: NDArray[np.uint32], values: Weights, unknown: float
) -> Weights:
    """Look up the weight of each number by its lower half."""
    found = np.full(numbers.shape[0], unknown)
    for place in range(numbers.shape[0]):
        key = np.uint32(numbers[place] & np.uint64(0xFFFFFFFF))
        at = place_of(keys, key)
        if at < keys.shape[0] and keys[at] == key:
            found[place] = values[at]
    return found


@kernel
def shared(
    here: Numbers, weights_here: Weights, there: Numbers, weights_there: Weights
) -> tuple[float, float]:
    """Weigh what two sets of numbers, each rising, have in common.

    Returns the sum, and its part of the lighter set, 0..1.
    """
    total = 0.0
    theirs = 0
    for ours in range(here.shape[0]):
        while theirs < there.shape[0] and there[theirs] < here[ours]:
            theirs += 1
        if theirs < there.shape[0] and there[theirs] == here[ours]:
            total += weights_here[ours]
    lighter = min(weights_here.sum(), weights_there.sum())
    return total, total / lighter if lighter > 0.0 else 0.0

"""What is shared, weighed: rare words and pairs tell more than common ones."""

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Numbers, Places, Weights

Keys = NDArray[np.uint32]


BUCKET = np.uint32(16)  # bits of a key that lie within a bucket


@kernel
def weights(numbers: Numbers, keys: Keys, begins: Places, values: Weights) -> Weights:
    """Look up the weight of each number by its lower half.

    Keys rise; those of a bucket stand from `begins[bucket]` up to `begins[bucket + 1]`. The last
    value is that of a key that is not there.
    """
    found = np.full(numbers.shape[0], values[-1])
    for place in range(numbers.shape[0]):
        key = np.uint32(numbers[place] & np.uint64(0xFFFFFFFF))
        bucket = key >> BUCKET
        for at in range(begins[bucket], begins[bucket + np.uint32(1)]):
            if keys[at] >= key:
                if keys[at] == key:
                    found[place] = values[at]
                break
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

"""Vectors of a signed byte a dimension: sums of them, and their products, in whole numbers.

Loops of our own rather than a library's: those start threads, which in a process among many wait
for each other longer than they work.
"""

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels.jit import kernel

Bytes = NDArray[np.int8]
Reals = NDArray[np.float32]
Rows = NDArray[np.int64]


@kernel
def mixture(vectors: Bytes, scales: Reals, chosen: Rows) -> Reals:
    """Return the sum of the chosen rows, each times its scale."""
    total = np.zeros(vectors.shape[1], np.float32)
    for row in chosen:
        scale = scales[row]
        for at in range(vectors.shape[1]):
            total[at] += scale * np.float32(vectors[row, at])
    return total


@kernel
def cosines(vectors: Bytes, asked: Bytes) -> Reals:
    """Return the cosines between each row and the asked vector, -1..1; 0 without direction."""
    found = np.empty(vectors.shape[0], np.float32)
    own = np.int32(0)
    for at in range(asked.shape[0]):
        own += np.int32(asked[at]) * np.int32(asked[at])
    for row in range(vectors.shape[0]):
        product = length = np.int32(0)
        for at in range(asked.shape[0]):
            value = np.int32(vectors[row, at])
            product += value * np.int32(asked[at])
            length += value * value
        both = np.sqrt(np.float32(length)) * np.sqrt(np.float32(own))
        found[row] = np.float32(product) / max(both, np.float32(1e-9))
    return found


@kernel
def compounds(single: Rows, double: Rows) -> Rows:
    """Return the rows of a text's words, a compound before its parts; -1 says there is none.

    `single` are the rows of its syllables, `double` those of each with the next.
    """
    found = np.empty(single.shape[0], np.int64)
    count = place = 0
    while place < single.shape[0]:
        if place < double.shape[0] and double[place] >= 0:
            found[count] = double[place]
            count += 1
            place += 2
            continue
        if single[place] >= 0:
            found[count] = single[place]
            count += 1
        place += 1
    return found[:count].copy()

"""Numbers for letters, words and rows of words: 64 bits, the same on every machine.

No number is 0, so that 0 may stand for an empty place in a table.
"""

import numpy as np

from services.originality.engine.kernels.jit import kernel

EMPTY = np.uint64(0)
START = np.uint64(0xCBF29CE484222325)  # FNV-1a
PRIME = np.uint64(0x100000001B3)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)

_FIRST = np.uint64(0xBF58476D1CE4E5B9)  # splitmix64
_SECOND = np.uint64(0x94D049BB133111EB)


@kernel
def mixed(number: np.uint64) -> np.uint64:
    """Spread a number over all 64 bits."""
    number = (number ^ (number >> np.uint64(30))) * _FIRST
    number = (number ^ (number >> np.uint64(27))) * _SECOND
    number = number ^ (number >> np.uint64(31))
    return number if number != EMPTY else GOLDEN


@kernel
def followed(row: np.uint64, number: np.uint64) -> np.uint64:
    """Return the number of a row with one more number at its end."""
    row = (row + number) * GOLDEN
    return row ^ (row >> np.uint64(29))

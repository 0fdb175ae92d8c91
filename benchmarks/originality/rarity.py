"""Makes the table of how rare words are: `python -m benchmarks.originality.rarity`.

Counts alone, of texts with a free licence: Vietnamese Wikipedia and the laws. Each is cut into
pieces of `PIECE` words, so that a long text counts as many.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from services.originality.engine import rarity
from services.originality.engine.kernels.scanning import Numbers
from services.originality.engine.words import scan

PIECE = 500  # words
LEAST = {"words": 2, "pairs": 3}  # pieces; what fewer have is as good as unknown
LOWER = np.uint64(0xFFFFFFFF)


def pieces() -> Iterator[Numbers]:
    """Yield the bare words of every piece."""
    for name in (data.WIKI, data.LAWS):
        for record in data.records(name):
            bare = scan(record["text"]).bare
            for first in range(0, len(bare), PIECE):
                yield bare[first : first + PIECE]


def counted(found: Iterable[Numbers]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the lower halves of all numbers, rising, and how many pieces have each."""
    lower = np.concatenate([np.unique(each & LOWER).astype(np.uint32) for each in found])
    return np.unique(lower, return_counts=True)


def main() -> None:
    """Count, and write the table."""
    bare = list(pieces())
    arrays: dict[str, NDArray[np.generic]] = {"unknown": np.float64(np.log((len(bare) + 1) / 1.5))}
    for name, numbers in (("words", bare), ("pairs", [rarity.pairs(each) for each in bare])):
        keys, counts = counted(numbers)
        kept = counts >= LEAST[name]
        weights = np.log((len(bare) + 1) / (counts[kept] + 0.5))
        arrays[f"{name}_keys"] = keys[kept]
        arrays[f"{name}_steps"] = np.rint(weights * rarity.STEP).astype(np.uint8)
        print(f"{kept.sum()} of {len(kept)} {name}")
    np.savez_compressed(rarity.TABLE, allow_pickle=False, **arrays)
    print(f"{len(bare)} pieces, {rarity.TABLE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

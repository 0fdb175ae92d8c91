"""The table of word vectors that ships in `data/`, and what a text looks like in it.

Start with `shipped` and `Table.embed`. `benchmarks.originality.distil` makes the file, ADR 0019
says why. A text is the weighted mean of its words, in which frequent words count little (smooth
inverse frequency, Arora, Liang and Ma 2017). The weights, and the removal of what all texts have
in common, are in the vectors already: only a sum is left to do.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels import vectors as kernels
from services.originality.engine.kernels.vectors import Rows
from services.originality.ideas.terms import Hashes, joined, keys

FILE = Path(__file__).parents[1] / "data" / "vectors.npz"
LEAST = 5  # known words; of fewer there is nothing to compare
UNMARKED = 0.9  # of the syllables without any mark, and the text was typed without

# The curves of chance: at `NINES[n]` nines (2 is 99 %, 3 is 99.9 %) stands the n-th value.
NINES = np.arange(0, 6.01, 0.125)

Reals = NDArray[np.float32]
Vector = NDArray[np.int8]


class Lookup:
    """Words by the keys of their syllables; of words with one key the first stands for all."""

    def __init__(self, syllables: Hashes, lengths: NDArray[np.intp]) -> None:
        ends = np.cumsum(lengths)
        self.single = _Sorted.of(syllables, ends, lengths == 1)
        twos = ends[lengths == 2]
        pairs = np.zeros_like(syllables)
        pairs[twos - 1] = joined(syllables[twos - 2], syllables[twos - 1])
        self.double = _Sorted.of(pairs, ends, lengths == 2)

    def rows(self, syllables: Hashes) -> Rows:
        """Return the rows of a text's words, a compound before its parts; others are left out."""
        return kernels.compounds(
            self.single.find(syllables),
            self.double.find(joined(syllables[:-1], syllables[1:])),
        )


class _Sorted(NamedTuple):
    """Keys in order, and the row of each."""

    keys: Hashes
    rows: NDArray[np.intp]

    @classmethod
    def of(cls, keys: Hashes, ends: NDArray[np.intp], chosen: NDArray[np.bool_]) -> "_Sorted":
        distinct, first = np.unique(keys[ends[chosen] - 1], return_index=True)
        return cls(distinct, np.flatnonzero(chosen)[first])

    def find(self, wanted: Hashes) -> NDArray[np.intp]:
        """Return the rows of these keys, -1 for a key that is not here."""
        if not len(self.keys):
            return np.full(len(wanted), -1, np.intp)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[places] == wanted, self.rows[places], -1)


@dataclass(frozen=True, slots=True)
class Table:
    """Word vectors. `vectors[n] * scales[n]` is what the n-th word adds to a text.

    `cosines` and `shares` are curves of chance over `NINES`: what random pairs of texts reach
    as cosine and as BM25 share. `name` changes with the table, so that no vector of one table is
    ever compared with a vector of another.
    """

    name: str
    vectors: NDArray[np.int8]
    scales: Reals
    cosines: Reals
    shares: Reals
    centroids: Reals
    exact: Lookup
    bare: Lookup

    def rows(self, text: str) -> Rows:
        """Return the rows of a text's words; a text typed without marks is read without."""
        seen = keys(text)
        if not len(seen.exact):
            return np.empty(0, np.int64)
        unmarked = float(seen.unmarked.mean())
        return self.bare.rows(seen.bare) if unmarked > UNMARKED else self.exact.rows(seen.exact)

    def embed(self, text: str) -> Vector | None:
        """Return what a text means as a vector, or None if it has too few known words."""
        rows = self.rows(text)
        if len(rows) < LEAST:
            return None
        return quantised(kernels.mixture(self.vectors, self.scales, rows))


def quantised(reals: NDArray[np.floating]) -> Vector | None:
    """Return a vector's direction in whole numbers, -127..127; None for one without direction."""
    most = float(np.abs(reals).max(initial=0.0))
    if most == 0.0 or not np.isfinite(most):
        return None
    whole: Vector = np.rint(reals * (127 / most)).astype(np.int8)
    return whole


def cosines(vectors: NDArray[np.int8], asked: Vector) -> Reals:
    """Return the cosines between each row and the asked vector, -1..1."""
    return kernels.cosines(vectors, asked)


def percentile(value: float, curve: Reals) -> float:
    """Return the part of random pairs below this value, 0..1; from the last point on it is 1."""
    if value >= curve[-1]:
        return 1.0
    return float(1 - 10 ** -np.interp(value, curve, NINES))


def load(path: Path) -> Table:
    """Read a table that `distil` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode().split("\n")
        lengths = np.array([word.count(" ") + 1 for word in words])
        seen = keys("\n".join(words))
        return Table(
            name=str(stored["name"]),
            vectors=stored["vectors"],
            scales=stored["scales"],
            cosines=stored["cosines"],
            shares=stored["shares"],
            centroids=stored["centroids"],
            exact=Lookup(seen.exact, lengths),
            bare=Lookup(seen.bare, lengths),
        )


@cache
def shipped() -> Table:
    """Return the table that ships with the service; read once per process."""
    return load(FILE)

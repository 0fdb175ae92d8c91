"""Words as vectors of the company they keep: positive mutual information, decomposed.

Levy, Goldberg and Dagan, "Improving Distributional Similarity with Lessons Learned from Word
Embeddings" (2015): contexts smoothed by 3/4, singular values damped. Needs scipy.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-not-found, unused-ignore]  # at build time only

from benchmarks.originality.vocabulary import clauses

WINDOW = 8  # words to either side; the farther the less they count
SMOOTH = 0.75
DAMP = 0.25  # power of the singular values
APART = -1  # what stands between texts in the stream

Numbers = NDArray[np.int32]
Reals = NDArray[np.float32]


def numbered(clause: Sequence[str], rows: Mapping[str, int]) -> Iterator[int]:
    """Yield the numbers of a clause's words, a compound before its parts."""
    place = 0
    while place < len(clause):
        pair = rows.get(" ".join(clause[place : place + 2]))
        if pair is not None and place + 1 < len(clause):
            yield pair
            place += 2
            continue
        if (single := rows.get(clause[place])) is not None:
            yield single
        place += 1


def stream(texts: Iterable[str], words: Sequence[str]) -> Numbers:
    """Return all texts as one row of word numbers, with a gap after each."""
    rows = {word: number for number, word in enumerate(words)}
    gap = np.full(WINDOW, APART, np.int32)
    pieces = []
    for text in texts:
        found = [number for clause in clauses(text) for number in numbered(clause, rows)]
        pieces += [np.array(found, np.int32), gap]
    return np.concatenate(pieces)


def information(found: Numbers, size: int) -> Any:  # noqa: ANN401  # scipy has no types
    """Return how much oftener than by chance words meet: a sparse matrix, nothing below 0."""
    met = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = found[:-distance], found[distance:]
        kept = (left >= 0) & (right >= 0)
        weight = np.full(int(kept.sum()), 1 / (1 + (distance - 1) / 4), np.float32)
        met = met + sparse.coo_matrix((weight, (left[kept], right[kept])), met.shape).tocsr()
    met = met + met.T
    met.data[met.data < 1] = 0  # met once at the edge of a window: chance
    met.eliminate_zeros()
    each = np.asarray(met.sum(axis=1)).ravel()
    context = each**SMOOTH / (each**SMOOTH).sum()
    met = met.tocoo()
    by_chance = each[met.row] * context[met.col]
    positive = np.maximum(np.log(met.data / by_chance), 0)
    result = sparse.csr_matrix((positive, (met.row, met.col)), shape=met.shape)
    result.eliminate_zeros()
    return result


def decomposed(matrix: Any, dimensions: int) -> Reals:  # noqa: ANN401
    """Return each row in so many dimensions (Halko, Martinsson and Tropp 2011), a fixed seed."""
    dice = np.random.default_rng(1)
    basis = dice.standard_normal((matrix.shape[0], dimensions + 40)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ basis)
    left, singular, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    found: Reals = (left[:, :dimensions] * singular[:dimensions] ** DAMP).astype(np.float32)
    return found

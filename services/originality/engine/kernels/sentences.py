"""Sentences as rows of weighted words, and how alike two stretches of them are."""

from typing import NamedTuple

import numpy as np

from services.originality.engine.kernels.hashing import EMPTY
from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Flags, Numbers, Places, Weights


class Vectors(NamedTuple):
    """What the sentences of a text consist of.

    The words of the n-th, each once, stand from `begins[n]` up to `begins[n + 1]`.
    """

    begins: Places
    words: Places
    weights: Weights


@kernel
def bounds(opens: Flags, shortest: int) -> Places:
    """Return where sentences begin, and the end; short ones go with the next."""
    found = np.empty(opens.shape[0] + 1, np.int32)
    found[0] = 0
    count = 1
    for place in range(1, opens.shape[0]):
        if opens[place] and place - found[count - 1] >= shortest:
            found[count] = place
            count += 1
    if count > 1 and opens.shape[0] - found[count - 1] < shortest:
        count -= 1
    found[count] = opens.shape[0]
    return found[: count + 1].copy()


@kernel
def renumber(here: Numbers, there: Numbers) -> tuple[Places, Places, int]:
    """Give the words of two texts numbers from 0 on; return how many different ones there are."""
    size = 16
    while size < 2 * (here.shape[0] + there.shape[0]):
        size *= 2
    keys, values = np.zeros(size, np.uint64), np.empty(size, np.int32)
    ours, theirs = np.empty(here.shape[0], np.int32), np.empty(there.shape[0], np.int32)
    count = enter(here, keys, values, ours, 0)
    count = enter(there, keys, values, theirs, count)
    return ours, theirs, count


@kernel
def enter(numbers: Numbers, keys: Numbers, values: Places, found: Places, count: int) -> int:
    """Look words up in a table, entering new ones; return how many it has then."""
    last = np.uint64(keys.shape[0] - 1)
    for place in range(numbers.shape[0]):
        at = numbers[place] & last
        while keys[at] != numbers[place] and keys[at] != EMPTY:
            at = (at + np.uint64(1)) & last
        if keys[at] == EMPTY:
            keys[at], values[at] = numbers[place], count
            count += 1
        found[place] = values[at]
    return count


@kernel
def count_words(words: Places, begins: Places, different: int) -> Vectors:
    """Return how often each word stands in each sentence."""
    total = begins.shape[0] - 1
    starts = np.zeros(total + 1, np.int32)
    rows, counts = np.empty(words.shape[0], np.int32), np.zeros(words.shape[0])
    seen_in, at = np.full(different, -1, np.int32), np.empty(different, np.int32)
    size = 0
    for sentence in range(total):
        for word in words[begins[sentence] : begins[sentence + 1]]:
            if seen_in[word] != sentence:
                seen_in[word], at[word] = sentence, size
                rows[size] = word
                size += 1
            counts[at[word]] += 1.0
        starts[sentence + 1] = size
    return Vectors(starts, rows[:size].copy(), counts[:size].copy())


@kernel
def weigh(here: Vectors, there: Vectors, different: int) -> tuple[Vectors, Vectors]:
    """Weigh words by how few sentences of both texts have them (tf-isf)."""
    having = np.zeros(different)
    for word in here.words:
        having[word] += 1.0
    for word in there.words:
        having[word] += 1.0
    total = here.begins.shape[0] + there.begins.shape[0] - 2
    rarity = np.log(1.0 + total / np.maximum(having, 1.0))
    return (
        Vectors(here.begins, here.words, here.weights * rarity[here.words]),
        Vectors(there.begins, there.words, there.weights * rarity[there.words]),
    )


@kernel
def lengths(vectors: Vectors) -> Weights:
    """Return the length of every sentence's vector."""
    total = vectors.begins.shape[0] - 1
    found = np.zeros(total)
    for sentence in range(total):
        for weight in vectors.weights[vectors.begins[sentence] : vectors.begins[sentence + 1]]:
            found[sentence] += weight * weight
    return np.sqrt(found)


@kernel
def sum_up(vectors: Vectors, first: int, last: int, total: Weights) -> float:
    """Add the vectors of these sentences into `total`; return the length of the sum."""
    for at in range(vectors.begins[first], vectors.begins[last]):
        total[vectors.words[at]] += vectors.weights[at]
    squares = 0.0
    for at in range(vectors.begins[first], vectors.begins[last]):
        word = vectors.words[at]
        if total[word] > 0.0:
            squares += total[word] * total[word]
            total[word] = -total[word]  # told already
    for at in range(vectors.begins[first], vectors.begins[last]):
        word = vectors.words[at]
        total[word] = abs(total[word])
    return float(np.sqrt(squares))

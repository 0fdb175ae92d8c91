"""How much of copied and disguised Vietnamese is found, and how often a clean text is accused.

Documents are generated; thresholds were fitted with the seed `FITTING`, the gate uses another.
"""

import time
from collections import defaultdict
from statistics import mean, median, quantiles
from typing import Any

from benchmarks.originality.finder import Finder
from benchmarks.originality.generator import Document, generate
from benchmarks.originality.plagdet import Passage, meets
from services.originality.engine.comparison import Compared, Comparison, Source, compare, prepare

FITTING = 1
GATE = 20_221


def measure(
    seed: int = GATE, sources: int = 2400, copied: int = 500, clean: int = 200
) -> dict[str, Any]:
    """Check so many documents with passages in them and so many without."""
    corpus = generate(seed, sources, copied, clean)
    began = time.process_time()
    finder = Finder(corpus.sources)
    indexed = time.process_time() - began
    spent: list[float] = []

    def check(document: Document) -> tuple[list[int], Compared]:
        before = time.process_time()
        likely = finder.candidates(prepare(document.text))
        asked = tuple(Source(key, corpus.sources[key]) for key in likely)
        found = compare(Comparison(document.text, asked))
        spent.append((time.process_time() - before) * 1000)
        return likely, found

    retrieved, detected = defaultdict(list), defaultdict(list)
    for document in corpus.copied:
        likely, found = check(document)
        said = _passages(document.name, found)
        for each in document.planted:
            retrieved[each.disguise].append(int(each.place.source) in likely)
            detected[each.disguise].append(any(meets(each.place, other) for other in said))
    accused = [check(document)[1] for document in corpus.clean]
    return {
        "seed": seed,
        "sources": sources,
        "documents": copied,
        "clean": clean,
        "passages": {kind: len(cases) for kind, cases in sorted(detected.items())},
        "retrieved": {kind: mean(cases) for kind, cases in sorted(retrieved.items())},
        "detected": {kind: mean(cases) for kind, cases in sorted(detected.items())},
        "false_strong": _false(accused, "STRONG"),
        "false_probable": _false(accused, "STRONG", "PROBABLE"),
        "index_documents_per_second": sources / indexed,
        "check_p50_ms": median(spent),
        "check_p99_ms": quantiles(spent, n=100)[-1],
    }


def _passages(name: str, found: Compared) -> list[Passage]:
    """Return every passage that is told, with its source."""
    return [
        Passage(
            name,
            passage.start,
            passage.end - passage.start,
            str(shared.key),
            passage.source_start,
            passage.source_end - passage.source_start,
        )
        for shared in found.sources
        for passage in shared.passages
    ]


def _false(accused: list[Compared], *tiers: str) -> float:
    """Return how many passages of these tiers a clean document has on average."""
    return mean(
        sum(passage.tier in tiers for shared in found.sources for passage in shared.passages)
        for found in accused
    )

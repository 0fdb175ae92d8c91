"""How much of copied text originality finds, how often it is wrong, and how long it takes.

    python -m benchmarks.originality TEXTS [--laws LAWS] [--entries 120] [--seed 1]

TEXTS is a .jsonl or .jsonl.zst file with a `body` or `text` a line: real Vietnamese texts that
do not repeat each other. They are bound into entries of about 3,000 words; half are sources,
the others take one passage each, copied and disguised. With LAWS, entries quote them at length.
"""

import argparse
import json
import random
import re
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median, quantiles

from services.originality.domain import Overlap
from services.originality.engine.comparison import Compared, Comparison, Source, compare, prepare
from services.originality.engine.fingerprints import fingerprints
from tests.unit.originality import disguise

LONG = 3000  # words of an entry
MOST = 20  # candidates aligned, as in the service
DISGUISES: dict[str, Callable[[str], str]] = {
    **{kind.__name__: kind for kind in disguise.DISGUISES},
    "with_30_in_100_changed": lambda written: disguise.with_other_words(written, 0.3),
}
ARTICLE = re.compile(r"\nĐiều \d+\.")
CITED = "Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ quy định như sau:"


def read(path: Path) -> Iterator[str]:
    """Yield the texts of a file."""
    if path.suffix == ".zst":
        lines = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout
    else:
        lines = path.read_bytes()
    for line in lines.splitlines():
        record = json.loads(line)
        yield record.get("body") or record["text"]


def bind(texts: list[str], count: int) -> list[str]:
    """Return so many entries made of whole texts."""
    entries: list[str] = []
    bound: list[str] = []
    for text in texts:
        bound.append(text)
        if sum(len(part.split()) for part in bound) >= LONG:
            entries.append("\n\n".join(bound))
            bound = []
        if len(entries) == count:
            break
    return entries


class Index:
    """The sources, found by fingerprints the way the database does it."""

    def __init__(self, sources: list[str]) -> None:
        self.sources = sources
        self.postings: dict[int, list[int]] = defaultdict(list)
        for key, source in enumerate(sources):
            for value in prints(source):
                self.postings[value].append(key)

    def check(self, text: str) -> Compared:
        """Compare a text with its likeliest sources."""
        shared: Counter[int] = Counter()
        weight: Counter[int] = Counter()
        for value in prints(text):
            for key in (found := self.postings.get(value, [])):
                shared[key] += 1
                weight[key] += 1 / len(found)  # type: ignore[assignment]
        likely = [key for key, _ in weight.most_common() if shared[key] >= 2][:MOST]
        return compare(Comparison(text, tuple(Source(key, self.sources[key]) for key in likely)))


def prints(text: str) -> frozenset[int]:
    """Return a text's fingerprints."""
    ready = prepare(text)
    return fingerprints(ready.words, ready.masked)


def plant(host: str, source: str, words: int, kind: str, dice: random.Random) -> tuple[str, range]:
    """Put a disguised passage of the source into the host; return the text and where it is."""
    given = list(re.finditer(r"\S+", source))
    first = dice.randrange(len(given) - words)
    copied = source[given[first].start() : given[first + words - 1].end()]
    copied = DISGUISES[kind](copied)
    at = host.find("\n\n", len(host) // 2) + 2
    return f"{host[:at]}{copied}\n\n{host[at:]}", range(at, at + len(copied))


def covered(found: Compared, key: int, place: range) -> float:
    """Return the part of the planted passage that the report names with its source."""
    named = {
        letter
        for shared in found.sources
        if shared.key == key
        for passage in shared.passages
        for letter in range(passage.start, passage.end)
    }
    return len(named.intersection(place)) / len(place)


def measure_copies(index: Index, hosts: list[str], dice: random.Random) -> None:
    """Print, per disguise and length, how many passages are found and how much of them."""
    print(f"{'disguise':26}" + "".join(f"{f'{n} words':>22}" for n in (40, 100, 300)))
    for kind in DISGUISES:
        cells = []
        for words in (40, 100, 300):
            parts = []
            for host in hosts:
                key = dice.randrange(len(index.sources))
                text, place = plant(host, index.sources[key], words, kind, dice)
                parts.append(covered(index.check(text), key, place))
            found = mean(part > 0.3 for part in parts)
            cells.append(f"{found:9.0%} found {mean(parts):4.0%}")
        print(f"{kind:26}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


def measure_clean(index: Index, hosts: list[str]) -> None:
    """Print how often a text of its own is said to share something, and the time of a check."""
    spent, shared, strong, words = [], 0, 0, []
    for host in hosts:
        before = time.perf_counter()
        found = index.check(host)
        spent.append(time.perf_counter() - before)
        words.append(found.words)
        shared += len(found.sources)
        strong += sum(Overlap(s.key, s.matched, s.words).is_strong for s in found.sources)
    print(f"\nclean entries: {len(hosts)}, {mean(words):.0f} words each")
    print(
        f"  sources named per entry: {shared / len(hosts):.2f}, strong {strong / len(hosts):.2f}"
    )
    tail = quantiles(spent, n=20)[-1]
    print(f"  check: p50 {median(spent) * 1000:.0f} ms, p95 {tail * 1000:.0f} ms")
    before = time.perf_counter()
    for host in hosts:
        prints(host)
    each = (time.perf_counter() - before) / len(hosts)
    print(f"  of it scan and fingerprints: {each * 1000:.0f} ms")


def measure_law(laws: list[str], hosts: list[str], dice: random.Random) -> None:
    """Print how often two entries that quote the same law are said to share it."""
    flagged, left_out = 0, []
    pairs = list(zip(hosts[::2], hosts[1::2], strict=False))
    for one, other in pairs:
        law = dice.choice(laws)
        first = dice.choice([found.start() for found in ARTICLE.finditer(law)][:-8])
        quoted = law[first : first + 3000].rsplit("\n\n", 1)[0].strip()
        here, there = (
            f"{text[:4000]}\n\n{CITED}\n\n{quoted}\n\n{text[4000:]}" for text in (one, other)
        )
        found = compare(Comparison(here, (Source(1, there),)))
        flagged += any(Overlap(s.key, s.matched, s.words).is_strong for s in found.sources)
        left_out.append(found.excluded / max(1, len(prepare(quoted).words)))
    print(f"\nthe same law quoted at length: {flagged} of {len(pairs)} pairs flagged,")
    print(f"  left out for every word of law: median {median(left_out):.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--entries", type=int, default=120)
    parser.add_argument("--copies", type=int, default=20, help="per disguise and length")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311  # a measurement repeats itself
    texts = list(read(asked.texts))
    dice.shuffle(texts)
    entries = bind(texts, asked.entries * 2)
    index, hosts = Index(entries[: asked.entries]), entries[asked.entries :]
    measure_copies(index, hosts[: asked.copies], dice)
    measure_clean(index, hosts)
    if asked.laws:
        laws = [law for law in read(asked.laws) if len(ARTICLE.findall(law)) > 20]
        measure_law(laws, hosts, dice)


if __name__ == "__main__":
    main()

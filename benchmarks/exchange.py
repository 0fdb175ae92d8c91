"""How well bands tell planted copies from texts of their own: `python -m benchmarks.exchange`.

Known initiatives and questions are news articles (see `benchmarks.data`); a copy is so many words
of a known one in the middle of another article, some of its words changed for the host's.
"""

import argparse
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from benchmarks.data import NEWS, DataMissing, records
from services.originality import engine
from services.originality.domain.exchange import (
    Band,
    Thresholds,
    band_of,
    blur,
    highest,
    keyed,
    question,
    read,
)
from services.originality.engine import Prepared, Unprepared

KEY, SECRET = bytes(32), bytes([1]) * 32
LONG = 400  # words of an article at least
QUESTIONS = 300
COPIES = tuple(itertools.product((50, 100, 200, 400), (0.0, 0.1, 0.2)))


class Register:
    """Known texts under a key, as the answering side keeps them."""

    def __init__(self, texts: list[list[str]]) -> None:
        self.texts = texts
        self.having: dict[int, list[int]] = defaultdict(list)
        self.prints: list[int] = []
        for place, words in enumerate(texts):
            hashes = hashes_of(words)
            self.prints.append(len(hashes))
            for value in hashes:
                self.having[value].append(place)

    def answer(self, words: list[str], dice: random.Random) -> Band:
        """Return the band of a question about a text."""
        noise = (dice.getrandbits(64) - (1 << 63) for _ in itertools.count())
        asked = read(question(hashes_of(words), noise))
        shared = Counter(place for value in asked for place in self.having.get(value, ()))
        overlooked = blur(SECRET, asked)
        return highest(
            band_of(count, self.prints[place], overlooked, Thresholds())
            for place, count in shared.items()
        )


def hashes_of(words: list[str]) -> frozenset[int]:
    """Return the keyed fingerprints of a text."""
    body = msgspec.msgpack.encode(Unprepared((" ".join(words),)))
    (prepared,) = msgspec.msgpack.decode(engine.prepare(body), type=tuple[Prepared, ...])
    return keyed(KEY, prepared.fingerprints)


def articles() -> Iterator[list[str]]:
    """Yield long articles as words."""
    for record in records(NEWS):
        words = str(record["body"]).split()
        if len(words) >= LONG:
            yield words


def planted(
    host: list[str], source: list[str], length: int, changed: float, dice: random.Random
) -> list[str]:
    """Return the host with so many words of the source in it, a share of them changed."""
    first = dice.randrange(len(source) - length + 1)
    copy = [
        dice.choice(host) if dice.random() < changed else word
        for word in source[first : first + length]
    ]
    at = dice.randrange(len(host))
    return [*host[:at], *copy, *host[at:]]


def main() -> None:
    """Print the share of each band for copies of each length, and for texts of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=2_000, help="how many texts are known")
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args()
    dice = random.Random(told.seed)  # noqa: S311  # a benchmark repeats itself
    try:
        found = list(itertools.islice(articles(), told.known + QUESTIONS))
    except DataMissing as missing:
        parser.exit(2, f"{missing}\n")
    register, hosts = Register(found[: told.known]), found[told.known :]
    lines = [("own", 0.0, [register.answer(host, dice) for host in hosts])]
    for length, changed in COPIES:
        sources = [dice.choice(register.texts) for _ in hosts]
        texts = [
            planted(host, source, length, changed, dice)
            for host, source in zip(hosts, sources, strict=True)
        ]
        lines.append((str(length), changed, [register.answer(words, dice) for words in texts]))
    for words, changed, bands in lines:
        shares = {band.value: round(bands.count(band) / len(bands), 4) for band in Band}
        print(json.dumps({"copied_words": words, "changed": changed, **shares}))


if __name__ == "__main__":
    main()

"""Real news as prints, and any number of synthetic texts with the prints' document frequencies.

A print that two or more real texts have is in a synthetic text as often as in a real one, however
many there are: nothing about a million texts is rarer than it would be, only more common.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from services.originality import engine
from services.originality.engine import Prepared, Unprepared
from services.originality.store.postings import Channel

Hashes = NDArray[np.int64]
BATCH = 200  # texts prepared in one call
LONG = 8  # articles bound into one long text of some 4,300 words

_NAME = "news-prints-{}.npz"
_MAKERS = (Path(engine.__file__).parent, Path(engine.__file__).parents[1] / "data")


@dataclass(frozen=True)
class Prints:
    """Hashes of many texts one after the other; text i has those up to `ends[i]`."""

    hashes: Hashes
    ends: Hashes

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[Hashes]:
        return iter(np.split(self.hashes, self.ends[:-1]))

    @classmethod
    def of(cls, texts: list[Hashes]) -> "Prints":
        """Join the hashes of texts."""
        return cls(np.concatenate(texts), np.cumsum([len(each) for each in texts]))


def articles(most: int | None = None) -> list[str]:
    """Return the bodies of the real news."""
    return [record["body"] for record in islice(data.records(data.NEWS), most)]


def bind(texts: list[str]) -> list[str]:
    """Bind articles into long texts."""
    return ["\n\n".join(texts[at : at + LONG]) for at in range(0, len(texts), LONG)]


def prepare(texts: list[str]) -> list[Prepared]:
    """Return what the engine finds texts by."""
    prepared: list[Prepared] = []
    for first in range(0, len(texts), BATCH):
        asked = msgspec.msgpack.encode(Unprepared(tuple(texts[first : first + BATCH])))
        prepared += msgspec.msgpack.decode(engine.prepare(asked), type=list[Prepared])
    return prepared


def prints_of(prepared: list[Prepared]) -> dict[Channel, Prints]:
    """Return what prepared texts are found by; a channel without any is left out."""
    return _together(
        {
            Channel.FINGERPRINT: [each.fingerprints for each in prepared],
            Channel.TRIPLE: [each.triples for each in prepared],
        }
    )


def asked_by(prepared: list[Prepared]) -> dict[Channel, Prints]:
    """Return what prepared texts look for, as a check does: of triples more than they have."""
    return _together(
        {
            Channel.FINGERPRINT: [each.fingerprints for each in prepared],
            Channel.TRIPLE: [each.sought for each in prepared],
        }
    )


def _together(found: dict[Channel, list[tuple[int, ...]]]) -> dict[Channel, Prints]:
    return {
        channel: Prints.of([np.array(each, np.int64) for each in hashes])
        for channel, hashes in found.items()
        if any(hashes)
    }


def real() -> dict[Channel, Prints]:
    """Return the prints of all real news; made once for this engine and kept under `.local`."""
    cache = data.UNPACKED / _NAME.format(version())
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        made = prints_of(prepare(articles()))
        parts = {
            f"{channel.name} {name}": array
            for channel, prints in made.items()
            for name, array in (("hashes", prints.hashes), ("ends", prints.ends))
        }
        for outdated in cache.parent.glob(_NAME.format("*")):
            outdated.unlink()
        unfinished = cache.with_suffix(".part.npz")
        np.savez(unfinished, **parts)
        unfinished.rename(cache)
    kept = np.load(cache)
    return {
        channel: Prints(kept[f"{channel.name} hashes"], kept[f"{channel.name} ends"])
        for channel in Channel
        if f"{channel.name} ends" in kept
    }


def version() -> str:
    """Name everything that decides what prints there are: the engine, its tables, the news."""
    files = sorted(
        path
        for folder in _MAKERS
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    digest = sha256(np.__version__.encode())
    for path in (*files, data.find(data.NEWS)):
        digest.update(path.name.encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


class Synthetic:
    """Makes texts after the model of real ones."""

    def __init__(self, model: Prints, seed: int) -> None:
        self.dice = np.random.default_rng(seed)
        self.sizes = np.diff(model.ends, prepend=0)
        hashes, df = np.unique(model.hashes, return_counts=True)
        is_shared = df >= 2
        self.shared = hashes[is_shared]
        self.share = df[is_shared].sum() / df.sum()
        self.often = np.cumsum(df[is_shared]) / df[is_shared].sum()

    def texts(self, count: int) -> Prints:
        """Return so many texts."""
        sizes = self.dice.choice(self.sizes, count)
        hashes = self.dice.integers(-(1 << 63), (1 << 63) - 1, sizes.sum(), np.int64)
        is_shared = self.dice.random(len(hashes)) < self.share
        drawn = np.searchsorted(self.often, self.dice.random(is_shared.sum()))
        hashes[is_shared] = self.shared[np.minimum(drawn, len(self.shared) - 1)]
        return Prints(hashes, np.cumsum(sizes))

"""Which texts share most with a text: `search` by how rare what they share is, `bm25` by terms.

Both weigh a key by how many texts of the tenant have it, and return the best that `keep` keeps:
texts that must not be seen are dropped before the best are chosen, so they push nobody out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.originality.store.postings.extents import EVERYTHING, Extent
from services.originality.store.postings.gathering import Found, gather, gather_each
from services.originality.store.postings.keys import (
    Channel,
    Hashes,
    Numbers,
    keys_of,
    often_and_length,
    postings_of,
)

Keep = Callable[[Sequence[int]], Collection[int]]
Floats = NDArray[np.float64]

MAX_DF = 1_000  # texts; what more have is everybody's
SHARED = 2  # fingerprints; any 40 words in a row have more
K1, B = 1.2, 0.75  # of BM25, as Robertson and Zaragoza (2009) and Lucene have them

PLACES = 9  # of a score that count

_CHUNK = 200  # texts shown to `keep` at first; then twice as many each time


@dataclass(frozen=True, slots=True)
class Scored:
    """A text, its score, and how many of the asked hashes it has.

    `share` is the score beside that of the asked text itself, 0..1, where `bm25` knows it.
    """

    text_id: int
    score: float
    shared: int
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a channel, and how many texts are wanted at most."""

    hashes: Hashes
    limit: int


def search(  # noqa: PLR0913  # what is not said has a value that suits most
    session: Session,
    channel: Channel,
    hashes: Hashes,
    *,
    limit: int,
    max_df: int = MAX_DF,
    min_shared: int = SHARED,
    keep: Keep | None = None,
) -> list[Scored]:
    """Return the texts that share most, at least `min_shared` hashes, the best first.

    A hash that df of the N texts have counts ln(1 + N / df); one that over `max_df` have, nothing.
    """
    asked = {channel: Sought(hashes, limit)}
    found = search_each(session, asked, max_df=max_df, min_shared=min_shared, keep=keep)
    return found[channel]


def search_each(  # noqa: PLR0913  # what is not said has a value that suits most
    session: Session,
    asked: Mapping[Channel, Sought],
    *,
    max_df: int = MAX_DF,
    min_shared: int = SHARED,
    keep: Keep | None = None,
    extent: Extent | None = None,
) -> dict[Channel, list[Scored]]:
    """Search several channels as `search` does, but ask the database once.

    With an `extent`, as the index was then.
    """
    keys = {channel: keys_of(sought.hashes) for channel, sought in asked.items()}
    best = {}
    for channel, now in gather_each(session, keys, EVERYTHING if extent else max_df).items():
        whole = extent.then(channel, now) if extent else now
        found, df = _counting(whole, len(keys[channel]), max_df)
        each = np.log1p(found.texts / np.maximum(df, 1))
        gained = each[found.postings.keys]
        best[channel] = _best(found, gained, asked[channel].limit, min_shared, keep)
    return best


def bm25(  # noqa: PLR0913  # what is not said has a value that suits most
    session: Session,
    terms: Hashes,
    *,
    limit: int,
    tfs: Iterable[int] | None = None,
    max_df: int | None = None,
    keep: Keep | None = None,
    extent: Extent | None = None,
) -> list[Scored]:
    """Return the texts that answer a set of terms best, by BM25 over `Channel.TERM`.

    With `tfs`, how often each term occurs in the asked text, scores come with their share. With
    an `extent`, as the index was then.
    """
    most_df = max_df or EVERYTHING
    asked = postings_of(0, terms, tfs)
    whole = gather(session, Channel.TERM, asked.keys, EVERYTHING if extent else most_df)
    whole = extent.then(Channel.TERM, whole) if extent else whole
    found, df = _counting(whole, len(asked.keys), most_df)
    rarity = np.log1p((found.texts - df + 0.5) / (df + 0.5))
    gained = rarity[found.postings.keys] * _worth(found, found.postings.weights)
    best = _best(found, gained, limit, 1, keep)
    if tfs is None:
        return best
    counted = (df <= most_df) & ~found.is_too_common
    own = float((rarity * _worth(found, asked.weights))[counted].sum())
    return [replace(each, share=min(1.0, each.score / own)) for each in best]


def _worth(found: Found, weights: Numbers) -> Floats:
    """Return what a term is worth to a text by these weights, 0..K1 + 1."""
    often, length = often_and_length(weights)
    relative = length * found.texts / max(found.length, 1)
    worth: Floats = often * (K1 + 1) / (often + K1 * (1 - B + B * relative))
    return worth


def _counting(found: Found, asked: int, most: int) -> tuple[Found, NDArray[np.int64]]:
    """Leave out keys that more than so many texts have; return how many texts have each, too."""
    df = np.bincount(found.postings.keys, minlength=asked)
    if len(df) and df.max() > most:
        kept = found.postings.only(df[found.postings.keys] <= most)
        found = replace(found, postings=kept)
    return found, df


def _best(
    found: Found, gained: Floats, limit: int, min_shared: int, keep: Keep | None
) -> list[Scored]:
    """Add up what each text gained, and return the best that may be seen."""
    texts, scores, shared = _added_up(found, gained)
    enough = np.flatnonzero(shared >= min_shared)
    ranked = enough[np.lexsort((texts[enough], -scores[enough]))]
    best: list[Scored] = []
    chunk = _CHUNK if keep else limit
    while len(ranked) and len(best) < limit:
        head, ranked = ranked[:chunk], ranked[chunk:]
        numbers = texts[head].tolist()
        seen = set(keep(numbers)) if keep else None
        best += [
            Scored(number, float(scores[at]), int(shared[at]))
            for number, at in zip(numbers, head.tolist(), strict=True)
            if seen is None or number in seen
        ]
        chunk *= 2
    return best[:limit]


def _added_up(found: Found, gained: Floats) -> tuple[Numbers, Floats, Numbers]:
    """Return texts, their scores and how many keys each has.

    Sums go in the order of the keys, whatever segments they came from, and are rounded: what is
    equal but for the order of adding is equal, and ranked by the texts' numbers.
    """
    if not len(gained):
        nothing = np.empty(0, np.int64)
        return nothing, np.empty(0), nothing
    # Both in one number: a text's has 32 bits, and nobody asks for 2^31 keys.
    order = np.argsort((found.postings.texts << 31) | found.postings.keys)
    texts, gained = found.postings.texts[order], gained[order]
    heads = np.append(0, np.flatnonzero(np.diff(texts)) + 1)
    shared = np.diff(np.append(heads, len(texts)))
    return texts[heads], np.add.reduceat(gained, heads).round(PLACES), shared

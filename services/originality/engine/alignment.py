"""Where two texts say the same: passages grown from shared runs of words. Start with `align`.

Shared shingles make runs; runs close to each other in both texts make a passage, in whatever
order (so shuffled sentences stay one passage); passages that are mostly other words are dropped.
All places are word numbers; masked words take no part.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from services.originality.engine.words import Words

SHINGLE = 3  # words; the shortest run
GAP = 12  # words of other text that two runs of one passage may have between them, here
SOURCE_GAP = 40  # and in the source, where sentences may have changed places
LEAST = 15  # shared words of the shortest passage
DENSITY = 0.45  # of a passage's words, at least so many are shared
_COMMON = 12  # a shingle that stands in the source more often seeds nothing


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be compared: its words, and which of them are left out."""

    words: Words
    masked: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in both texts: `length` from `here` and from `there`."""

    here: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage: half-open word ranges in both texts, and the words here that are shared."""

    first: int
    last: int
    source_first: int
    source_last: int
    shared: frozenset[int]
    exact: int  # how many of the shared words are the same to the mark


def align(text: Text, source: Text) -> list[Aligned]:
    """Return the passages of the text that stand in the source, in the text's order."""
    found = [
        passage
        for cluster in _clusters(list(_runs(text, source)))
        if (passage := _passage(cluster, text, source))
    ]
    return _without_repeats(found)


def _places(text: Text) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield every unmasked shingle with its place."""
    bare, masked = text.words.bare, text.masked
    for place in range(len(bare) - SHINGLE + 1):
        if not any(masked[place : place + SHINGLE]):
            yield place, tuple(bare[place : place + SHINGLE])


def _runs(text: Text, source: Text) -> Iterator[Run]:
    """Yield the longest runs of words both texts share."""
    standing = dict(_places(source))
    there: dict[tuple[str, ...], list[int]] = {}
    for place, shingle in standing.items():
        there.setdefault(shingle, []).append(place)
    open_runs: dict[int, Run] = {}  # by where the next shingle would have to begin there
    previous = -1
    for place, shingle in _places(text):
        if place != previous + 1:
            yield from open_runs.values()
            open_runs = {}
        previous = place
        going: dict[int, Run] = {}
        common = there.get(shingle, ())
        seeding = len(common) <= _COMMON
        # Where nothing is seeded, only open runs are looked at: a text that says the same for
        # ever would else be compared with all of itself at every word.
        for other in common if seeding else tuple(open_runs):
            if other in open_runs and standing.get(other) == shingle:
                run = open_runs.pop(other)
                going[other + 1] = Run(run.here, run.there, run.length + 1)
            elif seeding:
                going[other + 1] = Run(place, other, SHINGLE)
        yield from open_runs.values()
        open_runs = going
    yield from open_runs.values()


def _clusters(runs: Sequence[Run]) -> Iterator[Sequence[Run]]:
    """Yield groups of runs that lie close together in both texts."""
    waiting = [runs]
    while waiting:
        group = waiting.pop()
        parts = [
            part
            for piece in _split(group, GAP, attrgetter("here"))
            for part in _split(piece, SOURCE_GAP, attrgetter("there"))
        ]
        if len(parts) == 1:
            yield parts[0]
        else:
            waiting.extend(parts)


def _split(runs: Sequence[Run], gap: int, place: Callable[[Run], int]) -> Iterator[Sequence[Run]]:
    """Cut a group where no run reaches across `gap` words in the one text."""
    row = sorted(runs, key=place)
    first = reach = 0
    for number, run in enumerate(row):
        if number and place(run) - reach > gap:
            yield row[first:number]
            first = number
        reach = max(reach, place(run) + run.length)
    if row:
        yield row[first:]


def _passage(runs: Sequence[Run], text: Text, source: Text) -> Aligned | None:
    """Return the passage these runs make, or None where they are too thin for one."""
    pairs = {run.here + step: run.there + step for run in runs for step in range(run.length)}
    if len(pairs) < LEAST:
        return None
    first, last = _dense(sorted(pairs))
    kept = {here: there for here, there in pairs.items() if first <= here < last}
    if len(kept) < LEAST:
        return None
    there = sorted(kept.values())
    exact = sum(text.words.exact[h] == source.words.exact[t] for h, t in kept.items())
    return Aligned(first, last, there[0], there[-1] + 1, frozenset(kept), exact)


def _dense(places: Sequence[int]) -> tuple[int, int]:
    """Return the range of the best stretch: shared words count for it, words between against."""
    cost = DENSITY / (1 - DENSITY)
    best = total = 0.0
    first = places[0]
    chosen = (first, first)
    for before, place in pairwise((places[0] - 1, *places)):
        total -= (place - before - 1) * cost
        if total < 0:
            total, first = 0.0, place
        total += 1
        if total > best:
            best, chosen = total, (first, place + 1)
    return chosen


def _without_repeats(found: Sequence[Aligned]) -> list[Aligned]:
    """Keep of passages that cover the same words the one that covers most."""
    kept: list[Aligned] = []
    told: set[int] = set()
    for passage in sorted(found, key=lambda p: (-len(p.shared), p.first, p.source_first)):
        if 2 * len(passage.shared - told) > len(passage.shared):
            kept.append(passage)
            told |= passage.shared
    return sorted(kept, key=lambda passage: passage.first)

"""What two texts share, passage by passage: where, how literally, how surely. See `passages`."""

from typing import Literal, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from services.originality.engine.alignment import Aligned, Text, align
from services.originality.engine.kernels import runs
from services.originality.engine.kernels.scanning import Flags, Numbers
from services.originality.engine.significance import Tier, weigh
from services.originality.engine.windows import Windows

VERBATIM = 0.9  # of a passage's words stand in runs both sides have, to the mark
EDITED = 0.5  # of them stand in such runs, marks aside
RUN = 4  # words of the shortest such run

Closeness = Literal["VERBATIM", "EDITED", "REWORDED"]


class SharedPassage(Struct, frozen=True):
    """The same in two places, as code-point ranges; `words` here, `exact` of them to the mark.

    `exact` words stand in runs of at least `RUN`. `weight` is what both sides share by pairs of
    words, the sum of their rarities; `weight_share` its part of the lighter side, 0..1. A passage
    is STRONG or PROBABLE; what may be chance is none.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    words: int
    exact: int
    closeness: Closeness = "REWORDED"
    tier: Literal["STRONG", "PROBABLE"] = "PROBABLE"
    weight: float = 0.0
    weight_share: float = 0.0


class Found(NamedTuple):
    """A passage as it is told, and its words here and in the source."""

    told: SharedPassage
    counted: slice
    there: slice


def passages(text: Text, source: Text, places: Windows) -> list[Found]:
    """Return what the text shares with a source beyond chance, in the text's order.

    `places` are the words of both that are worth looking at.
    """
    aligned = align(text, source, places)
    return [found for place in aligned if (found := _found(place, text, source))]


def count(found: list[Found], text: Text) -> Flags:
    """Say which words of the text stand in these passages and are not left out."""
    marked = np.zeros(len(text.words), np.bool_)
    for each in found:
        marked[each.counted] = True
    return marked & ~text.masked


def _found(place: Aligned, text: Text, source: Text) -> Found | None:
    """Return a passage, or None where chance explains it."""
    here = slice(place.first, place.last)
    there = slice(place.source_first, place.source_last)
    ours, theirs = _open(text, here), _open(source, there)
    bare, bare_there = text.words.bare[ours], source.words.bare[theirs]
    significance = weigh(bare, bare_there)
    tier = significance.tier()
    if tier is Tier.CHANCE:
        return None
    exact = _in_runs(text.words.exact[ours], source.words.exact[theirs])
    start, end = text.span(place.first, place.last)
    source_start, source_end = source.span(place.source_first, place.source_last)
    told = SharedPassage(
        start=start,
        end=end,
        source_start=source_start,
        source_end=source_end,
        words=len(bare),
        exact=exact,
        closeness=_closeness(exact / len(bare), _in_runs(bare, bare_there) / len(bare)),
        tier="STRONG" if tier is Tier.STRONG else "PROBABLE",
        weight=round(significance.pairs.total, 1),
        weight_share=round(significance.pairs.share, 3),
    )
    return Found(told, here, there)


def _open(text: Text, place: slice) -> NDArray[np.int64]:
    """Return the words of a range that are not left out."""
    return np.asarray(place.start + np.flatnonzero(~text.masked[place]))


def _in_runs(here: Numbers, there: Numbers) -> int:
    """Count the words here in runs that stand there as well."""
    shared = runs.runs(here, there, RUN, RUN)
    return int(runs.covered(shared, 0, len(here)).sum())


def _closeness(exact: float, bare: float) -> Closeness:
    """Say how literal a passage is, by its shares of words in runs."""
    if exact >= VERBATIM:
        return "VERBATIM"
    return "EDITED" if bare >= EDITED else "REWORDED"

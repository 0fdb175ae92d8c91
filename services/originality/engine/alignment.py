"""Where two texts say the same: passages grown from sentences that are alike. Start with `align`.

Sentences with many rare words in common are seeds; seeds near each other in both texts make a
passage, in whatever order; a passage whose sides are unlike as a whole is cut at smaller gaps.
Where most of a passage is word for word, it ends where the copied words end. All places are word
numbers; words left out of the comparison take no part.
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from services.originality.engine.kernels import growing, runs, seeds, sentences
from services.originality.engine.kernels.scanning import Flags, Places, Weights
from services.originality.engine.words import Words

_AVERAGE = 15  # words of a sentence; so much that is left out is as far as one sentence


@dataclass(frozen=True, slots=True)
class Parameters:
    """How passages are found; fitted on half of the pairs of PAN-13's training corpus.

    shortest_sentence: words; a shorter one goes with the next.
    cosine, dice: two sentences at least so alike, by weight and by number of words, are a seed.
    alike: the cosine of a passage's two sides.
    gap: sentences without a seed inside a passage.
    summary_gap: so many where a short text sums up a long one,
    summary_ratio, summary_less: which is so where passages are then so many times longer in the
    source, and by no more than that less alike.
    shortest, shortest_reworded: characters of a passage on each side, word for word or not.
    short, alike_short: `alike` of a reworded passage of fewer characters.
    alike_beside: `alike` of a passage that is not word for word in a pair with one that is.
    longest_run, shortest_run, verbatim: words; a passage with so long a run, and that share of
    it in runs of the shortest kind or longer, is word for word and trimmed to its runs,
    shingle, reach: and to shorter ones so few words away.
    """

    shortest_sentence: int = 5
    cosine: float = 0.33
    dice: float = 0.33
    alike: float = 0.40
    gap: int = 4
    summary_gap: int = 24
    summary_ratio: float = 3.0
    summary_less: float = 0.25
    shortest: int = 100
    shortest_reworded: int = 150
    short: int = 300
    alike_short: float = 0.5
    alike_beside: float = 0.65
    shingle: int = 4
    shortest_run: int = 10
    longest_run: int = 20
    verbatim: float = 0.6
    reach: int = 6


PARAMETERS = Parameters()


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text ready to be compared: its words, and which of them are left out."""

    words: Words
    masked: Flags

    @classmethod
    def whole(cls, words: Words) -> Self:
        """Return a text of which nothing is left out."""
        return cls(words, np.zeros(len(words), np.bool_))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the words from `first` up to, not including, `last`."""
        return int(self.words.starts[first]), int(self.words.ends[last - 1])

    def open(self, window: Flags | None) -> "Opened":
        """Return what takes part, of the words in this window."""
        taking_part = ~self.masked if window is None else ~self.masked & window
        kept = np.flatnonzero(taking_part).astype(np.int32)
        opens = self.words.sentences[kept]
        opens[1:] |= np.diff(kept) > 1
        return Opened(kept, self.words, opens)


class Opened(NamedTuple):
    """The words of a text that take part, by their places, and which begin a sentence."""

    kept: Places
    words: Words
    opens: Flags

    def along(self, begins: Places) -> Places:
        """Say how far along each sentence stands, with what was left out before it."""
        first = self.kept[begins[:-1]]
        skipped = first - begins[:-1]
        return (np.arange(len(first)) + skipped // _AVERAGE).astype(np.int32)


class Aligned(NamedTuple):
    """A passage: half-open ranges of words in both texts."""

    first: int
    last: int
    source_first: int
    source_last: int


def align(
    text: Text,
    source: Text,
    windows: tuple[Flags, Flags] | None = None,
    parameters: Parameters = PARAMETERS,
) -> list[Aligned]:
    """Return the passages of the text that stand in the source, in the text's order.

    `windows` names the words of both texts that are worth looking at; all of them if not given.
    """
    window, source_window = windows or (None, None)
    here, there = text.open(window), source.open(source_window)
    if not len(here.kept) or not len(there.kept):
        return []
    found, alike = _passages(here, there, parameters)
    if not len(found):
        return []
    found, verbatim = _trimmed(found, here, there, parameters)
    characters = _characters(found, here, there)
    least = np.where(characters < parameters.short, parameters.alike_short, 0.0)
    if verbatim.any():
        least = np.maximum(least, parameters.alike_beside)
    reworded = (characters >= parameters.shortest_reworded) & (alike >= least)
    kept = np.where(verbatim, characters >= parameters.shortest, reworded)
    found = found[kept]
    return [_told(passage, here, there) for passage in found[np.argsort(found[:, 0])]]


def _passages(here: Opened, there: Opened, parameters: Parameters) -> tuple[Places, Weights]:
    """Return passages of whole sentences, and how alike their sides are.

    Places are among the words that take part.
    """
    begins = sentences.bounds(here.opens, parameters.shortest_sentence)
    source_begins = sentences.bounds(there.opens, parameters.shortest_sentence)
    ours, theirs, different = sentences.renumber(
        here.words.stems[here.kept], there.words.stems[there.kept]
    )
    vectors = sentences.weigh(
        sentences.count_words(ours, begins, different),
        sentences.count_words(theirs, source_begins, different),
        different,
    )
    found = seeds.seeds(*vectors, different, (parameters.cosine, parameters.dice))
    if not len(found.here):
        return np.empty((0, 4), np.int32), np.empty(0)
    sides = growing.Sides(*vectors, here.along(begins), there.along(source_begins))

    def grown(gap: int) -> tuple[Places, Weights]:
        clusters = growing.grow(sides, found, different, gap, parameters.alike)
        kept = growing.best(clusters)
        places = np.stack(
            (
                begins[clusters.first[kept]],
                begins[clusters.last[kept]],
                source_begins[clusters.source_first[kept]],
                source_begins[clusters.source_last[kept]],
            ),
            axis=1,
        )
        return places, clusters.alike[kept]

    close, wide = grown(parameters.gap), grown(parameters.summary_gap)
    told = wide[0][_characters(wide[0], here, there) >= parameters.shortest]
    longer = (told[:, 3] - told[:, 2]).sum()
    if longer <= parameters.summary_ratio * (told[:, 1] - told[:, 0]).sum():
        return close
    # A copy within a long source is much liker than whatever stands around it.
    least = close[1].max(initial=0.0) - parameters.summary_less
    return wide if wide[1].max() >= least else close


def _characters(found: Places, here: Opened, there: Opened) -> Places:
    """Return how many characters the shorter side of each passage has."""
    starts, ends = here.words.starts[here.kept], here.words.ends[here.kept]
    source_starts, source_ends = there.words.starts[there.kept], there.words.ends[there.kept]
    ours = ends[found[:, 1] - 1] - starts[found[:, 0]]
    theirs = source_ends[found[:, 3] - 1] - source_starts[found[:, 2]]
    return np.asarray(np.minimum(ours, theirs), np.int32)


def _trimmed(
    found: Places, here: Opened, there: Opened, parameters: Parameters
) -> tuple[Places, Flags]:
    """Let passages that are mostly word for word begin and end with the copied words.

    Say which these are as well.
    """
    bare, bare_there = here.words.bare[here.kept], there.words.bare[there.kept]
    shared = runs.runs(bare, bare_there, parameters.shingle, parameters.shingle)
    fitted = [_fitted(passage, shared, parameters) for passage in found]
    verbatim = np.array([hull is not None for hull in fitted])
    hulls = [
        passage if hull is None else hull for passage, hull in zip(found, fitted, strict=True)
    ]
    return np.array(hulls, np.int32), verbatim


def _fitted(passage: Places, shared: Places, parameters: Parameters) -> Places | None:
    """Return the passage from its first to its last run, if it is mostly runs."""
    first, last, source_first, source_last = passage
    near = shared[
        (shared[:, 0] < last)
        & (shared[:, 0] + shared[:, 2] > first)
        & (shared[:, 1] < source_last)
        & (shared[:, 1] + shared[:, 2] > source_first)
    ]
    inside = near[near[:, 2] >= parameters.shortest_run]
    if not len(inside) or inside[:, 2].max() < parameters.longest_run:
        return None
    hull = np.empty(4, np.int32)
    for side in (0, 1):
        begins, ends = inside[:, side].min(), (inside[:, side] + inside[:, 2]).max()
        if runs.covered(inside, side, ends)[begins:].mean() <= parameters.verbatim:
            return None
        hull[2 * side : 2 * side + 2] = begins, ends
    runs.stretch(hull, near, parameters.reach)
    return hull


def _told(passage: Places, here: Opened, there: Opened) -> Aligned:
    """Tell a passage in the places of the whole texts."""
    first, last, source_first, source_last = passage
    return Aligned(
        int(here.kept[first]),
        int(here.kept[last - 1]) + 1,
        int(there.kept[source_first]),
        int(there.kept[source_last - 1]) + 1,
    )

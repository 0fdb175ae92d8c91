"""Which words of two long texts are worth aligning: those around what they have in common.

Alignment costs by the product of both lengths, and most of two texts that share a passage has
nothing to do with it. Start with `windows`.
"""

from typing import NamedTuple, Self

import numpy as np

from services.originality.engine import triples
from services.originality.engine.alignment import Text
from services.originality.engine.kernels import anchors, runs
from services.originality.engine.kernels.scanning import Flags, Numbers, Places

SHORT = 400  # words; two texts with fewer are looked at as a whole
RUN = 5  # words in a row that are an anchor; it weighs the more, the longer
REACH = (100, 150)  # words between anchors that support each other, here and in the source
LEAST = 4  # the weight of anchors near each other: a run of 7 words, or four triples
MARGIN = 150  # words looked at on either side of an anchor


class Anchored(NamedTuple):
    """A text with its triples, rising, and the places of those."""

    text: Text
    numbers: Numbers
    places: Places

    @classmethod
    def of(cls, text: Text, step: int) -> Self:
        """Find the triples of a text in windows so many words apart."""
        found, places = triples.placed(text.words, text.masked, step)
        order = np.argsort(found, kind="stable")
        return cls(text, found[order], places[order])


Windows = tuple[Flags, Flags] | None


def windows(here: Anchored, there: Anchored, same: Places) -> Windows:
    """Say which words of both texts to look at; None means all of them.

    `same` are the runs of at least `RUN` words that stand in both.
    """
    ours, theirs = len(here.text.words), len(there.text.words)
    if max(ours, theirs) <= SHORT:
        return None
    found = _anchors(here, there, same)
    found = found[anchors.supported(found, REACH, LEAST)]
    return (
        anchors.around(found[:, 0].copy(), MARGIN, ours),
        anchors.around(found[:, 1].copy(), MARGIN, theirs),
    )


def in_both(here: Text, there: Text) -> Places:
    """Return the words in a row that stand in both texts, as rows: place here, there, length."""
    return runs.runs(here.words.bare, there.words.bare, RUN, RUN)


def _anchors(here: Anchored, there: Anchored, same: Places) -> Places:
    """Return what both texts have, a row each: place here, place there, weight."""
    tied = anchors.ties(here.numbers, here.places, there.numbers, there.places)
    found = np.concatenate((same - np.array((0, 0, RUN - 2), np.int32), tied))
    return found[np.argsort(found[:, 0], kind="stable")]

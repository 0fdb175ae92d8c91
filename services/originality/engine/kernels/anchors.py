"""Places where two texts have something rare in common, and the words around them."""

import numpy as np

from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Flags, Numbers, Places

REPEATED = 8  # a number that stands in the text more often ties nothing


@kernel
def ties(rising: Numbers, places: Places, there: Numbers, places_there: Places) -> Places:
    """Return the places of equal numbers, a row each: here, there, weight 1.

    The numbers here rise, with their places beside them.
    """
    found = np.empty((there.shape[0] * REPEATED, 3), np.int32)
    count = 0
    first = np.searchsorted(rising, there)
    for theirs in range(there.shape[0]):
        last = first[theirs]
        while last < rising.shape[0] and rising[last] == there[theirs]:
            last += 1
        if last - first[theirs] <= REPEATED:
            for ours in range(first[theirs], last):
                found[count, 0], found[count, 1] = places[ours], places_there[theirs]
                found[count, 2] = 1
                count += 1
    return found[:count].copy()


@kernel
def supported(anchors: Places, reach: tuple[int, int], least: int) -> Flags:
    """Say which anchors weigh enough together with those near them in both texts.

    The anchors rise by their place here.
    """
    total = anchors.shape[0]
    kept = np.zeros(total, np.bool_)
    first = 0
    for each in range(total):
        while anchors[each, 0] - anchors[first, 0] > reach[0]:
            first += 1
        weight = 0
        other = first
        while other < total and anchors[other, 0] - anchors[each, 0] <= reach[0]:
            if abs(anchors[other, 1] - anchors[each, 1]) <= reach[1]:
                weight += anchors[other, 2]
            other += 1
        kept[each] = weight >= least
    return kept


@kernel
def around(places: Places, margin: int, total: int) -> Flags:
    """Say which of `total` words lie within so many words of one of the places."""
    marked = np.zeros(total, np.bool_)
    for place in places:
        marked[max(0, place - margin) : place + margin] = True
    return marked

"""Passages grown from seeds: clusters by gaps, tightened until they are alike. See `grow`.

After the published descriptions of the aligners that did best at PAN (Sanchez-Perez and others
2014), on our own terms.
"""

from typing import NamedTuple

import numpy as np

from services.originality.engine.kernels.jit import kernel
from services.originality.engine.kernels.scanning import Flags, Places, Weights
from services.originality.engine.kernels.seeds import Seeds
from services.originality.engine.kernels.sentences import Vectors, sum_up

SIDES = 3  # a cluster is cut by gaps here, there, and here once more


class Stack(NamedTuple):
    """Stretches of the seeds still to be looked at: range, gap allowed, cuts made."""

    first: Places
    last: Places
    gap: Places
    cuts: Places


class Clusters(NamedTuple):
    """Passages as half-open ranges of sentences, how alike their best pairs are, and the whole.

    Both are 0..1.
    """

    first: Places
    last: Places
    source_first: Places
    source_last: Places
    quality: Weights
    alike: Weights


class Sides(NamedTuple):
    """Both texts: their sentences' vectors, and how far along each sentence stands.

    Where words are left out of the comparison, what follows stands so much farther along.
    """

    here: Vectors
    there: Vectors
    along_here: Places
    along_there: Places


@kernel
def cut(order: Places, keys: Places, stack: Stack, top: int) -> int:
    """Replace the stretch on top of the stack by its parts between gaps; return the new top."""
    first, last = stack.first[top], stack.last[top]
    gap, cuts = stack.gap[top], stack.cuts[top]
    order[first:last] = order[first:last][np.argsort(keys[order[first:last]])]
    began = first
    for place in range(first + 1, last + 1):
        ends = place == last or keys[order[place]] - keys[order[place - 1]] > gap + 1
        if ends:
            stack.first[top], stack.last[top] = began, place
            stack.gap[top], stack.cuts[top] = gap, cuts + 1
            top += 1
            began = place
    return top


@kernel
def likeness(sides: Sides, hull: tuple[int, int, int, int], room: Weights) -> float:
    """Return the cosine of two stretches of sentences; `room` is all 0 before and after."""
    ours, theirs = room[0], room[1]
    long_here = sum_up(sides.here, hull[0], hull[1], ours)
    long_there = sum_up(sides.there, hull[2], hull[3], theirs)
    product = 0.0
    for at in range(sides.here.begins[hull[0]], sides.here.begins[hull[1]]):
        word = sides.here.words[at]
        product += ours[word] * theirs[word]
        ours[word] = 0.0
    for at in range(sides.there.begins[hull[2]], sides.there.begins[hull[3]]):
        theirs[sides.there.words[at]] = 0.0
    return product / (long_here * long_there)


@kernel
def quality(seeds: Seeds, chosen: Places, length: int) -> float:
    """Return the mean of the best likeness of every sentence here; those without count 0.

    The seeds are in the order of their sentences here.
    """
    total = best = 0.0
    for place in range(chosen.shape[0]):
        best = max(best, seeds.likeness[chosen[place]])
        ends = place + 1 == chosen.shape[0]
        if ends or seeds.here[chosen[place + 1]] != seeds.here[chosen[place]]:
            total += best
            best = 0.0
    return total / length


@kernel
def hull_of(seeds: Seeds, chosen: Places) -> tuple[int, int, int, int]:
    """Return the sentences from the first to the last of these seeds, in both texts."""
    ours, theirs = seeds.here[chosen], seeds.there[chosen]
    return ours.min(), ours.max() + 1, theirs.min(), theirs.max() + 1


@kernel
def whole(total: int, gap: int) -> Stack:
    """Return a stack with one stretch on it: all of the seeds."""
    return Stack(
        np.zeros(total + 1, np.int32),
        np.full(total + 1, total, np.int32),
        np.full(total + 1, gap, np.int32),
        np.zeros(total + 1, np.int32),
    )


@kernel
def widest_gap(places: Places) -> int:
    """Return how far apart the two farthest neighbours among these places are."""
    rising = np.sort(places)
    widest = 0
    for each in range(1, rising.shape[0]):
        widest = max(widest, rising[each] - rising[each - 1])
    return widest


@kernel
def smaller(gap: int, along_here: Places, along_there: Places) -> int:
    """Return the next smaller gap at which these seeds fall apart, negative if there is none.

    At gaps in between they would stay together, and be as unlike as they are.
    """
    return min(gap, max(widest_gap(along_here), widest_gap(along_there)) - 1) - 1


@kernel
def grow(sides: Sides, seeds: Seeds, different: int, gap: int, alike: float) -> Clusters:
    """Gather seeds that lie near each other; what is unlike as a whole is cut at smaller gaps."""
    total = seeds.here.shape[0]
    along_here, along_there = sides.along_here[seeds.here], sides.along_there[seeds.there]
    order = np.arange(total).astype(np.int32)
    stack = whole(total, gap)
    found, alikes = np.empty((4, total), np.int32), np.empty((2, total))
    room = np.zeros((2, different))
    count, top = 0, 1 if total else 0
    while top:
        top -= 1
        if stack.cuts[top] < SIDES:
            top = cut(order, along_there if stack.cuts[top] == 1 else along_here, stack, top)
            continue
        chosen = order[stack.first[top] : stack.last[top]]
        hull = hull_of(seeds, chosen)
        cosine = likeness(sides, hull, room)
        if cosine >= alike:
            found[0, count], found[1, count], found[2, count], found[3, count] = hull
            alikes[0, count], alikes[1, count] = quality(seeds, chosen, hull[1] - hull[0]), cosine
            count += 1
            continue
        stack.cuts[top] = 0
        stack.gap[top] = smaller(stack.gap[top], along_here[chosen], along_there[chosen])
        top += stack.gap[top] >= 0
    ours, theirs = found[:2, :count], found[2:, :count]
    return Clusters(ours[0], ours[1], theirs[0], theirs[1], alikes[0, :count], alikes[1, :count])


@kernel
def best(clusters: Clusters) -> Flags:
    """Say which clusters are kept: of those that overlap here, the ones with most to show.

    That is length, but far more for sentences that are the same than for those that are akin.
    """
    total = clusters.first.shape[0]
    kept = np.zeros(total, np.bool_)
    shown = clusters.quality**3 * (clusters.last - clusters.first)
    for each in np.argsort(-shown):
        free = True
        for other in range(total):
            apart = (
                clusters.last[other] <= clusters.first[each]
                or clusters.last[each] <= clusters.first[other]
            )
            free &= apart or not kept[other]
        kept[each] = free
    return kept

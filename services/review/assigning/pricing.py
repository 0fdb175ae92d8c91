"""What an assignment costs: changes and evenness, one before the other, then the seed's lot.

Each comes before the next whatever the next would gain: the weights are as large as that takes
and no larger, so that they stay whole numbers a flow can be computed with.
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from services.review.assigning.exchanges import Terms
from services.review.assigning.fields import Bools, Field, Numbers
from services.review.assigning.flows import cheapest

ROOM_FOR_SUMS = 1 << 61  # a sum of costs stays below, so that nothing overflows 64 bits
DRAWS = 6  # lots drawn anew while the outcome is not the only one


@dataclass(frozen=True)
class Weights:
    """What one change, and one step of unevenness, weighs."""

    change: int
    evenness: int


@dataclass(frozen=True)
class Found:
    """An assignment; whether, by the lot, it is the only best one."""

    seated: Bools
    is_only: bool


def best(field: Field) -> Found | None:
    """Return the best assignment, the pairs kept loosely apart left aside; None if impossible."""
    weights = weigh(field)
    if weights is None:
        return None
    found = None
    for draw in range(DRAWS):
        found = within(field, weights, f"{field.problem.seed}\n{draw}")
        if found is None or found.is_only:
            return found
    return found


def weigh(field: Field) -> Weights | None:
    """Say what a change weighs against evenness, such that what comes first always wins."""
    if not (field.new & field.free).any():
        return Weights(0, 1)
    fewest = within(field, Weights(1, 0), field.problem.seed)
    evenest = within(field, Weights(0, 1), field.problem.seed)
    if fewest is None or evenest is None:
        return None
    if field.problem.first == "fewest_changes":
        least, most = (field.unevenness(each.seated) for each in (evenest, fewest))
        return Weights(most - least + 1, 1)
    least, most = (field.changes(each.seated) for each in (fewest, evenest))
    return Weights(1, most - least + 1)


def within(field: Field, weights: Weights, lot: str) -> Found | None:
    """Return the cheapest assignment, letting loads grow no further than they need to.

    Costs grow with the load allowed, so a low ceiling leaves more room for the lot.
    """
    top = int((field.base + field.room).max(initial=0))
    ceiling = min(top, lowest_ceiling(field)) if weights.evenness else top
    while True:
        room = np.clip(ceiling - field.base, 0, field.room)
        solved = cheapest(field, terms(field, weights, room, ceiling, lot))
        if ceiling >= top:
            return None if solved is None else Found(*solved)
        if solved is not None:
            full = solved[0].sum(0) >= room
            if not (full & (room < field.room)).any():
                return Found(*solved)
        ceiling = min(top, 2 * ceiling)


def lowest_ceiling(field: Field) -> int:
    """Return a little more than the load that would do if everybody were free for everything."""
    low, high = 0, int((field.base + field.room).max(initial=0))
    while low < high:
        middle = (low + high) // 2
        if np.clip(middle - field.base, 0, field.room).sum() >= field.reviews:
            high = middle
        else:
            low = middle + 1
    return low + 3 + field.problem.lead


def terms(field: Field, weights: Weights, room: Numbers, ceiling: int, lot: str) -> Terms:
    """Put a price on every pair, with as fine a lot as whole numbers have room for."""
    coarse = weights.change * field.new.astype(np.int64)
    coarse += weights.evenness * 2 * field.problem.lead * field.strange
    dearest = int(coarse.max(initial=0)) + weights.evenness * (2 * ceiling + 1) + 1
    nodes = sum(field.free.shape) + field.free.shape[0] * field.companies.count + 2
    share = max(1, field.reviews)
    finest = ROOM_FOR_SUMS // (max(nodes, share) * dearest * share)
    finest = max(1, min(finest, 1 << 40))
    scale = share * finest + 1
    drawn = draw(lot, field.free.shape, finest)
    return Terms(
        allowed=field.free,
        room=room,
        prices=coarse * scale + drawn,
        lot=drawn,
        slope=weights.evenness * scale,
    )


def draw(lot: str, shape: tuple[int, ...], sides: int) -> Numbers:
    """Draw a number from 0 to `sides` - 1 for each pair; the same lot draws the same anywhere."""
    source = np.random.PCG64(int.from_bytes(sha256(lot.encode()).digest()))
    return (source.random_raw(shape) % np.uint64(sides)).astype(np.int64)

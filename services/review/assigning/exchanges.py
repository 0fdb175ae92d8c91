"""Whether any exchange of entries between judges would be cheaper, or as cheap.

Handing one entry from a judge to another changes the cost; so does one entry more or less on a
desk. An assignment is cheapest exactly if no round of such exchanges gains (a cycle of negative
cost in the residual network, here between judges alone), and the only cheapest if none is free.
"""

from dataclasses import dataclass

import numpy as np

from services.review.assigning.fields import Bools, Field, Numbers

NEVER = 1 << 62


@dataclass(frozen=True)
class Terms:
    """What is asked: which pairs are allowed, judges' room, and what pairs and loads cost.

    `lot` is the seed's part of the prices. The next entry on a desk that has `load` costs
    `slope * (2 * load + 1)`: loads are squared.
    """

    allowed: Bools
    room: Numbers
    prices: Numbers
    lot: Numbers
    slope: int


def exchange(field: Field, terms: Terms, seated: Bools) -> Numbers:
    """Return the least cost of handing an entry from one judge to another, `NEVER` if none can.

    The last row takes an entry off nobody's desk, the last column puts it on none.
    """
    many = len(field.judges)
    costs = np.full((many + 1, many + 1), NEVER, np.int64)
    able = terms.allowed & ~seated
    prices = np.where(able & ~field.companies.blocked(seated), terms.prices, NEVER)
    for giver in range(many):
        held = np.flatnonzero(seated[:, giver])
        if held.size:
            own = terms.prices[held, giver][:, None]
            costs[giver, :many] = least(prices[held], own)
            mates = field.companies.mates(giver)
            if mates.size:
                rows = np.ix_(held, mates)
                within = np.where(able[rows], terms.prices[rows], NEVER)
                costs[giver, mates] = least(within, own)
    own_load = seated.sum(0)
    loads = field.base + own_load
    costs[:many, many] = np.where(own_load < terms.room, terms.slope * (2 * loads + 1), NEVER)
    costs[many, :many] = np.where(own_load > 0, -terms.slope * (2 * loads - 1), NEVER)
    return costs


def least(prices: Numbers, own: Numbers) -> Numbers:
    """Return, per taker, the least that a price exceeds the giver's own by."""
    lowest: Numbers = np.where(prices == NEVER, NEVER, prices - own).min(0)
    return lowest


def potentials(costs: Numbers) -> Numbers | None:
    """Return what makes every exchange cost nothing or more; None if some round of them gains."""
    reached = np.zeros(len(costs), np.int64)
    able = costs != NEVER
    for _ in range(len(costs) + 1):
        through = np.where(able, reached[:, None] + np.where(able, costs, 0), NEVER).min(0)
        shorter = np.minimum(reached, through)
        if (shorter == reached).all():
            return reached
        reached = shorter
    return None


def is_only(costs: Numbers, reached: Numbers) -> bool:
    """Say whether every round of exchanges costs something."""
    able = costs != NEVER
    free = able & (np.where(able, costs, 0) + reached[:, None] - reached == 0)
    left = np.ones(len(costs), bool)
    while True:
        entered = free[left].any(0) & left
        if not entered.any():
            return True
        if (entered == left).all():
            return False
        left = entered

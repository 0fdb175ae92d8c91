"""A cheapest assignment as a flow of least cost, found by OR-Tools.

Reviews flow from entries to judges and on to a sink, where each further review of a judge costs
more. Most pairs are never used: a flow is sought over each entry's cheapest few, then every pair
left out that might make it cheaper is let in, until `exchanges` shows that none can.
"""

from dataclasses import replace

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from services.review.assigning.exchanges import Terms, exchange, is_only, potentials
from services.review.assigning.fields import Bools, Field, Numbers

FEW = 12  # judges looked at first, for each entry


def cheapest(field: Field, terms: Terms) -> tuple[Bools, bool] | None:
    """Return who is seated at least cost and whether that is the only way; None if impossible."""
    width = FEW
    allowed = likely(field, terms, width)
    while True:
        seated = flow(field, replace(terms, allowed=allowed))
        if seated is None:
            if width >= len(field.judges):
                return None
            width *= 3
            allowed = likely(field, terms, width)
            continue
        costs = exchange(field, terms, seated)
        if (reached := potentials(costs)) is not None:
            return seated, is_only(costs, reached)
        allowed = allowed | promising(field, terms, seated, allowed)


def likely(field: Field, terms: Terms, width: int) -> Bools:
    """Choose each entry's cheapest judges, some by the lot alone, and those it has now."""
    if width >= len(field.judges):
        return terms.allowed
    chosen = nearest(terms.prices, terms.allowed, width) | nearest(terms.lot, terms.allowed, FEW)
    if field.new.any():
        chosen |= terms.allowed & ~field.new
    return chosen


def nearest(prices: Numbers, allowed: Bools, width: int) -> Bools:
    """Choose so many judges for each entry, those with the lowest prices."""
    prices = np.where(allowed, prices, prices.max(initial=0) + 1)
    chosen = np.zeros_like(allowed)
    places = np.argpartition(prices, width, axis=1)[:, :width]
    chosen[np.arange(len(chosen))[:, None], places] = True
    return chosen & allowed


def promising(field: Field, terms: Terms, seated: Bools, allowed: Bools) -> Bools:
    """Choose the pairs left out that may make this flow cheaper, by its potentials."""
    reached = potentials(exchange(field, replace(terms, allowed=allowed), seated))
    if reached is None:
        raise AssertionError("a flow of least cost has a round of exchanges that gains")
    reduced = terms.prices - reached[:-1]
    worst = np.where(seated, reduced, np.iinfo(np.int64).min).max(1)
    found: Bools = terms.allowed & (reduced < worst[:, None])
    return found


def flow(field: Field, terms: Terms) -> Bools | None:
    """Solve one network; None if not every review can flow."""
    count, many = terms.allowed.shape
    sink = count + many
    network = SimpleMinCostFlow()
    rows, columns = np.nonzero(terms.allowed)
    company = field.companies.of_judge[columns]
    gated = company >= 0
    gates, tails = np.unique(rows[gated] * many + company[gated], return_inverse=True)
    starts = rows.copy()
    starts[gated] = sink + 1 + tails
    reviews = network.add_arcs_with_capacity_and_unit_cost(
        starts, count + columns, np.ones_like(rows), terms.prices[rows, columns]
    )
    if gates.size:
        ones = np.ones_like(gates)
        network.add_arcs_with_capacity_and_unit_cost(
            gates // many, sink + 1 + np.arange(gates.size), ones, np.zeros_like(gates)
        )
    add_desks(network, field, terms)
    network.set_nodes_supplies(np.arange(count), field.needs)
    network.set_node_supply(sink, -field.reviews)
    status = network.solve()
    if status == SimpleMinCostFlow.INFEASIBLE:
        return None
    if status != SimpleMinCostFlow.OPTIMAL:
        raise AssertionError(f"no flow of least cost: {status}")
    seated = np.zeros_like(terms.allowed)
    used = network.flows(reviews) > 0
    seated[rows[used], columns[used]] = True
    return seated


def add_desks(network: SimpleMinCostFlow, field: Field, terms: Terms) -> None:
    """Let reviews flow from judges to the sink, each further one of a judge costing more."""
    count, many = terms.allowed.shape
    judges = np.arange(many)
    room = np.minimum(terms.room, terms.allowed.sum(0))
    if terms.slope == 0:
        network.add_arcs_with_capacity_and_unit_cost(
            count + judges, np.full(many, count + many), room, np.zeros(many, np.int64)
        )
        return
    owners = np.repeat(judges, room)
    nth = np.arange(owners.size) - np.repeat(np.cumsum(room) - room, room)
    network.add_arcs_with_capacity_and_unit_cost(
        count + owners,
        np.full(owners.size, count + many),
        np.ones(owners.size, np.int64),
        terms.slope * (2 * (field.base[owners] + nth) + 1),
    )

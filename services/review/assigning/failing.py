"""Why reviews cannot be assigned: entries that ask for more than judges can take.

A largest flow leaves a smallest cut; the entries and judges on its near side are the witness.
Each area is looked at by itself first, for that is how people ask, and then all together.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.max_flow import SimpleMaxFlow

from services.review.assigning.fields import Bools, Field
from services.review.domain.assignment import witness as proofs
from services.review.domain.assignment.problem import Witness

Places = NDArray[np.int64]


def explain(field: Field) -> tuple[Witness, ...]:
    """Return a witness for every area that cannot be served by itself, or else for all areas."""
    by_area: dict[str, list[int]] = {}
    for place, entry in enumerate(field.entries):
        by_area.setdefault(entry.area, []).append(place)
    parts = [np.array(places) for _, places in sorted(by_area.items())]
    for looked_at in (parts, [np.arange(len(field.entries))]):
        cuts = [cut for part in looked_at for cut in shortages(field, part)]
        if cuts:
            return tuple(said(field, *cut) for cut in cuts)
    raise AssertionError("every review can be assigned")


def shortages(field: Field, part: Places) -> Iterator[tuple[Places, Places]]:
    """Yield entries and judges of each separate shortage among some entries."""
    entries, judges = cut(field, part)
    if not entries.size:
        return
    near = field.free[np.ix_(entries, judges)]
    for rows, columns in separate(near):
        yield entries[rows], judges[columns]


def cut(field: Field, part: Places) -> tuple[Places, Places]:
    """Return the entries and judges on the near side of a smallest cut; none if all can flow."""
    count, many = len(part), len(field.judges)
    sink, source = count + many, count + many + 1
    free = field.free[part]
    network = SimpleMaxFlow()
    needs = field.needs[part]
    network.add_arcs_with_capacity(np.full(count, source), np.arange(count), needs)
    rows, columns = np.nonzero(free)
    company = field.companies.of_judge[columns]
    gated = company >= 0
    gates, tails = np.unique(rows[gated] * many + company[gated], return_inverse=True)
    starts = rows.copy()
    starts[gated] = source + 1 + tails
    network.add_arcs_with_capacity(starts, count + columns, np.ones_like(rows))
    if gates.size:
        network.add_arcs_with_capacity(
            gates // many, source + 1 + np.arange(gates.size), np.ones_like(gates)
        )
    network.add_arcs_with_capacity(count + np.arange(many), np.full(many, sink), field.room)
    if network.solve(source, sink) != SimpleMaxFlow.OPTIMAL:
        raise AssertionError("no largest flow")
    if network.optimal_flow() == needs.sum():
        return np.array([], np.int64), np.array([], np.int64)
    near = np.array(network.get_source_side_min_cut(), np.int64)
    judges = near[(near >= count) & (near < sink)] - count
    return np.sort(part[near[near < count]]), np.sort(judges)


def separate(near: Bools) -> Iterator[tuple[Places, Places]]:
    """Yield entries and judges that have to do with one another, group by group."""
    left = np.ones(len(near), bool)
    while left.any():
        rows = np.zeros_like(left)
        rows[np.flatnonzero(left)[0]] = True
        while True:
            columns = near[rows].any(0)
            reached = rows | near[:, columns].any(1)
            if (reached == rows).all():
                break
            rows = reached
        left &= ~rows
        yield np.flatnonzero(rows), np.flatnonzero(columns)


def counted(field: Field, rows: Places) -> proofs.Field:
    """Put these entries into the checker's words, without whom branching has kept away."""
    names = [judge.judge_id for judge in field.judges]
    pairs = field.problem.apart
    return proofs.Field(
        needs={field.entries[row].entry_id: int(field.needs[row]) for row in rows},
        free={
            field.entries[row].entry_id: frozenset(
                names[place] for place in np.flatnonzero(field.free[row])
            )
            for row in rows
        },
        room=dict(zip(names, map(int, field.room), strict=True)),
        apart=proofs.others(pairs),
    )


def said(field: Field, rows: Places, columns: Places) -> Witness:
    """Count a shortage the way its checker will."""
    entries = tuple(field.entries[row].entry_id for row in rows)
    judges = tuple(field.judges[column].judge_id for column in columns)
    needed, inside, outside = counted(field, rows).weigh(entries, judges)
    return Witness(entries=entries, judges=judges, needed=needed, inside=inside, outside=outside)

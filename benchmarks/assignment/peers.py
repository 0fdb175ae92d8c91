"""The same evenness from libraries anybody may take, where they can be imported.

    pip install --target .local/peers -r benchmarks/assignment/requirements-peers.txt
    PYTHONPATH=.local/peers python -m benchmarks.assignment

scipy solves the whole as a linear programme (HiGHS), networkx the flow by a network simplex. They
know nothing of seeds; the sum of squared loads is what is compared.
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

SPARE = 3  # entries above the mean that a load may grow to


def highs(free: Mapping[str, Sequence[str]], needs: int) -> int | None:
    """Return the least sum of squared loads, by a linear programme."""
    if not find_spec("scipy"):
        return None
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import coo_array, hstack, vstack  # noqa: PLC0415

    judges = sorted({judge for known in free.values() for judge in known})
    column = {judge: number for number, judge in enumerate(judges)}
    pairs = np.array(
        [(row, column[judge]) for row, known in enumerate(free.values()) for judge in known]
    )
    count, many, size = len(free), len(judges), len(pairs)
    steps = len(free) * needs // many + SPARE
    ones, places = np.ones(size), np.arange(size)
    seats = coo_array((ones, (pairs[:, 0], places)), (count, size))
    held = coo_array((ones, (pairs[:, 1], places)), (many, size))
    loads = coo_array(
        (-np.ones(many * steps), (np.repeat(np.arange(many), steps), np.arange(many * steps))),
        (many, many * steps),
    )
    nothing = coo_array((count, many * steps))
    upper = hstack([seats, nothing]), hstack([held, loads])
    solved = linprog(
        np.concatenate([np.zeros(size), np.tile(2 * np.arange(steps) + 1, many)]),
        A_eq=vstack(upper).tocsr(),
        b_eq=np.concatenate([np.full(count, needs), np.zeros(many)]),
        bounds=(0, 1),
        method="highs-ds",
    )
    return round(solved.fun)


def simplex(free: Mapping[str, Sequence[str]], needs: int) -> int | None:
    """Return the least sum of squared loads, by a network simplex in Python."""
    if not find_spec("networkx"):
        return None
    import networkx as nx  # noqa: PLC0415

    judges = sorted({judge for known in free.values() for judge in known})
    graph = nx.MultiDiGraph()
    graph.add_node("sink", demand=needs * len(free))
    for entry, known in free.items():
        graph.add_node(entry, demand=-needs)
        for judge in known:
            graph.add_edge(entry, judge, capacity=1, weight=0)
    for judge in judges:
        for load in range(len(free) * needs // len(judges) + SPARE):
            graph.add_edge(judge, "sink", capacity=1, weight=2 * load + 1)
    return int(nx.network_simplex(graph)[0])

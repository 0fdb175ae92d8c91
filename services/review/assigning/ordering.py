"""Puts the talks of a defence day in order, so that judges leave the rooms as rarely as can be.

Without limits a room is a tour through its sets of judges who are out, one step costing those who
newly leave: found with OR-Tools and proved best in moments. It is a bound for whatever limits
there are. With limits the places are variables of their own; small puzzles are proved best too.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ortools.sat.python import cp_model

from services.review.assigning.polishing import polish, pull_forward
from services.review.domain.defence.puzzle import Order, Puzzle, Talk, check_order, cost

WORK = 6.0  # deterministic seconds of the solver: the same everywhere, near enough to seconds
MOST_TOURED = 20  # talks in a limited room up to which its tour is a part of the model

Chosen = dict[tuple[str, int], Any]  # whether a talk has a place


def order(puzzle: Puzzle, work: float = WORK) -> Order:
    """Return an order with the fewest leavings that were found, and what none can better.

    Each model is worked at for `work` deterministic seconds at most.
    """
    rooms = by_room(puzzle)
    toured = {room: tour(talks, puzzle.seed, work) for room, talks in rooms.items()}
    at_least = sum(bound for _, bound in toured.values())
    hint = {talk.code: place for talks, _ in toured.values() for place, talk in enumerate(talks)}
    if fits(puzzle, hint):
        return Order(places=hint, leavings=cost(puzzle.talks, hint), at_least=at_least)
    return limited(puzzle, rooms, hint, at_least, work)


def by_room(puzzle: Puzzle) -> dict[str, list[Talk]]:
    """Gather the talks of each room, in an order that the seed decides."""
    rooms: dict[str, list[Talk]] = {}
    for talk in sorted(puzzle.talks, key=lambda one: drawn(puzzle.seed, one.code)):
        rooms.setdefault(talk.room, []).append(talk)
    return rooms


def drawn(seed: str, code: str) -> str:
    """Return what orders codes as a lot would."""
    return sha256(f"{seed}\n{code}".encode()).hexdigest()


def fits(puzzle: Puzzle, places: dict[str, int]) -> bool:
    """Say whether an order keeps to the puzzle."""
    try:
        check_order(puzzle, places)
    except ValueError:
        return False
    return True


def tour(talks: Sequence[Talk], seed: str, work: float) -> tuple[list[Talk], int]:
    """Order the talks of a room as if everybody could be there always; return a bound too.

    Talks for which the same judges are out stay together; those for which nobody is come last.
    """
    groups: dict[frozenset[str], list[Talk]] = {}
    for talk in talks:
        groups.setdefault(frozenset(talk.away), []).append(talk)
    outs = [out for out in groups if out]
    model = cp_model.CpModel()
    arcs, total = steps(model, outs)
    model.minimize(total)
    solver, status = solve(model, seed, work)
    sequence, bound = outs, len(frozenset().union(*outs))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        sequence = [outs[place - 1] for place in walk(arcs, solver)]
        bound = round(solver.best_objective_bound)
    return [talk for out in [*sequence, frozenset()] for talk in groups.get(out, ())], bound


def steps(model: cp_model.CpModel, outs: Sequence[Iterable[str]]) -> tuple[list[Any], Any]:
    """Add a tour through these sets of people, from nobody and back; return its arcs and cost."""
    nodes = [frozenset[str](), *map(frozenset, outs)]
    arcs = [
        (here, there, model.new_bool_var(f"{here}>{there}"))
        for here in range(len(nodes))
        for there in range(len(nodes))
        if here != there
    ]
    if arcs:
        model.add_circuit(arcs)
    return arcs, sum(len(nodes[there] - nodes[here]) * taken for here, there, taken in arcs)


def walk(arcs: Iterable[Any], solver: cp_model.CpSolver) -> list[int]:
    """Return the nodes of a tour in turn, without the one it begins and ends at."""
    following = {here: there for here, there, taken in arcs if solver.boolean_value(taken)}
    found, node = [], following.get(0, 0)
    while node:
        found.append(node)
        node = following[node]
    return found


def solve(model: cp_model.CpModel, seed: str, work: float) -> tuple[cp_model.CpSolver, Any]:
    """Let the solver work, always alike on the same model and seed."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = int(drawn(seed, "")[:7], 16)
    solver.parameters.max_deterministic_time = work
    return solver, solver.solve(model)


def limited(
    puzzle: Puzzle,
    rooms: Mapping[str, list[Talk]],
    hint: Mapping[str, int],
    at_least: int,
    work: float,
) -> Order:
    """Order talks that cannot have every place, near a hint where that can be."""
    model = cp_model.CpModel()
    chosen = places_of(model, puzzle, rooms)
    total = model.new_int_var(at_least, sum(len(talk.away) for talk in puzzle.talks), "total")
    model.add(total >= sum(outings(model, talks, chosen) for talks in rooms.values()))
    for talks in rooms.values():
        if len(talks) <= MOST_TOURED:
            follow_tour(model, talks, chosen)
    for (code, place), taken in chosen.items():
        model.add_hint(taken, hint[code] == place)
    model.minimize(total)
    solver, status = solve(model, puzzle.seed, work)
    if status == cp_model.INFEASIBLE:
        return Order(at_least=at_least)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Order(at_least=at_least, is_settled=False)
    at_least = max(at_least, round(solver.best_objective_bound))
    found = {code: place for (code, place), taken in chosen.items() if solver.boolean_value(taken)}
    if status != cp_model.OPTIMAL:
        found = polish(puzzle, found)
    found = pull_forward(puzzle, found)
    return Order(places=found, leavings=cost(puzzle.talks, found), at_least=at_least)


def places_of(model: cp_model.CpModel, puzzle: Puzzle, rooms: Mapping[str, list[Talk]]) -> Chosen:
    """Let each talk have one place, and each place one talk of a room and one of a person."""
    chosen: Chosen = {}
    for talk in puzzle.talks:
        for place in talk.places:
            chosen[talk.code, place] = model.new_bool_var(f"{talk.code}@{place}")
        model.add_exactly_one(chosen[talk.code, place] for place in talk.places)
    people: dict[str, list[Talk]] = {}
    for talk in puzzle.talks:
        for person in set(talk.people):
            people.setdefault(person, []).append(talk)
    apart = [talks for talks in people.values() if len({talk.room for talk in talks}) > 1]
    for talks in (*rooms.values(), *apart):
        for place in {place for talk in talks for place in talk.places}:
            model.add_at_most_one(
                chosen[talk.code, place] for talk in talks if (talk.code, place) in chosen
            )
    return chosen


def outings(model: cp_model.CpModel, talks: Sequence[Talk], chosen: Chosen) -> Any:  # noqa: ANN401  # an expression
    """Return how often judges leave a room; at an empty place whoever is out stays out."""
    left = []
    last = max(place for talk in talks for place in talk.places)
    for judge in sorted({judge for talk in talks for judge in talk.away}):
        before: Any = 0
        for place in range(last + 1):
            out = model.new_bool_var(f"{judge} out at {place}")
            for talk in talks:
                if (talk.code, place) in chosen:
                    is_out = out if judge in talk.away else out.Not()
                    model.add_implication(chosen[talk.code, place], is_out)
            leaves = model.new_bool_var(f"{judge} leaves at {place}")
            model.add(leaves >= out - before)
            left.append(leaves)
            before = out
    return sum(left)


def follow_tour(model: cp_model.CpModel, talks: Sequence[Talk], chosen: Chosen) -> None:
    """Let the talks of a room follow one another as a tour does, which proves bounds sooner."""
    arcs, _ = steps(model, [talk.away for talk in talks])
    at = [sum(place * chosen[talk.code, place] for place in talk.places) for talk in talks]
    for here, there, taken in arcs:
        if here and there:
            model.add(at[there - 1] >= at[here - 1] + 1).only_enforce_if(taken)

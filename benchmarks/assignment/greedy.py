"""How judges were assigned before: greedily, then exchanges until loads are as even as can be.

Kept to be measured beside what came after it, which also knows limits, areas, pairs kept apart,
changes and seeds. Start with `assign`. It looks for the assignment whose squared loads sum to the
least; one that differs by at most one entry between judges, wherever one exists, is such.
Greedy first, then exchanges along shortest paths from a busy judge to an idle one until none is
left: without such a path the sum is least (Harvey, Ladner, Lovász, Tamir:
Semi-matchings for bipartite graphs, 2006).
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """Hand an entry from one judge to another."""

    entry: str
    giver: str
    taker: str


def assign(
    free: Mapping[str, Sequence[str]],
    per_entry: int | None,
    carried: Mapping[str, int] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Give every entry its judges; `free` names, per entry, the judges without a conflict.

    `per_entry` None means all of them. Every entry needs at least `per_entry` free judges.
    `carried` are the loads judges have already. The outcome depends on these and on the order
    of entries and judges alone.
    """
    if per_entry is None:
        return {entry: tuple(judges) for entry, judges in free.items()}
    loads = {judge: (carried or {}).get(judge, 0) for judges in free.values() for judge in judges}
    panels: dict[str, set[str]] = {}
    for entry, judges in free.items():
        panels[entry] = set(sorted(judges, key=loads.__getitem__)[:per_entry])
        for judge in panels[entry]:
            loads[judge] += 1
    level(panels, free, loads)
    return {
        entry: tuple(judge for judge in judges if judge in panels[entry])
        for entry, judges in free.items()
    }


def level(
    panels: dict[str, set[str]], free: Mapping[str, Sequence[str]], loads: dict[str, int]
) -> None:
    """Move entries from busy judges to idle ones until no move evens the loads."""
    while moves := evening_moves(panels, free, loads):
        for move in moves:
            panels[move.entry].remove(move.giver)
            panels[move.entry].add(move.taker)
        loads[moves[0].giver] -= 1
        loads[moves[-1].taker] += 1


def evening_moves(
    panels: Mapping[str, set[str]], free: Mapping[str, Sequence[str]], loads: Mapping[str, int]
) -> list[Move]:
    """Find the moves that take one entry off a judge two or more busier than the last taker."""
    held: dict[str, list[str]] = {judge: [] for judge in loads}
    for entry in free:
        for judge in panels[entry]:
            held[judge].append(entry)
    idlest = min(loads.values(), default=0)
    for giver in sorted(loads, key=lambda judge: (-loads[judge], judge)):
        if loads[giver] < idlest + 2:
            break
        if moves := path(giver, held, panels, free, loads):
            return moves
    return []


def path(
    giver: str,
    held: Mapping[str, Sequence[str]],
    panels: Mapping[str, set[str]],
    free: Mapping[str, Sequence[str]],
    loads: Mapping[str, int],
) -> list[Move]:
    """Search breadth-first for a judge at least two entries less busy than the giver."""
    reached: dict[str, Move | None] = {giver: None}
    queue = deque([giver])
    while queue:
        judge = queue.popleft()
        if loads[judge] <= loads[giver] - 2:
            return back(judge, reached)
        for entry in held[judge]:
            for taker in free[entry]:
                if taker not in panels[entry] and taker not in reached:
                    reached[taker] = Move(entry, judge, taker)
                    queue.append(taker)
    return []


def back(judge: str, reached: Mapping[str, Move | None]) -> list[Move]:
    """Follow the moves from the last taker back to the first giver."""
    moves: list[Move] = []
    while move := reached[judge]:
        moves.append(move)
        judge = move.giver
    return moves[::-1]

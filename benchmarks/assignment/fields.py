"""Problems of the size of a country's contest, made up from a seed."""

import random

from services.review.domain.assignment.problem import Demand, Desk, Problem

AREAS = 8


def field(entries: int, judges: int, needs: int = 3, conflicts: float = 0.05) -> Problem:
    """Return entries and judges of whom each pair is in conflict by chance."""
    chance = random.Random(f"{entries} {judges}")  # noqa: S311  # the same in every run
    names = [f"j-{number:04}" for number in range(judges)]
    areas = [f"area {number}" for number in range(AREAS)]
    return Problem(
        judges=tuple(Desk(judge_id=name, areas=(chance.choice(areas),)) for name in names),
        entries=tuple(
            Demand(
                entry_id=f"e-{number:05}",
                needs=needs,
                area=chance.choice(areas),
                away=tuple(name for name in names if chance.random() < conflicts),
            )
            for number in range(entries)
        ),
        seed="1",
    )


def free(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Name, per entry, the judges without a conflict."""
    names = [judge.judge_id for judge in problem.judges]
    return {
        entry.entry_id: tuple(name for name in names if name not in kept)
        for entry in problem.entries
        for kept in [set(entry.away)]
    }

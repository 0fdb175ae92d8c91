"""From a problem to its answer, in the names of the problem."""

from collections import Counter
from typing import assert_never

import numpy as np
from msgspec import to_builtins

from services.review.assigning.branching import Settled, settle
from services.review.assigning.fields import Field
from services.review.domain.assignment import witness as proofs
from services.review.domain.assignment.problem import Answer, Problem, Witness


def answer(problem: Problem) -> Answer:
    """Assign judges at least cost, or prove that they cannot be assigned."""
    if not problem.entries:
        return Answer(is_best=True, is_only=True)
    found = settle(Field.of(problem))
    match found:
        case None:
            return Answer()
        case tuple():
            return refusal(problem, found)
        case Settled():
            return assignment(found)
        case _:
            assert_never(found)


def refusal(problem: Problem, witnesses: tuple[Witness, ...]) -> Answer:
    """Answer with a proof, which the checker has seen before anybody else does."""
    proofs.verify(to_builtins(problem), to_builtins(witnesses))
    return Answer(witnesses=witnesses)


def assignment(settled: Settled) -> Answer:
    """Name who was found; the fixed judges of an entry are named with the others."""
    field, seated = settled.field, settled.found.seated
    names = [judge.judge_id for judge in field.judges]
    panels = {
        entry.entry_id: tuple(
            sorted({*entry.fixed, *(names[place] for place in np.flatnonzero(row))})
        )
        for entry, row in zip(field.entries, seated, strict=True)
    }
    loads = Counter(judge for panel in panels.values() for judge in panel)
    return Answer(
        panels=panels,
        changes=field.changes(seated),
        strangers=field.strangers(seated),
        squares=sum((judge.carried + loads[judge.judge_id]) ** 2 for judge in field.judges),
        is_best=settled.is_best,
        is_only=settled.is_only,
    )

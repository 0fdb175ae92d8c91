"""What the child processes are asked; apart from what they run, which is heavy to import."""

from msgspec import json, msgpack

from kernel.crunch import Crashed, Crunch
from kernel.errors import Unavailable
from services.review.domain.assignment.posing import NotWorkedOut
from services.review.domain.assignment.problem import Answer, Problem
from services.review.domain.assignment.sheet import Sheet


def assign(solver: Crunch, problem: Problem) -> Answer:
    """Have a problem answered; raises `NotWorkedOut` where that takes too long."""
    if not problem.entries:
        return Answer(is_best=True, is_only=True)
    try:
        answer = solver.call("assign", msgpack.encode(problem))
    except Crashed as crashed:
        raise NotWorkedOut from crashed
    return msgpack.decode(answer, type=Answer)


def draw(press: Crunch, sheets: tuple[Sheet, ...]) -> bytes:
    """Have sheets made into one XLSX file."""
    try:
        return press.call("draw", json.encode(sheets))
    except Crashed as crashed:
        raise Unavailable(str(crashed)) from crashed

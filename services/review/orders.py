"""What the child processes are asked; apart from what they run, which is heavy to import."""

from msgspec import json, msgpack

from kernel.crunch import Crashed, Crunch
from kernel.errors import Unavailable
from services.review.domain.assignment.posing import NotWorkedOut
from services.review.domain.assignment.problem import Answer, Problem
from services.review.domain.assignment.sheet import Sheet
from services.review.domain.defence.posing import NoOrderFits, NotOrdered
from services.review.domain.defence.puzzle import Order, Puzzle


def assign(solver: Crunch, problem: Problem) -> Answer:
    """Have a problem answered; raises `NotWorkedOut` where that takes too long."""
    if not problem.entries:
        return Answer(is_best=True, is_only=True)
    try:
        answer = solver.call("assign", msgpack.encode(problem))
    except Crashed as crashed:
        raise NotWorkedOut from crashed
    return msgpack.decode(answer, type=Answer)


def arrange(solver: Crunch, puzzle: Puzzle) -> Order:
    """Have talks put in order; raises `NoOrderFits`, or `NotOrdered` where that takes too long."""
    try:
        answer = solver.call("arrange", msgpack.encode(puzzle))
    except Crashed as crashed:
        raise NotOrdered from crashed
    order = msgpack.decode(answer, type=Order)
    if puzzle.talks and not order.places:
        raise NoOrderFits if order.is_settled else NotOrdered
    return order


def draw(press: Crunch, sheets: tuple[Sheet, ...]) -> bytes:
    """Have sheets made into one XLSX file."""
    try:
        return press.call("draw", json.encode(sheets))
    except Crashed as crashed:
        raise Unavailable(str(crashed)) from crashed

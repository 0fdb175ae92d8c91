"""Finds who judges what, at least cost. Runs in a child process: `assign` is what is called.

`fields` makes arrays of a problem, `pricing` says what an assignment costs, `flows` finds a
cheapest one (OR-Tools), `exchanges` proves that it is cheapest, `branching` keeps apart who must
be, `failing` says why there is none. `arrange` puts the talks of a defence day in order:
`ordering` finds one, `polishing` betters what the solver had no time for. Nothing outside this
folder imports OR-Tools.
"""

from msgspec import msgpack

from services.review.assigning.answering import answer
from services.review.assigning.ordering import order
from services.review.domain.assignment.problem import Problem
from services.review.domain.defence.puzzle import Puzzle


def assign(body: bytes) -> bytes:
    """Answer a `Problem` with an `Answer`, both MessagePack."""
    return msgpack.encode(answer(msgpack.decode(body, type=Problem)))


def arrange(body: bytes) -> bytes:
    """Answer a `Puzzle` with an `Order`, both MessagePack."""
    return msgpack.encode(order(msgpack.decode(body, type=Puzzle)))

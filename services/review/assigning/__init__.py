"""Finds who judges what, at least cost. Runs in a child process: `assign` is what is called.

`fields` makes arrays of a problem, `pricing` says what an assignment costs, `flows` finds a
cheapest one (OR-Tools), `exchanges` proves that it is cheapest, `branching` keeps apart who must
be, `failing` says why there is none. Nothing outside this folder imports OR-Tools.
"""

from msgspec import msgpack

from services.review.assigning.answering import answer
from services.review.domain.assignment.problem import Problem


def assign(body: bytes) -> bytes:
    """Answer a `Problem` with an `Answer`, both MessagePack."""
    return msgpack.encode(answer(msgpack.decode(body, type=Problem)))

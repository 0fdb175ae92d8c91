"""How the service asks for a copy."""

import msgspec

from kernel.crunch import Crashed, Crunch, Failed
from kernel.errors import Unavailable
from services.intake.blinding.orders import Copy, Order


def make(makers: Crunch, order: Order) -> Copy:
    """Have a copy made in a child process; there is always an answer. Raises `Unavailable`."""
    try:
        answer = makers.call("make", msgspec.msgpack.encode(order))
    except Crashed:
        return Copy(problem="TOO_SLOW")
    except Failed as failed:
        raise Unavailable(str(failed)) from failed
    return msgspec.msgpack.decode(answer, type=Copy)

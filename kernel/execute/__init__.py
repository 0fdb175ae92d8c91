"""What an entrypoint does with a message, apart from where the message came from.

`answer` runs a command, `look_up` a query, `hear` an event, as it comes or as `begin_tries` has
taken it from those that wait, `tick` a timer. Each is one transaction; nothing here knows the
broker.
"""

from kernel.execute.answering import (
    Reply,
    RequestIdReused,
    Unreadable,
    answer,
    look_up,
    refusal,
    remember_refusal,
)
from kernel.execute.handler import Handler
from kernel.execute.hearing import bury, hear, put_aside
from kernel.execute.retrying import Turn, begin_tries, due, try_alone
from kernel.execute.ticking import Due, tick
from kernel.execute.trying import ENDED_ITS_PROCESS, describe, following_pause

__all__ = [
    "ENDED_ITS_PROCESS",
    "Due",
    "Handler",
    "Reply",
    "RequestIdReused",
    "Turn",
    "Unreadable",
    "answer",
    "begin_tries",
    "bury",
    "describe",
    "due",
    "following_pause",
    "hear",
    "look_up",
    "put_aside",
    "refusal",
    "remember_refusal",
    "tick",
    "try_alone",
]

"""What an entrypoint does with a message, apart from where the message came from.

`answer` runs a command, `look_up` a query, `hear` an event, `retry_one` one that failed before,
`tick` a timer. Each is one transaction; nothing here knows the broker.
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
from kernel.execute.hearing import bury, hear
from kernel.execute.retrying import ENDED_ITS_PROCESS, handlers_due, retry_one, try_alone
from kernel.execute.ticking import Due, tick
from kernel.execute.trying import describe, following_pause

__all__ = [
    "ENDED_ITS_PROCESS",
    "Due",
    "Handler",
    "Reply",
    "RequestIdReused",
    "Unreadable",
    "answer",
    "bury",
    "describe",
    "following_pause",
    "handlers_due",
    "hear",
    "look_up",
    "refusal",
    "remember_refusal",
    "retry_one",
    "tick",
    "try_alone",
]

"""Events that were said and not yet heard by everybody who hears them: found, and said again.

Queues are not part of a backup. What was in them at the cut is in the speakers' outboxes, marked
as sent, and in no inbox of those it was for; that difference is sent again: `say_again`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from typing import Any

import psycopg2

from contracts.message import Envelope, Event, Message
from kernel import envelope
from kernel.execute.handler import Handler
from kernel.hosting import service_class
from kernel.messaging import speakers_of
from upkeep.backup.cut import SEE_ALL
from upkeep.backup.places import Place
from upkeep.backup.tables import asked
from upkeep.pairing import side_by_side

BATCH = 1000

# A handler of a later version was never told what had been said before it, and must not be
# now; with a day to spare for what was on its way when it first heard something.
_SINCE = (
    "SELECT min(received_at) - interval '1 day' FROM inbox WHERE handler = %s AND state = 'done'"
)
_SAID = (
    "SELECT id FROM outbox WHERE (%(type)s = '' OR type = %(type)s)"
    " AND created_at >= greatest(%(since)s, (SELECT max(created_at) FROM outbox)"
    ' - make_interval(days => %(days)s)) ORDER BY id COLLATE "C"'
)
_HEARD = (
    "SELECT message_id FROM inbox WHERE handler = %(handler)s"
    " AND (%(type)s = '' OR type = %(type)s) ORDER BY message_id COLLATE \"C\""
)
_AGAIN = "UPDATE outbox SET sent_at = NULL WHERE id = ANY(%s) AND sent_at IS NOT NULL"


def handlers(service: str) -> list[Handler]:
    """Return what a service hears events with."""
    kind = service_class(service)
    found = (getattr(getattr(kind, name), "handler", None) for name in dir(kind))
    return [each for each in found if each and issubclass(each.message_type, Event | Envelope)]


def type_heard(handler: Handler) -> str:
    """Return the type of event that a handler hears; empty where it hears every one."""
    wanted = handler.message_type
    return envelope.name_of(wanted) if issubclass(wanted, Message) else ""


def say_again(
    places: Sequence[Place], hear: Mapping[str, Sequence[Handler]], days: int
) -> Counter[str]:
    """Have the speakers send what some hearer has not heard; count it by `service.handler`.

    Other hearers of the same event ignore it. Only events of the last `days` are looked at.
    """
    told: Counter[str] = Counter()
    with ExitStack() as kept:
        open_ones = {
            place.service: kept.enter_context(
                closing(psycopg2.connect(place.address, options=SEE_ALL))
            )
            for place in places
        }
        for hearer, service_handlers in hear.items():
            for handler in service_handlers:
                for speaker in speakers_of(handler):
                    if speaker in open_ones:
                        pair = (open_ones[speaker], open_ones[hearer])
                        told[f"{hearer}.{handler.name}"] += _again(*pair, handler, days)
        for connection in open_ones.values():
            connection.commit()
    return +told


def _again(speaker: Any, hearer: Any, handler: Handler, days: int) -> int:  # noqa: ANN401
    kind = type_heard(handler)
    ((since,),) = asked(hearer, _SINCE, handler.name)
    said = _stream(speaker, "said", _SAID, {"type": kind, "since": since, "days": days})
    heard = _stream(hearer, "heard", _HEARD, {"type": kind, "handler": handler.name})
    lacking = difference(said, heard)
    count = 0
    while batch := list(islice(lacking, BATCH)):
        count += len(batch)
        asked(speaker, _AGAIN, batch)
    return count


def _stream(
    connection: Any,  # noqa: ANN401
    name: str,
    query: str,
    values: Mapping[str, object],
) -> Iterator[tuple[str]]:
    with connection.cursor(name) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query, values)
        yield from cursor


def difference(said: Iterator[tuple[str]], heard: Iterator[tuple[str]]) -> Iterator[str]:
    """Yield what is in the first and not in the second; the rows of both rise."""
    for one, other in side_by_side(said, heard):
        if one is not None and other is None:
            yield one[0]

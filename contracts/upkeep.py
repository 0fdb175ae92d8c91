"""What an operator asks every service of, about its own queues; each service has its own of these.

Answers are about the asking tenant alone.
"""

from datetime import datetime

from msgspec import Struct

from contracts.message import Command, Query


class ShowBacklog(Query, frozen=True, kw_only=True):
    """What waits in a service, for operators. Reply: `Backlog`."""


class ListDead(Query, frozen=True, kw_only=True):
    """Messages that were given up, the newest first. Reply: `DeadFound`.

    An envelope may hold personal data: only operators read it.
    """

    first: int = 0
    most: int = 20  # at most 100


class RetryDead(Command, frozen=True, kw_only=True):
    """Have an event that was given up tried again, from the first try on. Reply: None.

    With `body`, a JSON object, that takes the place of what it said; nothing else of it changes.
    A dead request stays dead: whoever sent it has been told, and may send another.
    """

    handler: str
    message_id: str
    body: str = ""


class HandlerBacklog(Struct, frozen=True, kw_only=True):
    """What waits for one handler: how many are `retry`, `waiting`, `dead`, the oldest since when.

    `waiting` are those of a tenant with much at once, set aside until its turn.
    """

    handler: str
    state: str
    count: int
    since: datetime


class Backlog(Struct, frozen=True, kw_only=True):
    """What waits in a service: events the broker has not confirmed, and events that failed."""

    unsent: int
    unsent_since: datetime | None = None
    handlers: tuple[HandlerBacklog, ...] = ()


class DeadMessage(Struct, frozen=True, kw_only=True):
    """A message that was given up: which handler, why, and its envelope as it came."""

    handler: str
    message_id: str
    type: str
    received_at: datetime
    attempts: int
    error: str
    envelope: str
    body: str = ""  # of an envelope that can be read
    may_retry: bool = True


class DeadFound(Struct, frozen=True, kw_only=True):
    """How many messages are dead, and those asked for."""

    total: int
    lines: tuple[DeadMessage, ...]


class EmptySandbox(Command, frozen=True, kw_only=True):
    """Take away all that a sandbox has in a service. Reply: how many rows that were.

    Refused for every other tenant. What is queued to be sent stays, and so does the ledger.
    """

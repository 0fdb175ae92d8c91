"""What an operator asks notify of, about its queues."""

from contracts import upkeep
from contracts.message import Event


class ShowBacklog(upkeep.ShowBacklog, frozen=True, kw_only=True):
    """What waits in notify, for operators. Reply: `Backlog` of `contracts.upkeep`."""


class ListDead(upkeep.ListDead, frozen=True, kw_only=True):
    """What notify gave up, the newest first. Reply: `DeadFound` of `contracts.upkeep`."""


class RetryDead(upkeep.RetryDead, frozen=True, kw_only=True):
    """Have notify try an event again that it gave up. Reply: None."""


class EmptySandbox(upkeep.EmptySandbox, frozen=True, kw_only=True):
    """Take away all that a sandbox has in notify. Reply: how many rows that were."""


class EntrantsForgotten(Event, frozen=True, kw_only=True):
    """Addresses, and the words of what was sent, are gone from notify.

    `people` were known here, `rows` lost something.
    """

    contest_id: str
    people: int
    rows: int

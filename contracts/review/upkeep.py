"""What an operator asks review of, about its queues."""

from contracts import upkeep
from contracts.message import Event


class ShowBacklog(upkeep.ShowBacklog, frozen=True, kw_only=True):
    """What waits in review, for operators. Reply: `Backlog` of `contracts.upkeep`."""


class ListDead(upkeep.ListDead, frozen=True, kw_only=True):
    """What review gave up, the newest first. Reply: `DeadFound` of `contracts.upkeep`."""


class RetryDead(upkeep.RetryDead, frozen=True, kw_only=True):
    """Have review try an event again that it gave up. Reply: None."""


class EmptySandbox(upkeep.EmptySandbox, frozen=True, kw_only=True):
    """Take away all that a sandbox has in review. Reply: how many rows that were."""


class EntrantsForgotten(Event, frozen=True, kw_only=True):
    """Names that minutes needed are gone from review.

    `people` were known here, `rows` lost something.
    """

    contest_id: str
    people: int
    rows: int

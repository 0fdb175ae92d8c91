"""What an operator asks intake of, about its queues."""

from contracts import upkeep


class ShowBacklog(upkeep.ShowBacklog, frozen=True, kw_only=True):
    """What waits in intake, for operators. Reply: `Backlog` of `contracts.upkeep`."""


class ListDead(upkeep.ListDead, frozen=True, kw_only=True):
    """What intake gave up, the newest first. Reply: `DeadFound` of `contracts.upkeep`."""


class RetryDead(upkeep.RetryDead, frozen=True, kw_only=True):
    """Have intake try an event again that it gave up. Reply: None."""


class EmptySandbox(upkeep.EmptySandbox, frozen=True, kw_only=True):
    """Take away all that a sandbox has in intake. Reply: how many rows that were."""

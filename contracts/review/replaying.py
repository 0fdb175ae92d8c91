"""What review is asked and answers about rounds under other rules."""

from msgspec import Struct

from contracts.message import Query
from contracts.review.judging import RoundLine
from contracts.rules import Rules


class ReplayRounds(Query, frozen=True, kw_only=True):
    """Aggregate the sheets that were given, under other rules. Reply: tuple of `ReplayedRound`.

    `entry_ids` are those that would be in the contest.
    """

    contest_id: str
    rules: Rules
    entry_ids: tuple[str, ...]


class ReplayedRound(Struct, frozen=True, kw_only=True):
    """A round as it would have come out, best first.

    `unjudged` would have been in it and have no sheets, as they did not get so far.
    """

    round_id: str
    table: tuple[RoundLine, ...]
    unjudged: tuple[str, ...] = ()

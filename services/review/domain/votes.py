"""When the council votes on equals (hội đồng biểu quyết). Start with `check_vote`."""

from contracts.rules import Round
from contracts.rules.reckoning import COUNCIL_VOTE, Vote
from kernel.errors import Refused


class NoVoteForeseen(Refused):
    """The rules of the round leave no tie at the cut-off to the council."""


class NotTheTiedEntries(Refused):
    """The vote must order exactly the entries that are equal at the cut-off."""


class MinutesMissing(Refused):
    """A vote needs the number of the minutes that record it, and the reason they give."""


def check_vote(vote: Vote, rules: Round, ties: tuple[tuple[str, ...], ...]) -> None:
    """Raise unless the vote is minuted and orders one of the ties left to the council."""
    if rules.advance is None or rules.advance.at_cutoff != COUNCIL_VOTE:
        raise NoVoteForeseen
    if not vote.minutes.strip() or not vote.reason.strip():
        raise MinutesMissing
    if sorted(vote.order) not in [sorted(tie) for tie in ties]:
        raise NotTheTiedEntries

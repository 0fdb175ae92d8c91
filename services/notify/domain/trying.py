"""How often a delivery is tried, and when it is given up.

A recipient who is refused costs the delivery a try; a counterparty that does not answer is also
left alone for a while, so that the rest of its queue neither waits for it line by line nor spends
its tries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

# The pause before the second, third … try; after the last one the delivery has failed (22 h).
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (2, 10, 60, 300, 1800, 7200, 21600, 50400)
)
LONGEST_COUNTERPARTY_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Reached:
    """The counterparty took the message."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The counterparty answered, and said no; `for_good` when asking again is pointless."""

    reason: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Down:
    """The counterparty did not answer, or answered that it cannot work now."""

    reason: str


Outcome = Reached | TurnedAway | Down


@dataclass(frozen=True, slots=True)
class Done:
    """The delivery is sent."""


@dataclass(frozen=True, slots=True)
class Again:
    """The delivery is tried again at an instant."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The delivery has failed; a person may send it again."""

    reason: str


def settle(
    delivery_id: str, attempts: int, outcome: Outcome, now: datetime
) -> Done | Again | GivenUp:
    """Decide what becomes of a delivery after its try number `attempts`, counted from 1."""
    if isinstance(outcome, Reached):
        return Done()
    pointless = isinstance(outcome, TurnedAway) and outcome.for_good
    if pointless or attempts > len(PAUSES):
        return GivenUp(outcome.reason)
    pause = PAUSES[attempts - 1]
    return Again(now + pause + pause * spread(delivery_id, attempts), outcome.reason)


def spread(delivery_id: str, attempts: int) -> float:
    """Return up to a quarter, by the id, so that what failed together is not tried together."""
    return sha256(f"{delivery_id} {attempts}".encode()).digest()[0] / 1024


def counterparty_pause(failures: int) -> timedelta:
    """Return how long a counterparty is left alone after failures in a row, counted from 1."""
    return min(timedelta(seconds=2 ** min(failures - 1, 30)), LONGEST_COUNTERPARTY_PAUSE)

"""How often a delivery is tried, and when it is given up.

A recipient who is refused costs the delivery a try; a counterparty that does not answer is also
left alone for a while (`breaking`), so that its queue does not spend its tries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

# The longest pause before the second, third … try: the pause is anything up to it (full jitter).
# After the last one the delivery has failed, on average after 22 hours.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (4, 20, 120, 600, 3600, 14400, 43200, 100800)
)
SHORTEST_PAUSE = timedelta(seconds=1)
UNREACHABLE, BROKEN_OFF, BUSY = 10, 3, 1  # strikes against a counterparty


@dataclass(frozen=True, slots=True)
class Reached:
    """The counterparty took the message; `response` is its code or its id for it."""

    accepted_by: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The counterparty answered, and said no; `for_good` when asking again is pointless."""

    reason: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Down:
    """The counterparty did not answer, or answered that it cannot work now.

    `strikes` says how much that counts against it: unreachable, broken off, or merely busy.
    """

    reason: str
    strikes: int = BUSY


Outcome = Reached | TurnedAway | Down


@dataclass(frozen=True, slots=True)
class Done:
    """The delivery is sent."""

    accepted_by: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """The delivery is tried again at an instant."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The delivery has failed; a person may send it again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pointless:
    """The delivery's time is over before it could be tried again."""

    reason: str


Verdict = Done | Again | GivenUp | Pointless


def settle(
    delivery_id: str,
    attempts: int,
    outcome: Outcome,
    now: datetime,
    expires_at: datetime | None = None,
) -> Verdict:
    """Decide what becomes of a delivery after its try number `attempts`, counted from 1."""
    if isinstance(outcome, Reached):
        return Done(outcome.accepted_by, outcome.response)
    hopeless = isinstance(outcome, TurnedAway) and outcome.for_good
    if hopeless or attempts > len(PAUSES):
        return GivenUp(outcome.reason)
    at = now + max(SHORTEST_PAUSE, PAUSES[attempts - 1] * spread(delivery_id, attempts))
    if is_pointless(expires_at, at):
        return Pointless(outcome.reason)
    return Again(at, outcome.reason)


def is_pointless(expires_at: datetime | None, at: datetime) -> bool:
    """Say whether a message is of no use any more at an instant; the end itself is too late."""
    return expires_at is not None and at >= expires_at


def spread(delivery_id: str, attempts: int) -> float:
    """Return 0 to 1 by the id, so that what failed together is not tried together."""
    digest = sha256(f"{delivery_id} {attempts}".encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32

"""When a counterparty is left alone: a circuit breaker, as a value.

Closed, everything is sent. So much failure that it outweighs the successes opens it, for longer
each time. When the pause is over it is half open: one message is let through to see.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.notify.domain.trying import Down, Outcome

STRIKES = 10  # a third of failures never opens it for long; half of them does
PROBE = timedelta(minutes=2)  # the longest a probe may take, before somebody else sends one
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Breaker:
    """What is known of a counterparty. `openings` counts those in a row, 0 when closed."""

    strikes: int = 0
    openings: int = 0
    paused_until: datetime | None = None

    def state(self, now: datetime) -> Literal["CLOSED", "OPEN", "HALF_OPEN"]:
        """Say what may be sent now: everything, nothing, or one message."""
        if not self.openings or self.paused_until is None:
            return "CLOSED"
        return "OPEN" if now < self.paused_until else "HALF_OPEN"

    def probe(self, now: datetime) -> "Breaker":
        """Let one message through; for all others it stays open meanwhile."""
        return replace(self, paused_until=now + PROBE)

    def after(self, outcome: Outcome, now: datetime, *, probing: bool = False) -> "Breaker":
        """Learn from a try. An answer, be it no, closes it; what fails while open adds nothing."""
        if not isinstance(outcome, Down):
            closes = probing or self.state(now) != "CLOSED"
            return Breaker() if closes else Breaker(max(0, self.strikes - 1))
        if self.state(now) == "OPEN" and not probing:
            return self
        if self.openings == 0 and self.strikes + outcome.strikes < STRIKES:
            return Breaker(self.strikes + outcome.strikes)
        openings = self.openings + 1
        return Breaker(STRIKES, openings, now + counterparty_pause(openings))


def counterparty_pause(openings: int) -> timedelta:
    """Return how long a counterparty is left alone at the n-th opening in a row, from 1."""
    return min(timedelta(seconds=2 ** min(openings - 1, 30)), LONGEST_PAUSE)

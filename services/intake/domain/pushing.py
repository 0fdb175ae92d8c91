"""How often a counterparty is told the same thing, and when it is left alone (circuit breaker).

What a counterparty refuses costs the push a try. A counterparty that does not answer is left
alone for a while as well, so that its queue does not spend its tries on an outage.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

LONGEST_REST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Told:
    """The counterparty has taken it."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The counterparty has answered, and said no."""

    reason: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The counterparty has not answered, or cannot work now."""

    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """The push is tried again at an instant."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Dead:
    """The push is given up; it stays until an operator has it tried again."""

    reason: str


Outcome = Told | TurnedAway | Silent
Verdict = Told | Again | Dead


@dataclass(frozen=True, slots=True)
class Patience:
    """The pauses before the second, third … try, in seconds; the push is dead after the last."""

    pauses: tuple[float, ...]

    def judge(self, push: str, attempts: int, outcome: Outcome, now: datetime) -> Verdict:
        """Decide what becomes of a push after its try number `attempts`, counted from 1."""
        if isinstance(outcome, Told):
            return outcome
        if attempts > len(self.pauses):
            return Dead(outcome.reason)
        pause = self.pauses[attempts - 1] * (1 + jitter(push, attempts))
        return Again(now + timedelta(seconds=pause), outcome.reason)

    def rest(self, failures: int) -> timedelta:
        """Return how long a counterparty is left alone after failures in a row, from 1.

        It doubles from the first pause, up to five minutes; then one push tries it again.
        """
        first = self.pauses[0] if self.pauses else 0.0
        doubled = first * float(2 ** min(failures - 1, 20))
        return min(timedelta(seconds=doubled), LONGEST_REST)


def jitter(push: str, attempts: int) -> float:
    """Return 0 to ¼, by the push's name, so that what failed together is not tried together."""
    return sha256(f"{push} {attempts}".encode()).digest()[0] / 1024

"""How long somebody waits after wrong secrets, and whom another's guesses cannot keep out.

Pure rules: no clock, no database. Wrong secrets are counted about three things: a login wherever
they come from, a login at an address it has been signed in from before, and an address whatever
it tries. Start with `check`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Refused

FREE_TRIES = 5  # wrong passwords in a row before the next try has to wait
FREE_OF_ADDRESS = 50  # of one address: a whole office may stand behind it
LONGEST_PAUSE = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=1)  # wrong tries; and what an address tried, after an hour
ADDRESS_RESTS = timedelta(hours=1)
KNOWN_FOR = timedelta(days=180)  # how long an address somebody has signed in from is known


class TooManyTries(Refused):
    """The password was wrong too often; wait before the next try."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often in a row a secret was wrong, and when last; `good_at` is when it was right."""

    failures: int = 0
    last_at: datetime | None = None
    good_at: datetime | None = None

    def check(self, now: datetime, free: int = FREE_TRIES) -> None:
        """Refuse a try that comes too soon: the more failures, the longer the pause.

        The pause is bounded, so that nobody can be kept out for good by somebody else's guesses.
        """
        if self.last_at is None or self.failures < free:
            return
        doubled = timedelta(seconds=2 ** min(self.failures - free, 30))
        wait = self.last_at + min(doubled, LONGEST_PAUSE) - now
        if wait > timedelta(0):
            raise TooManyTries(
                "The password was wrong too often; try again in {seconds} seconds.",
                seconds=wait // timedelta(seconds=1) + 1,
            )


@dataclass(frozen=True, slots=True)
class Told:
    """What is known before a try: about the login, the login at this address, the address."""

    login: Tries = Tries()
    here: Tries = Tries()
    address: Tries = Tries()

    def is_known_here(self, now: datetime) -> bool:
        """Say whether the login was signed in from this address within the last half year."""
        return self.here.good_at is not None and self.here.good_at > now - KNOWN_FOR


def check(told: Told, now: datetime) -> None:
    """Refuse a try that comes too soon.

    Whoever comes from where they have signed in before waits for their own mistakes only, so
    that guesses made elsewhere do not keep them out.
    """
    address = told.address
    if address.last_at is not None and address.last_at > now - ADDRESS_RESTS:
        address.check(now, FREE_OF_ADDRESS)
    (told.here if told.is_known_here(now) else told.login).check(now)

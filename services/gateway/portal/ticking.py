"""Time that is left until something, right when the page is made, and pages that run a script."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import Response

from services.gateway.portal.pages import POLICY

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until an instant: whole days, hours, minutes, rounded up to a minute."""

    until: datetime
    now: datetime
    days: int
    hours: int
    minutes: int


def left(until: datetime, now: datetime) -> Left | None:
    """Return what is left; None once it is over."""
    span = until - now
    if span <= timedelta(0):
        return None
    span = -(-span // MINUTE) * MINUTE
    rest = timedelta(seconds=span.seconds)
    return Left(until, now, span.days, rest // HOUR, rest % HOUR // MINUTE)


def scripted(shown: Response[str]) -> Response[str]:
    """Let a page run scripts of ours that ask nobody but us."""
    shown.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'; connect-src 'self'"
    return shown

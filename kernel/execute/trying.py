"""A failed try: how long to wait before the next, and what an operator gets to read."""

import logging

from kernel.envelope import TooNew, Undecodable
from kernel.errors import NotYet, Refused

log = logging.getLogger(__name__)

ENDED_ITS_PROCESS = "It ended its process, or was returned, too often."


def pauses_after(error: Exception, pauses: tuple[float, ...]) -> tuple[float, ...]:
    """Return the pauses there are after such an error.

    Reading again mends nothing unreadable; what is too new for this copy, a newer one reads.
    """
    return pauses if isinstance(error, TooNew) or not isinstance(error, Undecodable) else ()


def following_pause(attempts: int, pauses: tuple[float, ...]) -> float | None:
    """Return the seconds to wait after so many failed tries; None to give up."""
    return pauses[attempts - 1] if attempts <= len(pauses) else None


def describe(error: Exception) -> str:
    """Return what an operator reads about a failed try. Values stay out: they may be personal."""
    if isinstance(error, Refused):
        return f"{error.code}: {error.template}"
    if isinstance(error, NotYet | Undecodable):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__module__}.{type(error).__name__}"


def log_failure(error: Exception, attempts: int) -> None:
    """Log a try that failed; with its trace where it looks like a mistake of ours."""
    fields = {"attempts": attempts, "why": describe(error)}
    if isinstance(error, Refused | NotYet | TooNew):
        log.info("event postponed", extra={"fields": fields})
    else:
        log.error("event failed", exc_info=error, extra={"fields": fields})

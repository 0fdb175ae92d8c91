"""Whether an entry of a past contest would have been in it under other rules."""

from contracts.rules import Rules
from kernel.errors import Refused
from services.intake.domain import deadlines
from services.intake.domain.deadlines import Arrival
from services.intake.domain.eligibility import check_authors, check_contents
from services.intake.domain.entries import Entry, Incomplete, State

OUT = (State.REFUSED, State.WITHDRAWN, State.DISQUALIFIED)


class OutThen(Refused):
    """The entry was out of the contest then, for a reason that other rules do not change."""


class WouldBeLate(Refused):
    """The entry would have come after the deadline."""


def why_out(entry: Entry, then: Rules, now: Rules, missing: tuple[str, ...]) -> Refused | None:
    """Return why an entry that was handed in would not be in the contest; None if it would.

    `missing` are the papers it lacks under the rules of `now`. Who was given more time `then`
    keeps it.
    """
    try:
        if entry.state in OUT:
            raise OutThen
        check_contents(now, entry.kind, entry.group, entry.area)
        check_authors(now.entrants, entry.kind, entry.authors)
        _check_time(entry, then, now)
        if missing:
            raise Incomplete(
                "The dossier cannot be accepted without {papers}.", papers=", ".join(missing)
            )
    except Refused as refused:
        return refused
    return None


def _check_time(entry: Entry, then: Rules, now: Rules) -> None:
    if entry.received_at is None:
        raise OutThen
    arrival = Arrival(at=entry.received_at, posted_on=entry.posted_at)
    had_more_time = entry.state is not State.LATE and deadlines.count(arrival, then).is_late
    counted = deadlines.count(arrival, now)
    if counted.is_late and not had_more_time:
        raise WouldBeLate("{rule}", rule=counted.rule)

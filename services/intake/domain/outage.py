"""Whether entries could be handed in, as measured; when an outage proposes more time.

While a contest is watched, the door sends a beat through the whole path every half minute. Times
without beats are gaps. Start with `gaps`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.rules import Outage, Window
from kernel.errors import Conflict

QUIET = timedelta(seconds=90)  # three beats: a pause up to this is no gap
LOOKED_BACK = timedelta(days=7)  # so long after closing an outage is still noticed


class ProposalDecided(Conflict):
    """The proposed extension has been decided on already."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, aware; of beats or of their absence."""

    begun_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        """Return how long it is."""
        return self.ended_at - self.begun_at


@dataclass(frozen=True, slots=True)
class Proposal:
    """More time for everybody, because entries could not be handed in for so long."""

    closes: datetime
    until: datetime
    missed: timedelta
    gaps: tuple[Span, ...]


def watch_from(window: Window, known: datetime | None, now: datetime) -> datetime | None:
    """Return from when a contest is watched by rules that are frozen now.

    `known` is from when it was watched before: what was not watched cannot have been missed.
    """
    if window.outage is None:
        return None
    wanted = window.closes - timedelta(hours=window.outage.within_hours)
    since = now if known is None else min(known, now)
    return max(wanted, since)


def joined(last: Span | None, beat_at: datetime) -> Span:
    """Return the stretch a beat belongs to: the last one, longer, or one that begins with it."""
    if last is None or beat_at - last.ended_at > QUIET:
        return Span(beat_at, beat_at)
    return Span(last.begun_at, max(last.ended_at, beat_at))


def gaps(beats: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """Return when no beat came for longer than `QUIET`, between two instants, oldest first."""
    found: list[Span] = []
    last = start
    for beat in sorted((*beats, Span(end, end)), key=lambda one: one.begun_at):
        silence = Span(last, min(beat.begun_at, end))
        if silence.length > QUIET:
            found.append(silence)
        last = max(last, beat.ended_at)
    return tuple(found)


def unanswered(beats: Iterable[Span], watched: Span, answered_at: datetime) -> tuple[Span, ...]:
    """Return the gaps of a watched stretch that the proposal of `answered_at` does not answer.

    What was under way then is one outage with what went before, however long it went on.
    """
    answered = answered_at - QUIET  # the last beat before a new gap may be so old
    found = gaps(beats, min(watched.begun_at, answered), watched.ended_at)
    later = (
        Span(max(one.begun_at, watched.begun_at), one.ended_at)
        for one in found
        if one.begun_at > answered
    )
    return tuple(one for one in later if one.length > QUIET)


def missed(silences: Iterable[Span]) -> timedelta:
    """Return how long entries could not be handed in, in all."""
    return sum((one.length for one in silences), timedelta(0))


def propose(rule: Outage, closes: datetime, silences: tuple[Span, ...]) -> Proposal | None:
    """Propose more time if the rules do for such an outage."""
    lost = missed(silences)
    if lost < timedelta(minutes=rule.at_least_minutes) or not silences:
        return None
    return Proposal(closes, closes + timedelta(hours=rule.extend_hours), lost, silences)

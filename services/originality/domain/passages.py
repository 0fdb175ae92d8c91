"""Which source of a passage comes first, and which others have words of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone

_VIETNAM = timezone(timedelta(hours=7))  # no summer time since the zone was set up

Place = tuple[int, int]  # a half-open range of code points


def earliest(filed_at: datetime | None, applied_on: date | None) -> tuple[bool, datetime]:
    """Return what sources are sorted by: the instant they were there; unknown ones come last.

    A day counts from its first instant in Vietnam.
    """
    if filed_at is None and applied_on is not None:
        filed_at = datetime.combine(applied_on, time(), _VIETNAM)
    return filed_at is None, filed_at or datetime.max.replace(tzinfo=_VIETNAM)


def others(place: Place, sources: Mapping[str, Sequence[Place]]) -> tuple[str, ...]:
    """Name the sources that have a passage in common with this place, however short."""
    start, end = place
    return tuple(
        source
        for source, places in sources.items()
        if any(first < end and start < last for first, last in places)
    )

"""What a shared passage is called, how sure it is, and which source comes first.

Pure functions of figures and places; start with `kind`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

from services.originality.domain.verdict import Overlap, share

VERBATIM = Decimal("0.97")  # of a passage's words are the same to the mark
EDITED = Decimal("0.6")  # of a passage's words stand in the source; fewer, and it is re-worded

_VIETNAM = timezone(timedelta(hours=7))  # no summer time since the zone was set up

Place = tuple[int, int]  # a half-open range of code points


class Kind(StrEnum):
    """How a passage relates to its source: nguyên văn, sửa chữ, diễn đạt lại."""

    VERBATIM = "VERBATIM"
    EDITED = "EDITED"
    REWORDED = "REWORDED"


class Tier(StrEnum):
    """How sure it is that a passage is no chance resemblance."""

    STRONG = "STRONG"
    PROBABLE = "PROBABLE"


def kind(exact: int, shared: int, words: int) -> Kind:
    """Name a passage of so many words, `shared` of them in the source, `exact` to the mark."""
    if share(exact, words) >= VERBATIM:
        return Kind.VERBATIM
    return Kind.EDITED if share(shared, words) >= EDITED else Kind.REWORDED


def tier(words: int, source_words: int) -> Tier:
    """Say whether a passage alone would be a reason for a person to look."""
    alone = Overlap(source=0, matched=words, words=source_words)
    return Tier.STRONG if alone.is_strong else Tier.PROBABLE


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

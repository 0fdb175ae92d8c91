"""Who has not given a sheet, and what has to be stated before anything is done about it."""

from collections.abc import Collection, Mapping

from kernel.database import Work
from kernel.errors import Refused
from services.review import store
from services.review.domain.missing import Why
from services.review.service.field import judged
from services.review.service.stepping import Leaving


class ReasonMissing(Refused):
    """State the reason, and the number of the minutes it rests on."""


def awaited_in(work: Work, played: store.RoundInPlay) -> dict[str, frozenset[str]]:
    """Name the judges whose sheet is still to come, by entry."""
    panels = store.load_sealed_panels(work.session, played)
    return {entry: panels[entry].awaited() for entry in judged(work, played)}


def who_leave(
    work: Work, played: store.RoundInPlay, owed: Mapping[str, Collection[str]], why: Why
) -> list[Leaving]:
    """Say which judges leave which entries, for the same reason."""
    return [
        Leaving(entry, judge_id, why)
        for entry in store.load_entries(work.session, played.contest_id, owed)
        for judge_id in sorted(owed[entry.entry_id])
    ]


def stated(*words: str) -> None:
    """Raise unless everything that must be stated is."""
    if not all(one.strip() for one in words):
        raise ReasonMissing

"""How far a round is, in numbers that tell nothing of a mark."""

from collections.abc import Collection

from kernel.database import Work
from services.review import store
from services.review.domain.rounds import State


def counts(work: Work, played: store.RoundInPlay, entries: Collection[str]) -> dict[str, int]:
    """Count the sheets given and awaited; a place that nobody has taken yet awaits one."""
    count = _sealed if played.state is State.OPEN else _opened
    counted = count(work, played, entries)
    vacant = store.count_vacancies(work.session, played)
    counted["sheets_awaited"] += sum(vacant[entry_id] for entry_id in entries)
    return counted


def _sealed(work: Work, played: store.RoundInPlay, entries: Collection[str]) -> dict[str, int]:
    """Count the sheets of a sealed round: one per judge, however often they gave it."""
    panels = store.load_sealed_panels(work.session, played)
    return {
        "sheets_given": sum(len(panels[one].given) for one in entries),
        "sheets_awaited": sum(len(panels[one].awaited()) for one in entries),
        "second_looks": 0,
    }


def _opened(work: Work, played: store.RoundInPlay, entries: Collection[str]) -> dict[str, int]:
    """Count the sheets of a round whose sheets are opened."""
    panels = store.load_panels(work.session, played)
    counted = [panels[entry_id] for entry_id in entries]
    return {
        "sheets_given": sum(panel.given() for panel in counted),
        "sheets_awaited": sum(len(panel.awaited()) for panel in counted),
        "second_looks": sum(len(panel.asked) for panel in counted),
    }

"""Who has not given a sheet, and what has to be stated before anything is done about it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from msgspec import convert

from contracts import review
from kernel.database import Work
from kernel.errors import Refused
from services.review import store
from services.review.domain.missing import Why
from services.review.domain.rounds import State
from services.review.service.field import judged
from services.review.service.stepping import Leaving


class ReasonMissing(Refused):
    """State the reason, and the number of the minutes it rests on."""


def awaited_in(work: Work, played: store.RoundInPlay) -> dict[str, frozenset[str]]:
    """Name the judges whose sheet is still to come, by entry."""
    panels = store.load_sealed_panels(work.session, played)
    return {entry: panels[entry].awaited() for entry in judged(work, played)}


def outstanding(work: Work, played: store.RoundInPlay) -> review.AwaitedSheets:
    """Say what is still awaited in a round, by the codes of entries, and what may be done."""
    rules = played.rules
    lines = () if played.state is State.CLOSED else tuple(short_of_sheets(work, played))
    return review.AwaitedSheets(
        state=convert(played.state.value, Literal["OPEN", "OPENED", "CLOSED"]),
        entries=lines,
        ways=rules.missing.ways,
        quorum=rules.missing.quorum or 1,
        discusses=rules.divergence is not None and rules.divergence.then == "discuss",
        due=played.due,
    )


def short_of_sheets(work: Work, played: store.RoundInPlay) -> Iterator[review.AwaitedEntry]:
    """Name the entries that lack a sheet, a second look or a judge, in the order of codes."""
    is_sealed = played.state is State.OPEN
    sealed = store.load_sealed_panels(work.session, played)
    opened = {} if is_sealed else store.load_panels(work.session, played)
    vacant = store.count_vacancies(work.session, played)
    for entry_id, code in judged(work, played).items():
        owing = sealed[entry_id].awaited()
        asked = frozenset() if is_sealed else opened[entry_id].awaited() - owing
        if owing or asked or vacant[entry_id]:
            yield review.AwaitedEntry(
                code=code,
                given=len(sealed[entry_id].given),
                judge_ids=tuple(sorted(owing)),
                asked=tuple(sorted(asked)),
                vacant=vacant[entry_id],
            )


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

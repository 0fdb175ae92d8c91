"""What follows when a conflict appears, or a judge leaves, while entries are being judged.

`reconsider` lets judges stand down whom something now keeps from an entry; `hand_over` is for
one who leaves.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kernel.crunch import Crunch
from kernel.database import Work
from services.review import store
from services.review.domain.entries import Standing
from services.review.domain.missing import Why
from services.review.service import words
from services.review.service.stepping import Leaving
from services.review.service.substituting import Mended, awaited, mend
from services.review.service.surveying import surveyed


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the entries of a judge who left, by codes, and of the panels."""

    kept: tuple[str, ...]
    handed_over: tuple[str, ...]
    vacant: tuple[str, ...]
    mended: Mended


def reconsider(
    solver: Crunch,
    work: Work,
    played: store.RoundInPlay,
    among: Collection[str] | None = None,
    judge_ids: Collection[str] | None = None,
) -> None:
    """Look for conflicts anew in an open round, for all entries and judges or some of them.

    Whoever has left the jury is looked at too, as their sheets may count. Nothing changes where
    nothing is new, however often it is said.
    """
    contest = store.load_contest(work.session, played.contest_id)
    pairs = store.assigned_pairs(work.session, played, judge_ids)
    wanted = {entry for entry, _ in pairs if among is None or entry in among}
    entries = [
        entry
        for entry in store.load_entries(work.session, played.contest_id, wanted)
        if entry.standing is not Standing.OUT
    ]
    seated = store.load_judges(work.session, played.contest_id, played.round_id)
    gone = {judge for _, judge in pairs} - {judge.person_id for judge in seated}
    left = store.load_left(work.session, played.contest_id, gone)
    found = surveyed(work, contest, entries, (*seated, *left))
    by_id = {entry.entry_id: entry for entry in entries}
    leaving = [
        Leaving(by_id[entry_id], judge_id, Why(ground.kind))
        for entry_id, judge_id in pairs
        if entry_id in by_id and (ground := found.kept_away[entry_id].get(judge_id))
    ]
    mend(solver, work, played, leaving)


def reconsider_persons(
    solver: Crunch, work: Work, played: store.RoundInPlay, person_ids: Collection[str]
) -> None:
    """Look anew at the entries of these persons, and at those they judge."""
    entries, judges = store.near_persons(work.session, played, person_ids)
    if entries:
        reconsider(solver, work, played, among=entries)
    if judges:
        reconsider(solver, work, played, judge_ids=judges)
    if not entries and not judges:
        mend(solver, work, played)


def hand_over(  # noqa: PLR0913  # who left, who comes, and what counts
    solver: Crunch,
    work: Work,
    played: store.RoundInPlay,
    judge_id: str,
    substitute: str | None = None,
    *,
    counts: bool,
) -> HandedOver:
    """Give what a judge who left still owes to the substitute, or to others where they may not.

    Sheets given stay, and count or not as is said. One who is still to look again owes that.
    """
    owned = [entry for entry, _ in store.assigned_pairs(work.session, played, [judge_id])]
    entries = [
        entry
        for entry in store.load_entries(work.session, played.contest_id, owned)
        if entry.standing is not Standing.OUT
    ]
    kept = sorted(
        entry.code or ""
        for entry in entries
        if counts and judge_id not in awaited(work, played, entry.entry_id)
    )
    leaving = [
        Leaving(entry, judge_id, Why("LEFT"), substitute)
        for entry in entries
        if (entry.code or "") not in kept
    ]
    mended = mend(solver, work, played, leaving)
    if kept:
        store.note(work, words.kept_sheets(judge_id, kept), played, None, judge_id)
    owed = {one.entry.entry_id: one.entry.code or "" for one in leaving}
    return HandedOver(
        kept=tuple(kept),
        handed_over=tuple(sorted(code for one, code in owed.items() if one not in mended.short)),
        vacant=tuple(sorted(code for one, code in owed.items() if one in mended.short)),
        mended=mended,
    )

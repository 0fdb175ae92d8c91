"""Panels chosen, written down and announced."""

from collections.abc import Sequence

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from services.review import orders, store
from services.review.domain.assignment.mending import Moves
from services.review.domain.assignment.posing import Field
from services.review.domain.assignment.problem import Priority
from services.review.domain.entries import Entry
from services.review.domain.minutes.facts import StoodDown
from services.review.domain.rounds import State
from services.review.service import words
from services.review.service.calling import follow


def deal(
    solver: Crunch, field: Field, first: Priority = "fewest_changes"
) -> dict[str, tuple[str, ...]]:
    """Choose the panels: by the number the rules name, or everybody who is free."""
    if field.rules.judges_per_entry is None:
        return field.everybody()
    return field.panels(orders.assign(solver, field.problem(first)))


def seat(work: Work, played: store.RoundInPlay, field: Field, moves: Moves) -> None:
    """Write the changed panels down and announce them; one that lost a judge is weighed anew."""
    store.reseat(work.session, played, moves)
    for entry in field.entries:
        if entry.entry_id in moves:
            left, came = moves[entry.entry_id]
            hand_on(work, played, entry, left, sorted(came))
            assigned(work, played, entry, tuple(sorted(field.found.kept_away[entry.entry_id])))


def hand_on(
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    left: frozenset[str],
    came: Sequence[str],
) -> None:
    """Tell who no longer judges an entry that they had not marked, and who does instead."""
    takers = iter(came)
    for judge_id in sorted(left):
        taker = next(takers, None)
        work.announce(
            review.JudgeStoodDown(
                contest_id=played.contest_id,
                round_id=played.round_id,
                entry_id=entry.entry_id,
                judge_id=judge_id,
                ground="HANDED_ON",
                substitute_id=taker,
            )
        )
        code = entry.code or ""
        what = StoodDown(code, judge_id, "HANDED_ON", substitute=taker)
        store.happen(work, played, what)
        line = words.handed_on(code, judge_id, taker)
        store.note(work, line, played, entry.code, judge_id)


def assigned(
    work: Work, played: store.RoundInPlay, entry: Entry, kept_away: tuple[str, ...] = ()
) -> None:
    """Say who judges an entry now, and, if known, who is kept from it.

    Once sheets are opened its panel is weighed anew, unless a place in it is empty.
    """
    panel = store.load_panel(work.session, played, entry.entry_id)
    work.announce(
        review.JudgesAssigned(
            contest_id=played.contest_id,
            round_id=played.round_id,
            entry_id=entry.entry_id,
            code=entry.code or "",
            judge_ids=tuple(sorted(panel.judge_ids)),
            kept_away=kept_away,
        )
    )
    if played.state is not State.OPENED:
        return
    if not store.count_vacancies(work.session, played)[entry.entry_id]:
        follow(work, played, entry, *panel.weigh())

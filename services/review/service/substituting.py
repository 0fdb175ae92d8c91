"""How judges stand down from entries that are being judged, and who steps in.

Sheets stay on record and no longer count. Who steps in is chosen for all at once, with the
fewest changes to other panels. Where nobody is left a place stays open and keeps the round from
closing. Start with `mend`; `count_out` is for those whom nobody replaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kernel.crunch import Crunch
from kernel.database import Work
from services.review import orders, store
from services.review.domain.assignment.mending import NOBODY, Moves, Opening, fill
from services.review.domain.rounds import State
from services.review.service.stepping import Leaving, Step
from services.review.service.surveying import gather, in_play


@dataclass(frozen=True, slots=True)
class Mended:
    """Who left and who came, by code; `short` are the entries whose place nobody took.

    `untaken` are those, and the entries where somebody left whom the rules do not have replaced.
    """

    moves: Moves = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    untaken: frozenset[str] = frozenset()


def mend(
    solver: Crunch, work: Work, played: store.RoundInPlay, leaving: Sequence[Leaving] = ()
) -> Mended:
    """Take judges off entries, and let others step in there and where places stood empty."""
    vacancies = store.open_vacancies(work.session, played)
    if not leaving and not vacancies:
        return Mended()
    sheets = {one.pair: take_off(work, played, one) for one in leaving}
    work.session.flush()
    contest = store.load_contest(work.session, played.contest_id)
    entries, places = in_play(work, played)
    there = {entry.entry_id for entry in entries}
    empty = [one for one in vacancies if one.entry_id in there]
    openings = [Opening(one.entry_id, one.judge_id) for one in empty]
    openings += [Opening(one.entry.entry_id, one.judge_id, one.preferred) for one in leaving]
    wanted = {one.entry_id for one in openings}
    few = [entry for entry in entries if entry.entry_id in wanted]
    moves = fill(
        lambda problem: orders.assign(solver, problem),
        gather(work, contest, played.rules, few, places),
        openings,
        lambda: gather(work, contest, played.rules, entries, places),
    )
    store.reseat(work.session, played, moves)
    step = Step(work, played, empty, leaving, sheets)
    concerned = {*moves, *(one.entry.entry_id for one in leaving)}
    changed = [entry for entry in entries if entry.entry_id in concerned]
    return Mended(
        moves={entry.code or "": step.take(entry, *moves.get(entry.entry_id, NOBODY))
               for entry in changed},
        short=frozenset(step.short),
        untaken=frozenset(step.untaken),
    )  # fmt: skip


def count_out(work: Work, played: store.RoundInPlay, leaving: Sequence[Leaving]) -> None:
    """Take judges off entries that count without them; no place is left to fill."""
    sheets = {one.pair: take_off(work, played, one) for one in leaving}
    work.session.flush()
    step = Step(work, played, (), leaving, sheets, keeps_places=False)
    for entry in {one.entry.entry_id: one.entry for one in leaving}.values():
        step.take(entry, *NOBODY)


def take_off(work: Work, played: store.RoundInPlay, one: Leaving) -> int:
    """Take a judge off an entry; return how many sheets they gave it."""
    given = versions(work, played, one.entry.entry_id, one.judge_id)
    store.stand_down(work.session, played, one.entry.entry_id, one.judge_id, one.why.ground)
    return given


def versions(work: Work, played: store.RoundInPlay, entry_id: str, judge_id: str) -> int:
    """Count the sheets a judge has given for an entry, sealed or opened."""
    if played.state is State.OPEN:
        return store.load_sealed_panel(work.session, played, entry_id).given.get(judge_id, 0)
    sheet = store.load_panel(work.session, played, entry_id).sheets.get(judge_id)
    return sheet.version if sheet else 0


def awaited(work: Work, played: store.RoundInPlay, entry_id: str) -> frozenset[str]:
    """Name the judges whose sheet for an entry is still to come, sealed or in the open."""
    if played.state is State.OPEN:
        return store.load_sealed_panel(work.session, played, entry_id).awaited()
    return store.load_panel(work.session, played, entry_id).awaited()

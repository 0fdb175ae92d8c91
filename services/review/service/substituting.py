"""How a judge stands down from an entry that is being judged, and who steps in.

The sheets stay on record and no longer count. Where nobody is free the place stays open and
keeps the round from closing. Start with `stand_down`.
"""

from collections.abc import Sequence
from typing import Any, get_args

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.assignment import replacement
from services.review.domain.conflicts import Kind
from services.review.domain.entries import Entry, Standing
from services.review.domain.missing import Ground, Why
from services.review.domain.rounds import State
from services.review.service import words
from services.review.service.calling import follow
from services.review.service.surveying import surveyed


def stand_down(  # noqa: PLR0913  # who, from what, why, and who may step in
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    judge_id: str,
    why: Why,
    *,
    free: Sequence[str],
    preferred: str | None = None,
) -> bool:
    """Take a judge off an entry being judged; say whether it has all its judges again."""
    seated = store.load_panel(work.session, played, entry.entry_id).judge_ids - {judge_id}
    substitute = find_substitute(
        work, played, entry, seated=seated, free=free, preferred=preferred
    )
    is_short = substitute is None and (bool(played.rules.judges_per_entry) or not seated)
    take_off(work, played, entry, judge_id, substitute, why, is_short=is_short)
    return not is_short


def take_off(  # noqa: PLR0913, PLR0917  # who goes, who comes, and why
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    judge_id: str,
    substitute: str | None,
    why: Why,
    *,
    is_short: bool = False,
) -> None:
    """Take a judge off an entry and put the substitute on it, or leave the place open."""
    sheets = versions(work, played, entry.entry_id, judge_id)
    store.stand_down(work.session, played, entry.entry_id, judge_id, why.ground)
    about: dict[str, Any] = {
        "contest_id": played.contest_id,
        "round_id": played.round_id,
        "entry_id": entry.entry_id,
    }
    work.announce(
        review.JudgeStoodDown(
            **about,
            judge_id=judge_id,
            **of_ground(why.ground),
            reason=why.reason,
            minutes=why.minutes,
            sheets=sheets,
            substitute_id=substitute,
        )
    )
    line = words.stood_down(entry.code or "", judge_id, why, sheets, substitute)
    store.note(work, line, played, entry.code, judge_id)
    if is_short:
        store.add_vacancy(work, played, entry.entry_id, judge_id)
        work.announce(review.SubstituteSought(**about, code=entry.code or ""))
    seat(work, played, entry, substitute)


def of_ground(ground: Ground) -> dict[str, Any]:
    """Say a ground in the words of the contract: a conflict by its kind."""
    if ground in get_args(Kind):
        return {"ground": "CONFLICT", "kind": ground}
    return {"ground": ground}


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


def seat(work: Work, played: store.RoundInPlay, entry: Entry, judge_id: str | None) -> None:
    """Let somebody step in, if anybody does; say who judges the entry now.

    Once sheets are opened the panel is weighed anew, unless a judge is missing.
    """
    if judge_id is not None:
        store.add_judge(work.session, played, entry.entry_id, judge_id)
        work.session.flush()
    panel = store.load_panel(work.session, played, entry.entry_id)
    work.announce(
        review.JudgesAssigned(
            contest_id=played.contest_id,
            round_id=played.round_id,
            entry_id=entry.entry_id,
            code=entry.code or "",
            judge_ids=tuple(sorted(panel.judge_ids)),
        )
    )
    if played.state is State.OPENED and not is_vacant(work, played, entry):
        follow(work, played, entry, *panel.weigh())


def is_vacant(work: Work, played: store.RoundInPlay, entry: Entry) -> bool:
    """Say whether an entry is short of a judge."""
    return bool(store.count_vacancies(work.session, played)[entry.entry_id])


def find_substitute(  # noqa: PLR0913  # where, for what, beside whom, out of whom
    work: Work,
    played: store.RoundInPlay,
    entry: Entry,
    *,
    seated: frozenset[str],
    free: Sequence[str],
    preferred: str | None = None,
) -> str | None:
    """Choose who steps in, never one who stood down; nobody where all free judges mark anyway."""
    unasked = seated | store.past_choosing(work.session, played, entry.entry_id)
    if preferred in free and preferred not in unasked:
        return preferred
    if played.rules.judges_per_entry is None and seated:
        return None
    return replacement(free, unasked, store.loads(work.session, played))


def fill_vacancies(work: Work, played: store.RoundInPlay) -> None:
    """Let whoever has become free step in where a judge is missing."""
    vacancies = store.open_vacancies(work.session, played)
    if not vacancies:
        return
    contest = store.load_contest(work.session, played.contest_id)
    judges = store.load_judges(work.session, played.contest_id, played.round_id)
    wanted = {one.entry_id for one in vacancies}
    entries = store.load_entries(work.session, played.contest_id, wanted)
    found = surveyed(work, contest, entries, judges)
    by_id = {entry.entry_id: entry for entry in entries if entry.standing is not Standing.OUT}
    for vacancy in vacancies:
        entry = by_id.get(vacancy.entry_id)
        if entry is None:
            continue
        seated = store.load_panel(work.session, played, entry.entry_id).judge_ids
        substitute = find_substitute(
            work, played, entry, seated=seated, free=found.free[entry.entry_id]
        )
        if substitute is not None:
            vacancy.filled_at = work.now
            work.session.flush()
            line = words.stepped_in(entry.code or "", vacancy.judge_id, substitute)
            store.note(work, line, played, entry.code, substitute)
            seat(work, played, entry, substitute)

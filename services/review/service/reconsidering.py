"""What follows when a conflict appears, or a judge leaves, while entries are being judged.

`reconsider` lets judges stand down whom something now keeps from an entry; `hand_over` is for
one who leaves.
"""

from collections.abc import Collection

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.entries import Standing
from services.review.domain.missing import Why
from services.review.service import words
from services.review.service.substituting import awaited, fill_vacancies, stand_down
from services.review.service.surveying import surveyed


def reconsider(
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
    for entry_id, judge_id in pairs:
        if entry_id in by_id and (ground := found.kept_away[entry_id].get(judge_id)):
            free = [one for one in found.free[entry_id] if one not in gone]
            stand_down(work, played, by_id[entry_id], judge_id, Why(ground.kind), free=free)
    fill_vacancies(work, played)


def reconsider_persons(work: Work, played: store.RoundInPlay, person_ids: Collection[str]) -> None:
    """Look anew at the entries of these persons, and at those they judge."""
    entries, judges = store.near_persons(work.session, played, person_ids)
    if entries:
        reconsider(work, played, among=entries)
    if judges:
        reconsider(work, played, judge_ids=judges)
    fill_vacancies(work, played)


def hand_over(
    work: Work, played: store.RoundInPlay, judge_id: str, substitute: str | None
) -> review.JudgeReplacement:
    """Give what a judge who left still owes to the substitute, or to others where they may not.

    Sheets given stay, and count or not as the rules say.
    """
    contest = store.load_contest(work.session, played.contest_id)
    owned = [entry for entry, _ in store.assigned_pairs(work.session, played, [judge_id])]
    judges = store.load_judges(work.session, played.contest_id, played.round_id)
    entries = [
        entry
        for entry in store.load_entries(work.session, played.contest_id, owned)
        if entry.standing is not Standing.OUT
    ]
    found = surveyed(work, contest, entries, judges)
    outcomes: dict[str, list[str]] = {"kept": [], "handed_over": [], "vacant": []}
    for entry in entries:
        owes = judge_id in awaited(work, played, entry.entry_id)
        if not owes and contest.rules.jury.left_sheets == "COUNT":
            outcome = "kept"
        else:
            free = found.free[entry.entry_id]
            is_whole = stand_down(
                work, played, entry, judge_id, Why("LEFT"), free=free, preferred=substitute
            )
            outcome = "handed_over" if is_whole else "vacant"
        outcomes[outcome].append(entry.code or "")
    if kept := sorted(outcomes["kept"]):
        store.note(work, words.kept_sheets(judge_id, kept), played, None, judge_id)
    fill_vacancies(work, played)
    return review.JudgeReplacement(
        **{name: tuple(sorted(codes)) for name, codes in outcomes.items()}
    )

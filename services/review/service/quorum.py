"""Entries that count with the sheets there are, where the rules declare it and a quorum has come.

Start with `count_as_they_are`. No longer awaited are first sheets, places nobody could take, and
second looks that do not come; where a panel is to discuss, its discussion is recorded instead.
"""

from collections.abc import Collection, Mapping

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain import missing
from services.review.domain.minutes.facts import LetStand, StoodDown
from services.review.domain.rounds import State
from services.review.service import words
from services.review.service.absent import who_leave
from services.review.service.calling import follow
from services.review.service.field import judged
from services.review.service.minuting import cite
from services.review.service.substituting import count_out


def count_as_they_are(
    work: Work, played: store.RoundInPlay, asked: review.CountWithout
) -> review.JudgesMissed:
    """Await nothing more in entries that have their quorum; raises where one has not."""
    codes = judged(work, played)
    panels = store.load_sealed_panels(work.session, played)
    vacant = store.count_vacancies(work.session, played)
    looks = second_looks(work, played, codes)
    owed = {one: panels[one].awaited() for one in codes if panels[one].awaited()}
    short = [one for one in codes if one in owed or one in looks or vacant[one]]
    missing.check_quorum(played.rules, {codes[one]: len(panels[one].given) for one in short})
    cite(work, "quorum", played, asked.minutes)
    why = missing.counted_without(asked.reason, asked.minutes)
    give_up_places(work, played, codes, why)
    if played.state is State.OPENED:
        let_stand(work, played, {one: looks.get(one, frozenset()) for one in short}, codes, why)
    count_out(work, played, who_leave(work, played, owed, why))
    if played.state is State.OPENED:
        settle(work, played, set(short) - owed.keys())
    absent = frozenset().union(*owed.values(), *looks.values())
    return review.JudgesMissed(entries=len(short), judge_ids=tuple(sorted(absent)))


def second_looks(
    work: Work, played: store.RoundInPlay, among: Collection[str]
) -> dict[str, frozenset[str]]:
    """Name the judges who are still to look again, by entry; none where panels discuss."""
    rule = played.rules.divergence
    if played.state is not State.OPENED or rule is None or rule.then == "discuss":
        return {}
    panels = store.load_panels(work.session, played)
    found = {one: panels[one].asked - panels[one].looked for one in among}
    return {one: judges for one, judges in found.items() if judges}


def give_up_places(
    work: Work, played: store.RoundInPlay, codes: Mapping[str, str], why: missing.Why
) -> None:
    """Look for nobody any more where a place stands empty."""
    for vacancy in store.open_vacancies(work.session, played):
        if vacancy.entry_id in codes:
            code = codes[vacancy.entry_id]
            vacancy.filled_at = work.now
            what = StoodDown(code, vacancy.judge_id, "COUNTED_WITHOUT", why.reason, why.minutes)
            store.happen(work, played, what)
            line = words.given_up(code, vacancy.judge_id, why)
            store.note(work, line, played, code, vacancy.judge_id)


def let_stand(
    work: Work,
    played: store.RoundInPlay,
    looks: Mapping[str, frozenset[str]],
    codes: Mapping[str, str],
    why: missing.Why,
) -> None:
    """Let the sheets of panels stand, and say whose second look is no longer awaited."""
    for entry_id, judges in looks.items():
        panel = store.load_panel(work.session, played, entry_id)
        store.save_verdict(work.session, played, entry_id, panel.as_it_is())
        if judges:
            what = LetStand(codes[entry_id], tuple(sorted(judges)), why.reason, why.minutes)
            store.happen(work, played, what)
            store.note(work, words.stands(what), played, what.code)
    work.session.flush()


def settle(work: Work, played: store.RoundInPlay, entry_ids: Collection[str]) -> None:
    """Weigh panels from which nobody was taken."""
    for entry in store.load_entries(work.session, played.contest_id, entry_ids):
        panel = store.load_panel(work.session, played, entry.entry_id)
        follow(work, played, entry, *panel.weigh())

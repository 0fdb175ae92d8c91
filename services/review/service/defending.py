"""What a defence day goes by, and how a version of it is kept and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts import review
from contracts.rules import Round, Slot
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.defence import day, posing
from services.review.domain.defence.day import Day
from services.review.domain.defence.posing import Finalist
from services.review.domain.rounds import State
from services.review.service import words
from services.review.service.field import line_up
from services.review.service.invitations import news
from services.review.service.surveying import gather, in_play
from services.review.store.defence import Recorded
from services.review.store.people import same_ids


@dataclass(frozen=True, slots=True)
class Stage:
    """A round that is defended: its rules and, by entry, who is in it."""

    contest: store.Contest
    rules: Round
    slot: Slot
    finalists: Mapping[str, Finalist]


def stage_of(work: Work, contest: store.Contest, round_id: str) -> Stage:
    """Read a round's finalists as of now: judges of an open round, else those who would mark."""
    played = store.find_round(work.session, contest.contest_id, round_id)
    rules = played.rules if played else rounds.round_of(contest.rules, round_id)
    if rules.slot is None:
        raise posing.NoDefence
    entries, places = in_play(work, played) if played else (line_up(work, contest, round_id), {})
    found = gather(work, contest, rules, entries, places).found
    same = same_ids(work.session)
    finalists = {
        entry.entry_id: Finalist(
            entry_id=entry.entry_id,
            code=entry.code or "",
            title=entry.title,
            area=entry.area,
            judges=tuple(
                sorted(places[entry.entry_id].judges if played else found.free[entry.entry_id])
            ),
            away=tuple(sorted(found.kept_away[entry.entry_id])),
            authors=tuple(sorted({same.get(one, one) for one in entry.author_ids})),
        )
        for entry in entries
    }
    return Stage(contest, rules, rules.slot, finalists)


def keep(  # noqa: PLR0913, PLR0917  # what a version is
    work: Work,
    contest: store.Contest,
    rules: Round,
    versions: Sequence[Recorded],
    drawn: Day,
    reason: str,
) -> int:
    """Keep a day as the next version, note it for the minutes and tell whom it concerns."""
    before = versions[-1].day if versions else None
    after = day.following(before, drawn)
    if before is not None and after == before:
        raise day.NothingChanged
    version = len(versions) + 1
    changed = day.changed(before, after)
    contest_id, round_id = contest.contest_id, rules.id
    store.defence.add(work, contest_id, round_id, version, after, changed, reason)
    played = store.find_round(work.session, contest_id, round_id)
    store.note(work, words.defence(version, reason), played or contest_id)
    work.announce(
        review.DefenceRecorded(
            contest_id=contest_id,
            round_id=round_id,
            version=version,
            reason=reason,
            **news(work, contest, rules, before, after),
        )
    )
    return version


def take_out(work: Work, contest_id: str, entry_id: str, why: str) -> None:
    """Cancel the slot of an entry that has left the contest, in rounds that are not over."""
    for round_id in store.defence.rounds_with(work.session, contest_id, entry_id):
        contest = store.load_contest(work.session, contest_id, lock=True)
        played = store.find_round(work.session, contest_id, round_id)
        if played is not None and played.state is State.CLOSED:
            continue
        versions = store.defence.load(work.session, contest_id, round_id)
        drawn = day.without(versions[-1].day, entry_id)
        rules = played.rules if played else rounds.round_of(contest.rules, round_id)
        keep(work, contest, rules, versions, drawn, words.LEFT[why])

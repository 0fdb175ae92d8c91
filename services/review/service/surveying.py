"""What assigning goes by, as of today: who is kept from what, who is free, and the panels."""

from collections.abc import Mapping, Sequence

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from services.review import store
from services.review.domain.assignment.posing import Field, Place, own_seed
from services.review.domain.assignment.problem import Desk
from services.review.domain.conflicts import Judge, Survey, survey
from services.review.domain.entries import Entry, Standing


def surveyed(
    work: Work, contest: store.Contest, entries: Sequence[Entry], judges: Sequence[Judge]
) -> Survey:
    """Compare these judges with these entries, as of today."""
    ties = store.load_ties(work, contest, judges)
    return survey(store.with_posts(work.session, entries), judges, ties)


def gather(
    work: Work,
    contest: store.Contest,
    rules: Round,
    entries: Sequence[Entry],
    places: Mapping[str, Place] | None = None,
) -> Field:
    """Read what assigning goes by; who has left the round is no longer among the judges.

    Who stood down from an entry is not free for it, and whose sheet did not come is free for
    none. A panel keeps its size, whatever it is.
    """
    contest_id, round_id = contest.contest_id, rules.id
    released = store.load_released(work.session, contest_id, round_id)
    judges = [
        judge
        for judge in store.load_judges(work.session, contest_id, round_id)
        if judge.person_id not in released
    ]
    found = surveyed(work, contest, entries, judges)
    barred = store.load_barred(work.session, contest_id, round_id)
    missed = store.load_missed(work.session, contest_id, round_id)
    free = {
        entry_id: tuple(
            judge for judge in spare if judge not in missed and (entry_id, judge) not in barred
        )
        for entry_id, spare in found.free.items()
    }
    desks = store.load_desks(work.session, contest_id)
    known = store.find_seed(work.session, contest_id, round_id)
    return Field(
        entries=entries,
        found=Survey(free=free, kept_away=found.kept_away),
        desks=[desks.get(one.person_id, Desk(judge_id=one.person_id)) for one in judges],
        apart=store.load_apart(work.session, contest_id),
        rules=rules,
        seed=known or own_seed(contest.secret, round_id),
        places=places or {},
        needs={one: len(place.judges) for one, place in (places or {}).items()},
    )


def in_play(work: Work, played: store.RoundInPlay) -> tuple[list[Entry], dict[str, Place]]:
    """Read the entries still in an open round, in the order of their codes, and their panels."""
    places = store.load_places(work.session, played)
    entries = store.load_entries(work.session, played.contest_id, places)
    there = [entry for entry in entries if entry.standing is not Standing.OUT]
    return sorted(there, key=lambda entry: entry.code or ""), places


def desks_of(work: Work, contest_id: str, round_id: str) -> tuple[review.DrawnDesk, ...]:
    """Say what a draw goes by of each judge of a round."""
    known = store.load_desks(work.session, contest_id)
    released = store.load_released(work.session, contest_id, round_id)
    judges = {one.person_id for one in store.load_judges(work.session, contest_id, round_id)}
    drawn = [known.get(one, Desk(judge_id=one)) for one in sorted(judges - set(released))]
    return tuple(
        review.DrawnDesk(judge_id=desk.judge_id, areas=desk.areas, most=desk.most)
        for desk in drawn
    )

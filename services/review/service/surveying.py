"""Which judges are kept from which entries, as of today."""

from collections.abc import Sequence

from kernel.database import Work
from services.review import store
from services.review.domain.conflicts import Judge, Survey, survey
from services.review.domain.entries import Entry


def surveyed(
    work: Work, contest: store.Contest, entries: Sequence[Entry], judges: Sequence[Judge]
) -> Survey:
    """Compare these judges with these entries, as of today."""
    ties = store.load_ties(work, contest, judges)
    return survey(store.with_posts(work.session, entries), judges, ties)


def free_for(work: Work, played: store.RoundInPlay, entry: Entry) -> Sequence[str]:
    """Name the judges of a round whom nothing keeps from an entry."""
    contest = store.load_contest(work.session, played.contest_id)
    judges = store.load_judges(work.session, played.contest_id, played.round_id)
    return surveyed(work, contest, [entry], judges).free[entry.entry_id]

"""Who may run a round: the secretariat, and those on the jury of this very contest."""

from msgspec import structs

from kernel.database import Work
from kernel.errors import require
from services.review import store
from services.review.domain.conflicts.saying import ConflictsHidden
from services.review.domain.jury import Role
from services.review.domain.rounds import State

OF_A_JURY = frozenset({"judge", "chair"})


def require_here(work: Work, contest_id: str, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles in this contest.

    A tenant runs many contests: a judge or chair of another one is nobody here. Some roles are
    given for one contest alone.
    """
    held = work.actor.within(contest_id).roles - OF_A_JURY
    seat = store.find_seat(work.session, contest_id, work.actor.id)
    if seat is not None and seat.marks:
        leads = seat.role is Role.CHAIR and seat.panel_id is None
        held |= work.actor.roles & ({"judge", "chair"} if leads else {"judge"})
    require(structs.replace(work.actor, roles=held), *roles)


def check_may_see(work: Work, contest: store.Contest) -> None:
    """Raise for all but the secretariat and the chair, and for whoever marks in a blind round.

    A conflict tells whose an entry is. A blind round counts until it is closed.
    """
    require_here(work, contest.contest_id, "chair", "secretary", "organiser")
    if marks_blind(work, contest):
        raise ConflictsHidden


def marks_blind(work: Work, contest: store.Contest) -> bool:
    """Say whether the actor marks in a blind round that is still to close."""
    progress = store.load_progress(work.session, contest.contest_id)
    for one in store.rounds_as_opened(work.session, contest):
        is_closed = one.id in progress and progress[one.id].state is State.CLOSED
        if one.blind and not is_closed:
            judges = store.load_judges(work.session, contest.contest_id, one.id)
            if work.actor.id in {judge.person_id for judge in judges}:
                return True
    return False

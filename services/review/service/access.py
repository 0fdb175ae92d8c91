"""Who may run a round: the secretariat, and those on the jury of this very contest."""

from msgspec import structs

from kernel.database import Work
from kernel.errors import require
from services.review import store
from services.review.domain.jury import Role

OF_A_JURY = frozenset({"judge", "chair"})


def require_here(work: Work, contest_id: str, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles in this contest.

    A tenant runs many contests: a judge or chair of another one is nobody here.
    """
    held = work.actor.roles - OF_A_JURY
    seat = store.find_seat(work.session, contest_id, work.actor.id)
    if seat is not None and seat.marks:
        held |= work.actor.roles & ({"judge", "chair"} if seat.role is Role.CHAIR else {"judge"})
    require(structs.replace(work.actor, roles=held), *roles)

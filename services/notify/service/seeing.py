"""Who may read what of the log of deliveries."""

from kernel.database import Work
from kernel.errors import Forbidden, NotYet, Refused, require
from services.notify import store

OFFICE = ("secretary", "organiser", "operator")  # those who keep the contest's records


class NothingNamed(Refused):
    """Name an entry, a contest or a person whose deliveries you want to see."""


def may_read(work: Work, wanted: store.Wanted) -> frozenset[str] | None:
    """Return whose deliveries the actor may read of those wanted, None for everybody's.

    Those who run the contest see all; an entrant what concerns their own entry or themselves.
    Raises `NothingNamed`, `Forbidden`.
    """
    if (wanted.entry_id, wanted.contest_id, wanted.recipient) == (None, None, None):
        raise NothingNamed
    if not work.actor.within(wanted.contest_id).roles.isdisjoint(OFFICE):
        return None
    if wanted.entry_id is not None:
        return readers_of(work, wanted.entry_id)
    if wanted.recipient != work.actor.id:
        require(work.actor, *OFFICE)
    return frozenset({work.actor.id})


def readers_of(work: Work, entry_id: str) -> frozenset[str]:
    """Return who stands behind the actor's own entry; raise `Forbidden` for another's.

    What judges were told about the entry stays hidden: it would say who they are.
    """
    try:
        entry = store.load_entry(work.session, entry_id)
    except NotYet:
        raise Forbidden("This is not your entry.") from None
    readers = frozenset({*entry.author_ids, entry.filed_by})
    if work.actor.id not in readers:
        raise Forbidden("This is not your entry.")
    return readers

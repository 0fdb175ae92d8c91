"""Who may see an entry, who may change it and who may decide on it."""

from contracts.message import Message
from kernel.database import Work
from kernel.errors import Forbidden, require
from services.intake.domain.entries import Entry
from services.intake.domain.post import HANDED_OVER
from services.intake.store import contests, people
from services.intake.store.entries import UnknownEntry

STAFF = frozenset({"clerk", "secretary", "organiser"})


class ScopeMissing(Forbidden):
    """The token does not allow this."""


class NotYours(Forbidden):
    """Only who filed the entry, or one of its authors, may do this."""


class JudgeOfEntries(Forbidden):
    """Who marks the entries of a contest has nothing to do with its dossiers."""


class OwnEntry(Forbidden):
    """Nobody decides on an entry of their own."""


def check_scope(asked: Message, work: Work) -> None:
    """Raise unless the asking system's token allows this; people's sign-ins have no scopes."""
    held = work.actor.scopes
    if held is not None and asked.scope not in held:
        raise ScopeMissing("This needs the scope {scope}.", scope=asked.scope or "-")


def check_contest(contest_id: str, work: Work) -> None:
    """Raise `UnknownEntry`, as if it did not exist, where a token is for other contests."""
    limits = {one for one in work.actor.scopes or () if one.startswith("contest:")}
    if limits and f"contest:{contest_id}" not in limits:
        raise UnknownEntry


def roles_here(work: Work, contest_id: str) -> frozenset[str]:
    """Return the actor's roles in a contest, with those given for it alone."""
    return work.actor.within(contest_id).roles


def require_here(work: Work, contest_id: str, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles in this contest."""
    require(work.actor.within(contest_id), *roles)


def is_staff(work: Work, contest_id: str) -> bool:
    """Say whether they work on the contest's dossiers; a judge would see who wrote what."""
    if roles_here(work, contest_id).isdisjoint(STAFF):
        return False
    return work.actor.id not in contests.judges(work.session, contest_id)


def head_of(work: Work, contest_id: str) -> str | None:
    """Return the unit they head; a judge would see who wrote what."""
    if "head" not in work.actor.roles or work.actor.id in contests.judges(
        work.session, contest_id
    ):
        return None
    return work.actor.unit_id


def heads_unit_of(entry: Entry, work: Work) -> bool:
    """Say whether they head the unit of an entry that has been handed in."""
    unit_id = head_of(work, entry.contest_id)
    return unit_id is not None and unit_id == entry.unit_id and entry.version > 0


def works_on(entry: Entry, work: Work) -> bool:
    """Say whether it is theirs, or came over the desk and they are a clerk."""
    at_the_desk = entry.channel in HANDED_OVER and "clerk" in roles_here(work, entry.contest_id)
    return entry.belongs_to(work.actor.id) or (at_the_desk and is_staff(work, entry.contest_id))


def check_may_see(entry: Entry, work: Work) -> None:
    """Raise `UnknownEntry`, as if it did not exist, unless it concerns them.

    It concerns its people and, once it is handed in, the staff and the head of its unit. What
    came over the desk was handed in there.
    """
    check_contest(entry.contest_id, work)
    concerned = entry.belongs_to(work.actor.id) or heads_unit_of(entry, work)
    is_here = entry.version > 0 or entry.channel in HANDED_OVER
    if not concerned and not (is_here and is_staff(work, entry.contest_id)):
        raise UnknownEntry


def check_may_change(entry: Entry, work: Work) -> None:
    """Raise unless it is theirs, or came over the desk and they are a clerk."""
    check_may_see(entry, work)
    if not works_on(entry, work):
        raise NotYours


def check_may_decide(entry: Entry, work: Work) -> None:
    """Raise if they are an author of the entry, under whichever id, or mark entries."""
    if not is_staff(work, entry.contest_id):
        raise JudgeOfEntries
    if work.actor.id in people.alike(work.session, entry.author_ids):
        raise OwnEntry

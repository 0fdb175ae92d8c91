"""Who may see an entry and who may change it."""

from contracts.message import Actor
from kernel.errors import Forbidden
from services.intake.domain.entries import Entry
from services.intake.store.entries import UnknownEntry

STAFF = frozenset({"clerk", "secretary", "organiser"})


class NotYours(Forbidden):
    """Only who filed the entry, or one of its authors, may do this."""


def check_may_see(entry: Entry, actor: Actor) -> None:
    """Raise `UnknownEntry`, as if it did not exist, unless it is theirs or they are staff."""
    if not entry.belongs_to(actor.id) and actor.roles.isdisjoint(STAFF):
        raise UnknownEntry


def check_may_change(entry: Entry, actor: Actor) -> None:
    """Raise unless it is theirs, or came over the desk and they are a clerk."""
    check_may_see(entry, actor)
    at_the_desk = entry.channel == "DESK" and "clerk" in actor.roles
    if not entry.belongs_to(actor.id) and not at_the_desk:
        raise NotYours

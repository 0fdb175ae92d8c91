"""Who may declare a conflict, pin one or state that one is no obstacle, and take that back."""

from kernel.errors import Forbidden, NotFound, Refused
from services.review.domain.conflicts.grounds import EXCUSABLE, Ground


class NoReasonGiven(Refused):
    """Say why; what is said of a conflict is minuted with its reason."""


class NotExcusable(Refused):
    """That a judge is an author, or unknown, or has declared a conflict, is always an obstacle."""


class UnknownDeclaration(NotFound):
    """Nothing like that is declared or pinned and still in force."""


class NotYoursToWithdraw(Forbidden):
    """Only whoever declared a conflict, or the chair of the jury, takes it back."""


class ConflictsHidden(Forbidden):
    """Who marks in a blind round does not see conflicts: they tell whose an entry is."""


def check_reason(reason: str) -> str:
    """Return a reason without stray space; raise if there is none."""
    if said := " ".join(reason.split()):
        return said
    raise NoReasonGiven


def check_excusable(ground: str) -> Ground:
    """Return a ground that the chair may state to be no obstacle."""
    if ground not in EXCUSABLE:
        raise NotExcusable
    return Ground(ground)

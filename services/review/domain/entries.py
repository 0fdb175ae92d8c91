"""What review knows of an entry, and whether it may be judged."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from services.review.domain.units import Post


class Standing(Enum):
    """Where an entry stands on its way to the jury."""

    UNDECIDED = auto()  # waits for acceptance or for the originality check
    ELIGIBLE = auto()
    OUT = auto()  # refused, withdrawn, disqualified or a duplicate


class Exit(StrEnum):
    """Why an entry left the contest."""

    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    DISQUALIFIED = "DISQUALIFIED"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True, slots=True)
class Blinded:
    """What of a version judges of a blind round may read; empty while nobody has checked it."""

    version: int = 0
    title: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as heard so far, in whatever order the news came.

    `submitted`, `accepted` and `cleared` are the newest version of which each was said, 0 for
    none. `units` are the entry's own unit and those of its authors; `strangers` are authors
    nobody has registered yet, whose units are therefore unknown. `posts` are dated places of its
    authors.
    """

    entry_id: str
    title: str = ""
    area: str = ""
    summary: str = ""
    author_ids: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    posts: frozenset[Post] = frozenset()
    submitted: int = 0
    accepted: int = 0
    cleared: int = 0
    out: Exit | None = None
    code: str | None = None
    kind: str | None = None
    blind: Blinded = Blinded()

    @property
    def readable(self) -> Blinded | None:
        """Return what a judge of a blind round may read; None while it is being checked."""
        is_of_now = self.blind.version == max(self.accepted, self.submitted)
        return self.blind if is_of_now and self.blind.title else None

    @property
    def standing(self) -> Standing:
        """Weigh what was said: a text handed in anew must be accepted and checked anew."""
        if self.out is not None:
            return Standing.OUT
        is_accepted = 0 < self.accepted >= self.submitted
        if is_accepted and self.cleared >= self.accepted:
            return Standing.ELIGIBLE
        return Standing.UNDECIDED

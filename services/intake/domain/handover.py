"""Paper dossiers handed over at the desk: by whom, and with how many papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.rules import Dossier
from kernel.errors import Refused
from services.intake.domain.documents import paper_of
from services.intake.domain.eligibility import clean

MOST_SHEETS = 999  # of one paper; more is a slip of the finger


class NobodyHandedOver(Refused):
    """Name who handed the dossier over."""


class BadCount(Refused):
    """Of each paper that was handed over there is at least one, original or copy."""


class CountedTwice(Refused):
    """A paper is counted twice; count its originals and copies together."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many originals and copies of a paper there are."""

    code: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Handover:
    """Who handed a dossier over, and what was in it; `recorded_by` is the clerk."""

    applicant: str
    phone: str | None
    papers: tuple[Counted, ...]
    recorded_by: str
    recorded_at: datetime

    def check(self, dossier: Dossier) -> None:
        """Raise unless somebody is named and the papers are those of the rules, each once."""
        if not clean(self.applicant):
            raise NobodyHandedOver
        check_counts(self.papers, dossier)


def check_counts(papers: Iterable[Counted], dossier: Dossier) -> None:
    """Raise `UnknownPaper`, `BadCount` or `CountedTwice` for the first count that is wrong."""
    seen: set[str] = set()
    for paper in papers:
        known = paper_of(dossier, paper.code)
        counts = (paper.originals, paper.copies)
        if not all(0 <= count <= MOST_SHEETS for count in counts) or sum(counts) == 0:
            raise BadCount("Of {paper} there is at least one, original or copy.", paper=known.name)
        if paper.code in seen:
            raise CountedTwice("{paper} is counted twice.", paper=known.name)
        seen.add(paper.code)

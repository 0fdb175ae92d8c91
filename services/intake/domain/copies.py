"""Copies of an entry's papers for those who must not know whose it is, and who checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.rules import Dossier, Rules
from kernel.errors import NotFound, Refused
from services.intake.domain.documents import Document

Problem = Literal[
    "UNSUPPORTED",  # no copy can be made of such a file
    "LOCKED",  # needs a password
    "DAMAGED",  # the maker gave up, or broke
    "TOO_BIG",  # bytes, pages or memory
    "TOO_SLOW",  # processor or wall clock
]
MOST_BOXES = 200
WORDS = 0  # the place of title and summary; papers are counted from 1


class NoSuchCopy(NotFound):
    """There is no such paper for you."""


class CopyOutdated(Refused):
    """The copy was made anew meanwhile; open the page again and look at the new one."""


class PagesNotLookedAt(Refused):
    """The copy has pages that no program could read; look at them and say that you did."""


class NothingToApprove(Refused):
    """No copy could be made of this paper; withhold it, or have another file handed in."""


class NoReasonToWithhold(Refused):
    """Say why the paper is withheld."""


class BoxOffThePage(Refused):
    """A box to black out lies on a page of the copy, between its edges."""


class CopyState(StrEnum):
    """Where a copy stands. Only of an APPROVED one is anything shown to a judge."""

    WAITING = "WAITING"  # for a person to check it
    APPROVED = "APPROVED"
    WITHHELD = "WITHHELD"
    REPLACED = "REPLACED"  # by a newer one of the same paper


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of a page, counted from 1; `kind` is what it told."""

    page: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page to black out: its page from 1, its edges from 0 to 1 of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What who checks wants otherwise: words out, words left in, parts blacked out."""

    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindCopy:
    """One paper of one version of an entry, without what tells whose it is.

    `number` counts how often it was made, `key` is where it lies in the bucket, empty if none
    could be made; judges are led to `shown_key` once it is approved. Of the place `WORDS`
    there is a title and a summary instead.
    """

    contest_id: str
    entry_id: str
    version: int
    place: int
    number: int
    paper: str = ""
    document_id: str = ""
    state: CopyState = CopyState.WAITING
    key: str = ""
    shown_key: str = ""
    pages: int = 0
    removed: tuple[Removed, ...] = ()
    unread: tuple[int, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    problem: str = ""
    wishes: Wishes = Wishes()
    title: str = ""
    summary: str = ""
    made_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""

    def check_is(self, number: int) -> None:
        """Raise unless it is the one that somebody has looked at."""
        if self.number != number:
            raise CopyOutdated

    def check_approvable(self, *, looked: bool) -> None:
        """Raise unless it can be shown to judges; `looked` says the unread pages were seen."""
        if self.problem:
            raise NothingToApprove
        if self.unread and not looked:
            raise PagesNotLookedAt(
                "No program could read all of the pages {pages}; look at them and say that you "
                "did.",
                pages=", ".join(map(str, self.unread)),
            )

    def check_boxes(self, boxes: Iterable[Box]) -> None:
        """Raise unless all of these lie on its pages."""
        for count, box in enumerate(boxes, 1):
            is_inside = 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1
            if not is_inside or not 1 <= box.page <= self.pages or count > MOST_BOXES:
                raise BoxOffThePage


def is_blind(rules: Rules) -> bool:
    """Say whether any round of a contest is judged without knowing whose the entries are."""
    return any(one.blind for one in rules.rounds)


def for_judges(dossier: Dossier, documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the papers a judge reads, in the rules' order.

    The registration, declarations and conditional papers say who enters and how; whether they
    are there tells already. They concern the secretariat alone.
    """
    order = {
        paper.code: place
        for place, paper in enumerate((*dossier.required, *dossier.optional))
        if paper.form == "FILE"
    }
    chosen = [one for one in documents if one.announced.code in order]
    return tuple(sorted(chosen, key=lambda one: (order[one.announced.code], one.announced.sha256)))


def file_name(code: str, place: int) -> str:
    """Return what a copy is called: by the entry's code, as in `HG-07-01.pdf`."""
    return f"{code}-{place:02d}.pdf"

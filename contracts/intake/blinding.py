"""What intake is asked and says about papers for judges who must not know whose an entry is."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query


class BlackBox(Struct, frozen=True, kw_only=True):
    """A part of a page to black out: its page from 1, its edges from 0 to 1 of the page."""

    page: int
    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal


class MakeCopies(Command, frozen=True, kw_only=True):
    """Make copies for every accepted entry of a contest that has none. Reply: of how many."""

    contest_id: str


class RemakeCopy(Command, frozen=True, kw_only=True):
    """Make a copy anew: these words out as well, those left in, these parts black.

    `place` 0 is title and summary, papers are counted from 1. `number` is that of the copy that
    was looked at. What is named replaces what was named before. Reply: the new copy's number.
    """

    entry_id: str
    place: int
    number: int
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    boxes: tuple[BlackBox, ...] = ()


class ApproveCopy(Command, frozen=True, kw_only=True):
    """Let judges have a copy. `looked`: pages that no program could read were looked at."""

    entry_id: str
    place: int
    number: int
    looked: bool = False


class WithholdCopy(Command, frozen=True, kw_only=True):
    """Let no judge have a paper; the reason is for the secretariat."""

    entry_id: str
    place: int
    number: int
    reason: str


class ListCopies(Query, frozen=True, kw_only=True):
    """How far the check of copies is. Reply: tuple of `CopiesLine`, what waits first."""

    contest_id: str


class CopiesLine(Struct, frozen=True, kw_only=True):
    """The copies of one entry, counted by what became of them."""

    entry_id: str
    title: str
    receipt_code: str
    waiting: int
    approved: int
    withheld: int
    unread: int  # pages among the waiting that a person must look at


class ShowCopies(Query, frozen=True, kw_only=True):
    """The copies of an entry's newest version. Reply: tuple of `CopyView`, by place."""

    entry_id: str


class RemovedWords(Struct, frozen=True, kw_only=True):
    """What was taken out of a page, and what it told: a name, a unit, a number."""

    page: int
    kind: str
    words: str


class CopyView(Struct, frozen=True, kw_only=True):
    """A copy as who checks it sees it. `problem` says why none could be made.

    `unread` are pages with something no program read. `left_out` counts what no copy takes over.
    Of the place 0 there are `title` and `summary` as judges would read them, and no pages.
    """

    place: int
    number: int
    state: Literal["WAITING", "APPROVED", "WITHHELD"]
    made_at: datetime
    paper: str = ""
    document_id: str = ""
    file_name: str = ""
    pages: int = 0
    removed: tuple[RemovedWords, ...] = ()
    unread: tuple[int, ...] = ()
    left_out: dict[str, int] = {}
    problem: str = ""
    title: str = ""
    summary: str = ""
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    boxes: tuple[BlackBox, ...] = ()
    decided_by: str = ""
    decided_by_name: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class LinkCopy(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of a copy, for who checks it."""

    entry_id: str
    place: int
    number: int


class ListJudgedPapers(Query, frozen=True, kw_only=True):
    """The papers of an entry on the asking judge's desk. Reply: tuple of `JudgedPaper`."""

    contest_id: str
    round_id: str
    code: str


class JudgedPaper(Struct, frozen=True, kw_only=True):
    """A paper a judge may read once its copy is READY; `paper` is the dossier's paper code."""

    place: int
    paper: str
    state: Literal["CHECKING", "READY", "WITHHELD"]
    pages: int = 0


class LinkJudgedPaper(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of a checked copy, for the judges of the entry."""

    contest_id: str
    round_id: str
    code: str
    place: int


class CopiesOrdered(Event, frozen=True, kw_only=True):
    """Copies of an accepted entry's papers are to be made, for judges of a blind round."""

    contest_id: str
    entry_id: str
    version: int


class CopiesMade(Event, frozen=True, kw_only=True):
    """Copies wait to be checked where none of the contest did; `ordered_by` accepted the entry."""

    contest_id: str
    entry_id: str
    version: int
    ordered_by: str
    waiting: int


class EntryBlinded(Event, frozen=True, kw_only=True):
    """Title and summary as judges of a blind round may read them; empty while not checked.

    `number` counts how often they were made for this version; a higher one stands.
    """

    contest_id: str
    entry_id: str
    version: int
    number: int
    title: str = ""
    summary: str = ""

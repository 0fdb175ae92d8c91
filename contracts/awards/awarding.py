"""What awards is asked, and what it says."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.awards.approving import (
    PassedOver,
    PrizeApproval,
    PrizeMeeting,
    PrizesBack,
    PrizeSubmission,
    UnawardedPrize,
)
from contracts.message import Command, Event, Query
from contracts.review import ReplayedRound
from contracts.rules import Rules

# A paper that is neither a commendation's decision nor a certificate has a `form`.
PaperKind = Literal["DECISION", "CERTIFICATE", "DOCUMENT"]
Reach = Literal["UNIT", "PROVINCE"]  # how far a winner is put to use


class PrizeLine(Struct, frozen=True, kw_only=True):
    """An entry on the prize list. `score` is the final score, rounded as the rules say."""

    entry_id: str
    title: str
    author_ids: tuple[str, ...]
    prize: str
    score: Decimal
    rank: int
    unit_id: str | None = None
    share: str = "1"  # of the prize's money, as a fraction where equals share it
    money_vnd: int | None = None  # the contest's own, by the rules; None where nobody said


class ProposePrizes(Command, frozen=True, kw_only=True):
    """Rank by the rules and draw up the prize list. Reply: tuple of `PrizeLine`."""

    contest_id: str


class ResolveTie(Command, frozen=True, kw_only=True):
    """Record the council's vote on entries the rules cannot part. Reply: None.

    `order` lists the tied entries, best first; `minutes` is the number of the minutes, `reason`
    what they give as the ground.
    """

    contest_id: str
    order: tuple[str, ...]
    minutes: str
    reason: str = ""


class ApprovePrizes(Command, frozen=True, kw_only=True):
    """An authority approves the prizes it grants. Reply: True when all have approved.

    `drawn` names the list it has read (`PrizeList.drawn`); one drawn up since is not approved.
    """

    contest_id: str
    authority: str
    drawn: int | None = None


class PublishResults(Command, frozen=True, kw_only=True):
    """Issue decisions and certificates and make the results public. Reply: tuple of `Paper`.

    With `public_from` nobody outside the office sees anything before that instant.
    """

    contest_id: str
    public_from: datetime | None = None


class RecordAdoption(Command, frozen=True, kw_only=True):
    """Record that a winner is put to use (áp dụng); again, to correct it. Reply: None.

    `adopted_on` is the first local day, `adopted_at` the unit or province as people call it,
    `basis` the document that says so.
    """

    contest_id: str
    entry_id: str
    adopted_on: date
    adopted_at: str
    reach: Reach
    basis: str


class ShowPrizes(Query, frozen=True, kw_only=True):
    """Reply: `PrizeList`, for organisers, secretaries and authorities."""

    contest_id: str


class ShowResults(Query, frozen=True, kw_only=True):
    """Reply: `Results`; public once published."""

    contest_id: str


class ReplayPrizes(Query, frozen=True, kw_only=True):
    """Draw up a prize list from replayed rounds. Reply: `PrizesReplayed`.

    `kinds` are the kinds of entries by their id, for rules with classes.
    """

    contest_id: str
    rules: Rules
    rounds: tuple[ReplayedRound, ...]
    kinds: dict[str, str]


class PrizesReplayed(Struct, frozen=True, kw_only=True):
    """Who would have got which prize, the places of all, and ties nothing parts."""

    lines: tuple["PlaceLine", ...]
    ties: tuple[tuple[str, ...], ...] = ()


class PlaceLine(Struct, frozen=True, kw_only=True):
    """An entry's place under other rules; `prize` is None for who would have got none."""

    entry_id: str
    score: Decimal
    rank: int
    prize: str | None = None


class LinkPaper(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of a paper."""

    paper_id: str
    format: Literal["pdf", "docx"]


class PrizeList(Struct, frozen=True, kw_only=True):
    """The list and where it stands. `approved` and `awaited` are authority codes.

    `drawn` counts how often it was drawn up; a later `revision` changes published results.
    """

    state: Literal[
        "NONE", "TIED", "PROPOSED", "MINUTED", "SUBMITTED", "RETURNED", "APPROVED", "PUBLISHED"
    ]
    lines: tuple[PrizeLine, ...] = ()
    approved: tuple[str, ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    awaited: tuple[str, ...] = ()
    drawn: int = 0
    revision: int = 1
    meeting: PrizeMeeting | None = None
    submission: PrizeSubmission | None = None
    approvals: tuple[PrizeApproval, ...] = ()
    returned: PrizesBack | None = None
    passed: tuple[PassedOver, ...] = ()
    unawarded: tuple[UnawardedPrize, ...] = ()


class Paper(Struct, frozen=True, kw_only=True):
    """An official paper as issued, e.g. number 5, symbol `QĐ-UBND`.

    A certificate bears number and symbol of the decision it rests on; `register` is its own
    number in the body's golden book (sổ vàng). `form` names a form of the legal profile, such as
    `SUBMISSION`, for every other paper.
    """

    paper_id: str
    kind: PaperKind
    authority: str
    number: int
    symbol: str
    dated: date
    prize: str | None = None
    entry_id: str | None = None
    register: int | None = None
    form: str = ""


class Winner(Struct, frozen=True, kw_only=True):
    """A winner as published: no phone, e-mail, id number or date of birth."""

    title: str
    authors: tuple[str, ...]
    unit: str | None
    prize: str
    prize_name: str
    score: Decimal | None  # None where the rules do not make it public
    entry_id: str = ""
    code: str = ""
    rank: int = 0


class Results(Struct, frozen=True, kw_only=True):
    """The public results."""

    contest_id: str
    contest_title: str
    published_at: datetime
    winners: tuple[Winner, ...]
    papers: tuple[Paper, ...]
    revision: int = 1
    revised_at: datetime | None = None


class PrizesProposed(Event, frozen=True, kw_only=True):
    """The prize list is drawn up."""

    contest_id: str
    lines: tuple[PrizeLine, ...]


class TieFound(Event, frozen=True, kw_only=True):
    """The rules cannot part these entries; the council has to vote."""

    contest_id: str
    entry_ids: tuple[str, ...]


class PrizesApproved(Event, frozen=True, kw_only=True):
    """One authority approved its prizes; `complete` when it was the last."""

    contest_id: str
    authority: str
    complete: bool


class ResultsPublished(Event, frozen=True, kw_only=True):
    """The results are public and the papers issued."""

    contest_id: str
    lines: tuple[PrizeLine, ...]
    papers: tuple[Paper, ...]


class InitiativeAdopted(Event, frozen=True, kw_only=True):
    """A winner is put to use, or what was said of that is corrected; from then on it is known."""

    contest_id: str
    entry_id: str
    title: str
    adopted_on: date
    adopted_at: str
    reach: Reach
    basis: str

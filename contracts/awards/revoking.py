"""Prizes taken back: what awards is asked, answers and says."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contracts.awards.money import Ledger
from contracts.message import Command, Event, Query
from contracts.rules import Ground

# Why money is to come back: a prize taken back on a ground of the rules, or by a revision.
TakenBack = Ground | Literal["REVISION"]


class RevokeAward(Command, frozen=True, kw_only=True):
    """The authority that granted a prize takes it back. Reply: `Revocation`.

    The annulling decision gets the next number of the authority; what was paid and the
    certificate are to come back. Others move up only if the rules say so.
    """

    contest_id: str
    entry_id: str
    ground: Ground
    reason: str


class RecordRecovery(Command, frozen=True, kw_only=True):
    """Record what came back of a revoked prize, by which document. Reply: `Revocation`.

    So too of money that a revision of the results recalled. `amount_vnd` is of one ledger;
    `certificate` says that the certificate of a revoked prize was handed in.
    """

    contest_id: str
    entry_id: str
    document: str
    ledger: Ledger | None = None
    amount_vnd: int = 0
    certificate: bool = False


class ListRevocations(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Revocation`, for the office."""

    contest_id: str


class Revocation(Struct, frozen=True, kw_only=True):
    """A prize taken back: by which decision, of which one it annuls the line, what is still out.

    `cancels` is the number of the decision that gave the prize, as printed. Of what a revision
    of the results recalled, there is no `cancels`, and `decision` is the revision's.
    """

    contest_id: str
    entry_id: str
    title: str
    prize: str
    ground: TakenBack
    reason: str
    authority: str
    decision: str
    dated: date
    cancels: str
    certificate_back: bool
    contest_left_vnd: int
    bonus_left_vnd: int


class RevokedPaper(Struct, frozen=True, kw_only=True):
    """A paper that no longer holds, and the decision that says so."""

    paper_id: str
    by_decision: str
    at: datetime


class AwardRevoked(Event, frozen=True, kw_only=True):
    """A prize was taken back."""

    contest_id: str
    entry_id: str
    prize: str
    ground: Ground
    reason: str
    authority: str
    decision: str
    dated: date
    cancels: str


class PaperRevoked(Event, frozen=True, kw_only=True):
    """A certificate no longer holds."""

    contest_id: str
    paper_id: str
    entry_id: str
    by_decision: str


class RecoveryRecorded(Event, frozen=True, kw_only=True):
    """Money or a certificate of a revoked prize came back."""

    contest_id: str
    entry_id: str
    document: str
    ledger: Ledger | None
    amount_vnd: int
    certificate: bool

"""Who may sign papers: the certificates each authority and body is bound to, and from when."""

from datetime import date, datetime

from msgspec import Struct

from contracts.awards.papers import SignRole
from contracts.message import Command, Event, Query


class BindSigner(Command, frozen=True, kw_only=True):
    """Bind a certificate to what it may sign, from `since` to `until` inclusive. Reply: `Signer`.

    `authority` is the code papers are issued under: one of the rules' authorities, or `BTC`.
    `certificate` is PEM. Only an operator binds: who runs a contest must not name who signs.
    """

    authority: str
    role: SignRole
    certificate: str
    since: date
    until: date | None = None


class EndSigner(Command, frozen=True, kw_only=True):
    """Say on which day a bound certificate signs for the last time. Reply: `Signer`."""

    signer_id: str
    until: date
    reason: str


class ListSigners(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Signer`, for the office; ended ones stay listed."""


class Signer(Struct, frozen=True, kw_only=True):
    """A certificate and what it may sign for. `sha256` is that of its DER form, in hex.

    `serial` is in hex, `subject` and `issuer` are names as RFC 4514 writes them.
    """

    signer_id: str
    authority: str
    role: SignRole
    subject: str
    issuer: str
    serial: str
    sha256: str
    since: date
    until: date | None
    bound_by: str
    bound_at: datetime


class SignerBound(Event, frozen=True, kw_only=True):
    """A certificate may sign for an authority from now on, known by its digest."""

    signer_id: str
    authority: str
    role: SignRole
    sha256: str
    since: date
    until: date | None


class SignerEnded(Event, frozen=True, kw_only=True):
    """A certificate signs for an authority no longer after a day."""

    signer_id: str
    authority: str
    role: SignRole
    until: date
    reason: str

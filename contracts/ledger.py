"""What the ledger is asked, and the one thing it says: that a head was signed."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts import upkeep
from contracts.message import PUBLIC, Event, Query


class ShowHead(Query, frozen=True, kw_only=True):
    """Reply: `Head` of the asking tenant's chain."""


class VerifyChain(Query, frozen=True, kw_only=True):
    """Recompute the asking tenant's whole chain. Reply: `ChainVerified`."""


class ProveEvent(Query, frozen=True, kw_only=True):
    """Reply: `LedgerLine` of an event."""

    event_id: str


class ListHeads(Query, frozen=True, kw_only=True):
    """Signed heads of a contest's tree, newest first. Reply: `Heads`.

    `before` asks for heads of fewer leaves than that; `limit` is at most 1000.
    """

    scope: ClassVar = PUBLIC

    contest_id: str
    before: int | None = None
    limit: int = 100


class ProveInclusion(Query, frozen=True, kw_only=True):
    """Prove that an event is in its contest's tree. Reply: `InclusionProof`.

    `size` names the head by its number of leaves; without it the newest is taken.
    """

    scope: ClassVar = PUBLIC

    event_id: str
    size: int | None = None


class ProveConsistency(Query, frozen=True, kw_only=True):
    """Prove that a contest's tree of `size` leaves began as that of `before`. Reply: `Growth`."""

    scope: ClassVar = PUBLIC

    contest_id: str
    before: int
    size: int


class Head(Struct, frozen=True, kw_only=True):
    """The newest link. `length` counts links; `digest` is SHA-256 in hex."""

    length: int
    digest: str


class ChainVerified(Struct, frozen=True, kw_only=True):
    """Whether every link follows from the one before; `broken_at` is the first that does not."""

    length: int
    digest: str
    broken_at: int | None = None
    why: Literal["out of place", "body changed", "link changed", "head changed"] | None = None


class LedgerLine(Struct, frozen=True, kw_only=True):
    """One recorded event; `body_digest` is SHA-256 of the canonical envelope.

    `previous` is the digest of the link before; with it anyone can compute `digest` again.
    A personal event has `body_kept` false: the ledger knows its salted digest only.
    """

    sequence: int
    event_id: str
    type: str
    occurred_at: datetime
    body_digest: str
    digest: str
    previous: str
    body_kept: bool = True


class SignedHead(Struct, frozen=True, kw_only=True):
    """The state of a contest's tree, signed (RFC 9162): `size` leaves hash to `root`, in hex.

    The signature, Ed25519 by the key `kid`, is over the line `sangkien tree head 1` and the
    canonical array `[tenant, contest_id, size, root, at, milestone]`, `at` in UTC with
    microseconds. `milestone` is the word for what had just happened, empty for a regular head.
    """

    tenant: str
    contest_id: str
    size: int
    root: str
    at: datetime
    milestone: str
    kid: str
    signature: str


class HeadKey(Struct, frozen=True, kw_only=True):
    """A public key of a tenant: its 32 bytes in URL-safe Base64, and since when it is used."""

    kid: str
    x: str
    since: datetime


class Heads(Struct, frozen=True, kw_only=True):
    """Heads, newest first, and all keys the tenant has ever signed with."""

    heads: tuple[SignedHead, ...]
    keys: tuple[HeadKey, ...]


class InclusionProof(Struct, frozen=True, kw_only=True):
    """That an event is leaf `number` (from 0) of the tree under `head`.

    The leaf is the canonical array `[event_id, type, occurred_at, members]`; `members` maps each
    part of the event to its salted digest. `path` is that of RFC 9162, section 2.1.3, in hex.
    """

    event_id: str
    type: str
    occurred_at: str
    members: dict[str, str]
    number: int
    path: tuple[str, ...]
    head: SignedHead


class Growth(Struct, frozen=True, kw_only=True):
    """That the tree of `before` leaves and `before_root` only grew; RFC 9162, section 2.1.4."""

    contest_id: str
    before: int
    before_root: str
    size: int
    root: str
    path: tuple[str, ...]


class HeadSigned(Event, frozen=True, kw_only=True):
    """A tree's head was signed; whoever issues something puts the newest heard of on it."""

    contest_id: str
    head: SignedHead


class ShowBacklog(upkeep.ShowBacklog, frozen=True, kw_only=True):
    """What waits in ledger, for operators. Reply: `Backlog` of `contracts.upkeep`."""


class ListDead(upkeep.ListDead, frozen=True, kw_only=True):
    """What ledger gave up, the newest first. Reply: `DeadFound` of `contracts.upkeep`."""


class RetryDead(upkeep.RetryDead, frozen=True, kw_only=True):
    """Have ledger try an event again that it gave up. Reply: None."""

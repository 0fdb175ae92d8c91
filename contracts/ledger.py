"""What the ledger is asked. It says nothing, it remembers."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Query


class ShowHead(Query, frozen=True, kw_only=True):
    """Reply: `Head` of the asking tenant's chain."""


class VerifyChain(Query, frozen=True, kw_only=True):
    """Recompute the asking tenant's whole chain. Reply: `ChainVerified`."""


class ProveEvent(Query, frozen=True, kw_only=True):
    """Reply: `LedgerLine` of an event."""

    event_id: str


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
    A personal event has `body_kept` false: the ledger knows its digest only.
    """

    sequence: int
    event_id: str
    type: str
    occurred_at: datetime
    body_digest: str
    digest: str
    previous: str
    body_kept: bool = True

"""Signed receipts (giấy biên nhận): what one says, and how it is fetched and checked."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.ledger import SignedHead
from contracts.message import PUBLIC, Query


class SealedDocument(Struct, frozen=True, kw_only=True):
    """A document as it was handed in: its paper's code and the SHA-256 of its bytes, in hex."""

    code: str
    sha256: str


class ReceiptClaims(Struct, frozen=True, kw_only=True):
    """What the signature under a receipt covers; the payload of its JSON Web Signature.

    It names nobody: people are in the paper, and `paper_sha256` is the digest of the paper as
    printed, with a random salt in it. `content_sha256` is that of what was typed in. `head` is
    the newest head of the contest's record that intake had heard of; a receipt waits for none.
    """

    tenant: str
    contest_id: str
    entry_id: str
    code: str
    version: int
    received_at: datetime
    counted_at: datetime
    late: bool
    rules_number: int
    rules_sha256: str
    documents: tuple[SealedDocument, ...]
    content_sha256: str
    paper_sha256: str
    head: SignedHead | None = None


class ShowReceipt(Query, frozen=True, kw_only=True):
    """Reply: the receipt's JSON Web Signature, of the newest version if none is named."""

    scope: ClassVar = "entries:read"

    entry_id: str
    version: int | None = None


class PrintReceipt(Query, frozen=True, kw_only=True):
    """Reply: the receipt as PDF, in bytes, of the newest version if none is named."""

    scope: ClassVar = "entries:read"

    entry_id: str
    version: int | None = None


class ListReceiptKeys(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ReceiptKey`, the one now signed with first."""

    scope: ClassVar = PUBLIC


class ReceiptKey(Struct, frozen=True, kw_only=True):
    """A public key that receipts are checked with, as a JSON Web Key (RFC 8037)."""

    kid: str
    x: str
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["EdDSA"] = "EdDSA"
    use: Literal["sig"] = "sig"

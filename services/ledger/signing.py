"""Signatures under heads: Ed25519, a key per tenant made from one secret. Start with `key_of`."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import digest

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kernel.settings import BadSetting
from services.ledger.domain import TreeHead, head_bytes

PURPOSE = b"sangkien tree heads of "


@dataclass(frozen=True, slots=True)
class Key:
    """What a tenant's heads are signed with; `x` is the public half, `kid` its SHA-256 cut short.

    Both are URL-safe Base64 without padding.
    """

    kid: str
    x: str
    private: Ed25519PrivateKey

    def sign(self, head: TreeHead) -> str:
        """Return the signature of a head; the same head always has the same one."""
        return encoded(self.private.sign(head_bytes(head)))


@lru_cache(maxsize=256)
def key_of(setting: str, tenant: str) -> Key:
    """Make a tenant's key from `LEDGER_KEY`; raises `BadSetting`, which never repeats it."""
    private = Ed25519PrivateKey.from_private_bytes(
        digest(secret(setting), PURPOSE + tenant.encode(), "sha256")
    )
    public = private.public_key().public_bytes_raw()
    return Key(encoded(sha256(public).digest()[:12]), encoded(public), private)


def secret(setting: str) -> bytes:
    """Read the setting."""
    try:
        known = bytes.fromhex(setting)
    except ValueError:
        known = b""
    if len(known) != 32:  # the length of a SHA-256
        raise BadSetting("LEDGER_KEY must be 64 hex digits, as `openssl rand -hex 32` makes them.")
    return known


def encoded(raw: bytes) -> str:
    """Write bytes as URL-safe Base64 without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")

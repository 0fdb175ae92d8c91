"""Signatures under receipts: Ed25519, as compact JSON Web Signatures (RFC 7515, RFC 8037).

Start with `read_keys`; `sign` makes a signature, `opened` checks one against public keys.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import digest

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import DecodeError, json

from contracts.intake import ReceiptClaims, ReceiptKey
from kernel.settings import BadSetting

ALGORITHM = "EdDSA"
KIND = "receipt+jws"  # the `typ` of the header, lest another signature of ours be taken for one


class BadSignature(Exception):
    """The signature does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys under receipts: one to sign with, and all that are published, it first."""

    signer: Ed25519PrivateKey
    published: tuple[ReceiptKey, ...]

    def secret(self, purpose: str) -> bytes:
        """Return 32 bytes that nobody knows without the first key, for one purpose only."""
        return digest(self.signer.private_bytes_raw(), purpose.encode(), "sha256")


@lru_cache(maxsize=4)
def read_keys(setting: str) -> Keys:
    """Read `RECEIPT_KEY`; raises `BadSetting`, which never repeats a key."""
    first, *older = setting.split() or [""]
    try:
        signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(first))
        public = [signer.public_key(), *map(_public, older)]
    except ValueError as problem:
        raise BadSetting(
            "RECEIPT_KEY must begin with 64 hex digits, as `openssl rand -hex 32` makes them;"
            " older keys follow, or `public:` and their public half."
        ) from problem
    return Keys(signer, tuple(dict.fromkeys(map(published, public))))


def published(key: Ed25519PublicKey) -> ReceiptKey:
    """Return the public key as it is published; its id is its RFC 7638 thumbprint."""
    x = _encoded(key.public_bytes_raw())
    thumb = sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest()
    return ReceiptKey(kid=_encoded(thumb), x=x)


def sign(claims: ReceiptClaims, keys: Keys) -> str:
    """Return the claims with the signature under them; the same claims sign to the same text."""
    return jwt.api_jws.encode(
        json.encode(claims),
        keys.signer,
        algorithm=ALGORITHM,
        headers={"kid": keys.published[0].kid, "typ": KIND},
        sort_headers=True,
    )


def opened(signed: str, known: Iterable[ReceiptKey]) -> ReceiptClaims:
    """Return what was signed; raises `BadSignature` unless one of the known keys signed it."""
    try:
        header = jwt.get_unverified_header(signed)
        kid = header.get("kid")
        key = next((each for each in known if each.kid == kid), None)
        if key is None:
            raise BadSignature(f"Ký bằng khóa không có trong danh sách khóa công khai ({kid}).")
        if header.get("typ") != KIND:
            raise BadSignature("Chữ ký này không phải của giấy biên nhận.")
        payload = jwt.api_jws.decode(signed, _loaded(key.x), algorithms=[ALGORITHM])
        return json.decode(payload, type=ReceiptClaims)
    except (jwt.InvalidTokenError, ValueError, DecodeError) as problem:
        raise BadSignature(
            "Chữ ký không khớp với nội dung: nội dung đã bị sửa hoặc chữ ký hỏng."
        ) from problem


def key_id(signed: str) -> str:
    """Return the id of the key that something says it was signed with; nothing is checked."""
    return str(jwt.get_unverified_header(signed).get("kid", ""))


def _public(written: str) -> Ed25519PublicKey:
    if written.startswith("public:"):
        return _loaded(written.removeprefix("public:"))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(written)).public_key()


def _loaded(x: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(x + "=" * (-len(x) % 4)))


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")

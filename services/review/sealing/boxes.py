"""Sealed boxes (X25519, XSalsa20-Poly1305): only the private half opens what is sealed to a key.

Public keys are written `sk1.` and URL-safe Base64 of the key and four bytes of its SHA-256, so
that one copied wrong is noticed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Self

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from kernel.errors import Refused
from kernel.settings import BadSetting

MARK = "sk1."


class BadPublicKey(Refused):
    """This is not a public key as `sangkien seal new` prints it; copy the whole line."""


class CannotOpen(Refused):
    """This was not sealed to the key it has to be opened with."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key's two halves, 32 bytes each."""

    private: bytes
    public: bytes

    @classmethod
    def fresh(cls) -> Self:
        """Make a pair nobody else has."""
        return cls.of(bytes(PrivateKey.generate()))

    @classmethod
    def of(cls, private: bytes) -> Self:
        """Add the public half to a private one."""
        return cls(private, bytes(PrivateKey(private).public_key))


class Opener:
    """Opens many texts sealed to one key."""

    def __init__(self, private: bytes) -> None:
        self._box = SealedBox(PrivateKey(private))

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed; raises `CannotOpen`."""
        try:
            return self._box.decrypt(sealed)
        except (CryptoError, ValueError, TypeError) as problem:
            raise CannotOpen from problem


def seal(public: bytes, text: bytes) -> bytes:
    """Seal a text to a public key."""
    return SealedBox(PublicKey(public)).encrypt(text)


def written(public: bytes) -> str:
    """Write a public key down."""
    return MARK + encoded(public + sha256(public).digest()[:4])


def read(text: str) -> bytes:
    """Read a public key; raises `BadPublicKey`."""
    try:
        raw = decoded(text.strip().removeprefix(MARK))
    except CannotOpen as problem:
        raise BadPublicKey from problem
    key, check = raw[:32], raw[32:]
    if not text.strip().startswith(MARK) or len(key) != 32 or sha256(key).digest()[:4] != check:
        raise BadPublicKey
    return key


def encoded(raw: bytes) -> str:
    """Write bytes as they travel."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Read bytes as they travel; raises `CannotOpen`."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as problem:
        raise CannotOpen from problem


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    """The service's own keys: what is sealed to `public` is opened by the first of `openers`."""

    public: bytes
    openers: tuple[Opener, ...]

    def open(self, text: str) -> bytes:
        """Return what was sealed to the present key or an older one; raises `CannotOpen`."""
        sealed = decoded(text)
        for opener in self.openers[:-1]:
            try:
                return opener.open(sealed)
            except CannotOpen:
                continue
        return self.openers[-1].open(sealed)


@lru_cache(maxsize=4)
def read_keys(setting: str) -> ServiceKeys:
    """Read `SEALING_KEY`; raises `BadSetting`, which never repeats a key."""
    try:
        pairs = [Pair.of(bytes.fromhex(one)) for one in setting.split() or [""]]
    except (ValueError, TypeError, CryptoError) as problem:
        raise BadSetting(
            "SEALING_KEY must be 64 hex digits, as `openssl rand -hex 32` makes them;"
            " older keys may follow."
        ) from problem
    return ServiceKeys(pairs[0].public, tuple(Opener(pair.private) for pair in pairs))

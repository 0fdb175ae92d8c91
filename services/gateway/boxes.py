"""A key of each person's own: what is sealed to it, only their sign-in opens.

The private half is kept twice, each time sealed: under their password (argon2id), and with every
sign-in under its token. Neither is kept itself, so a copy of the database opens nothing. Who gets
a new password gets a new key.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Self

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

MARK = "sk1."
# As costly as checking the password itself; see `passwords`.
OPERATIONS, MEMORY = 2, 19 * 1024 * 1024


class CannotOpen(Exception):
    """This was sealed to another key."""


@dataclass(frozen=True, slots=True)
class OwnBox:
    """Somebody's key, while they are signed in."""

    private: bytes

    @classmethod
    def fresh(cls) -> Self:
        """Make a key nobody else has."""
        return cls(bytes(PrivateKey.generate()))

    @property
    def public(self) -> bytes:
        """Return the half that others may know."""
        return bytes(PrivateKey(self.private).public_key)

    @property
    def browser_key(self) -> str:
        """Return what their own browser keeps unsent marks under (AES-GCM, 256 bits).

        It follows from this key alone, so that every sign-in brings it and nobody else's does.
        """
        return encoded(blake2b(key=self.private, digest_size=32, person=b"browser").digest())

    def open(self, text: str) -> bytes:
        """Return what was sealed to this key; raises `CannotOpen`."""
        try:
            return SealedBox(PrivateKey(self.private)).decrypt(decoded(text))
        except (CryptoError, ValueError, TypeError) as problem:
            raise CannotOpen from problem

    def seal(self, public: bytes, text: bytes, occasion: str) -> str:
        """Seal a text to a key, the same way each time on one occasion.

        A request that is repeated must be the same request. A sealed box (libsodium) draws its
        one-time key; here it is derived from the text, the occasion and this key, which nobody
        else has, so that it is as good as drawn.
        """
        seed = blake2b(occasion.encode() + b"\n" + text, key=self.private, digest_size=32)
        once = PrivateKey(seed.digest())
        head = bytes(once.public_key)
        nonce = blake2b(head + public, digest_size=24).digest()
        return encoded(head + Box(once, PublicKey(public)).encrypt(text, nonce).ciphertext)


def under_password(box: OwnBox, password: str) -> bytes:
    """Seal a key under a password."""
    salt = random(argon2id.SALTBYTES)
    return salt + bytes(_by_password(password, salt).encrypt(box.private))


def by_password(kept: bytes, password: str) -> OwnBox:
    """Open a key kept under a password; raises `CannotOpen`."""
    salt, sealed = kept[: argon2id.SALTBYTES], kept[argon2id.SALTBYTES :]
    return _opened(_by_password(password, salt), sealed)


def under_token(box: OwnBox, token: str) -> bytes:
    """Seal a key under the token of a sign-in, which the person alone keeps."""
    return bytes(_by_token(token).encrypt(box.private))


def by_token(kept: bytes, token: str) -> OwnBox:
    """Open a key kept under a token; raises `CannotOpen`."""
    return _opened(_by_token(token), kept)


def written(public: bytes) -> str:
    """Write a public key down, with a checksum."""
    return MARK + encoded(public + sha256(public).digest()[:4])


def read(text: str) -> bytes:
    """Read a public key that a service has written down."""
    return decoded(text.removeprefix(MARK))[:32]


def encoded(raw: bytes) -> str:
    """Write bytes as they travel."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Read bytes as they travel."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _by_password(password: str, salt: bytes) -> SecretBox:
    secret = argon2id.kdf(32, password.encode(), salt, opslimit=OPERATIONS, memlimit=MEMORY)
    return SecretBox(secret)


def _by_token(token: str) -> SecretBox:
    # The table keeps another digest of the token, from which this one does not follow.
    return SecretBox(blake2b(token.encode(), digest_size=32, person=b"own box").digest())


def _opened(box: SecretBox, sealed: bytes) -> OwnBox:
    try:
        return OwnBox(box.decrypt(sealed))
    except (CryptoError, ValueError) as problem:
        raise CannotOpen from problem

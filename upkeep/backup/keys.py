"""The platform's keys in a backup: closed to a recipient, or under a passphrase.

Who finds the backup has the rows and the documents, but can sign nothing in the platform's name
and open nothing that is sealed.
"""

import base64
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

# Below, a digest could be turned back by guessing; a password may be that short.
LONG_ENOUGH = 32

Close = Callable[[bytes], bytes]


class CannotOpen(Exception):
    """The keys were closed to somebody else, or under another passphrase."""


def to_recipient(public: str) -> Close:
    """Close to whoever holds the other half of a public key of X25519 in 64 hex digits.

    Raises ValueError.
    """
    box = SealedBox(PublicKey(bytes.fromhex(public)))
    return lambda data: bytes(box.encrypt(data))


def under_passphrase(passphrase: str) -> Close:
    """Close under a passphrase, stretched by Argon2id."""

    def close(data: bytes) -> bytes:
        salt = random(pwhash.argon2id.SALTBYTES)
        return salt + bytes(SecretBox(_stretched(passphrase, salt)).encrypt(data))

    return close


def _stretched(passphrase: str, salt: bytes) -> bytes:
    stretched: bytes = pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE,
        passphrase.encode(),
        salt,
        opslimit=pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return stretched


def packed(keys: Mapping[str, bytes]) -> bytes:
    """Write keys as they are closed: JSON, each in base64."""
    return json.dumps(
        {name: base64.b64encode(key).decode() for name, key in keys.items()}
    ).encode()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Read keys that were opened."""
    return {name: base64.b64decode(key) for name, key in json.loads(data).items()}


def open_private(data: bytes, private: str) -> bytes:
    """Open what was closed to a recipient. Raises `CannotOpen`."""
    try:
        return bytes(SealedBox(PrivateKey(bytes.fromhex(private))).decrypt(data))
    except (CryptoError, ValueError) as problem:
        raise CannotOpen("This is not the key that the keys were closed to.") from problem


def open_passphrase(data: bytes, passphrase: str) -> bytes:
    """Open what was closed under a passphrase. Raises `CannotOpen`."""
    salt, closed = data[: pwhash.argon2id.SALTBYTES], data[pwhash.argon2id.SALTBYTES :]
    try:
        return bytes(SecretBox(_stretched(passphrase, salt)).decrypt(closed))
    except (CryptoError, ValueError) as problem:
        raise CannotOpen("This is not the passphrase of the keys.") from problem


def digests(keys: Mapping[str, bytes]) -> dict[str, str]:
    """Return a digest of each key that is too long to be guessed, to know it again by."""
    long = {name: key for name, key in keys.items() if len(key) >= LONG_ENOUGH}
    return {name: sha256(b"sangkien key\0" + key).hexdigest() for name, key in long.items()}


def new_recipient(file: Path) -> str:
    """Make a pair of keys, write the private one to a file, and return the public one."""
    private = PrivateKey.generate()
    with file.open("x") as into:
        file.chmod(0o600)
        into.write(bytes(private).hex() + "\n")
    return bytes(private.public_key).hex()

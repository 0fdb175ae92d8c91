"""A secret that any two of its holders have together, and each alone knows nothing of.

For every two holders a fresh pad is drawn: one gets the pad, the other the secret XOR the pad.
Each half by itself is 32 random bytes (one-time pad), so there is nothing to break.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from itertools import combinations

from msgspec import json
from nacl.utils import random

from services.review.sealing.boxes import CannotOpen, decoded, encoded

Shares = Mapping[str, bytes]  # a holder's share of the secret, by whom it goes together with


def split(secret: bytes, holders: Collection[str]) -> dict[str, dict[str, bytes]]:
    """Share a secret so that any two of the holders have it; at least two, no name twice."""
    shares: dict[str, dict[str, bytes]] = {holder: {} for holder in holders}
    for one, other in combinations(sorted(shares), 2):
        pad = random(len(secret))
        shares[one][other], shares[other][one] = pad, _xor(secret, pad)
    return shares


def join(one: tuple[str, Shares], other: tuple[str, Shares]) -> bytes:
    """Put two holders' shares together."""
    (first, firsts), (second, seconds) = one, other
    return _xor(firsts[second], seconds[first])


def packed(shares: Shares) -> bytes:
    """Write a holder's shares as they are sealed to their key."""
    return json.encode({name: encoded(share) for name, share in sorted(shares.items())})


def unpacked(text: bytes) -> dict[str, bytes]:
    """Read a holder's shares; raises `CannotOpen`."""
    try:
        return {n: decoded(share) for n, share in json.decode(text, type=dict[str, str]).items()}
    except ValueError as problem:
        raise CannotOpen from problem


def digest(pack: bytes) -> str:
    """Return what tells a true share from a false one, and tells nothing of it."""
    return sha256(pack).hexdigest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))

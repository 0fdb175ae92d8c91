"""Passwords and secrets: argon2id, and the same time taken whether or not there is a login."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# OWASP's first choice for argon2id: 19 MiB each, so that a rush of sign-ins fits in memory.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = hasher.hash(secrets.token_hex(16))


def hashed(secret: str) -> str:
    """Return the argon2id hash to keep."""
    return hasher.hash(secret)


def matches(secret: str, kept: str | None) -> bool:
    """Tell whether the secret is the one kept; without one, take as long and say no."""
    try:
        hasher.verify(kept or NOBODY, secret)
    except VerifyMismatchError:
        return False
    return kept is not None


def generated() -> str:
    """Return a fresh secret that nobody can guess, 22 characters, easily copied."""
    return secrets.token_urlsafe(16)

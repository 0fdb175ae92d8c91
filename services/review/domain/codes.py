"""Blind codes and drawn orders: chance that nobody chose and anybody with the secret can repeat.

Entries are sorted by a keyed hash of their id, so neither order nor number tells who filed first
or whose an entry is.
"""

import hmac
from collections.abc import Iterable, Sequence


def drawn(secret: str, occasion: str, entry_ids: Iterable[str]) -> tuple[str, ...]:
    """Put entries in an order drawn for one occasion (a round's id)."""
    key = secret.encode()

    def lot(entry_id: str) -> bytes:
        return hmac.digest(key, f"{occasion}\n{entry_id}".encode(), "sha256")

    return tuple(sorted(entry_ids, key=lot))


def blind_codes(contest_id: str, order: Sequence[str], taken: int = 0) -> dict[str, str]:
    """Give entries numbers in drawn order behind the contest's first letters, as in `HG-07`.

    `taken` numbers are in use already.
    """
    prefix = contest_id.partition("-")[0].upper()
    width = max(2, len(str(taken + len(order))))
    numbered = enumerate(order, start=taken + 1)
    return {entry_id: f"{prefix}-{number:0{width}}" for number, entry_id in numbered}

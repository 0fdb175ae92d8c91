"""How events are chained, and how a chain is checked.

Pure arithmetic. Read `Head.append` for how the chain grows and `verify` for how it is trusted.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

# One for all: `json.dumps` would make another for every call.
ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class Why(StrEnum):
    """What is wrong with the first link that does not follow."""

    OUT_OF_PLACE = "out of place"  # a link is missing, doubled or moved
    BODY_CHANGED = "body changed"  # the kept envelope is not the one that was recorded
    LINK_CHANGED = "link changed"  # something else in the link, or the link before it
    HEAD_CHANGED = "head changed"  # the chain does not end where its head says


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it is to be remembered; `body` is None where only its digest may be kept."""

    event_id: str
    type: str
    occurred_at: datetime
    body: str | None
    body_digest: str

    @classmethod
    def of(cls, event_id: str, type_: str, occurred_at: datetime, envelope: str) -> Self:
        """Keep the canonical envelope whole."""
        return cls(event_id, type_, occurred_at, envelope, digest_of(envelope))

    def without_body(self, salt: bytes) -> "Recorded":
        """Keep a salted digest alone, so that the person in it can be forgotten.

        It is SHA-256 of the canonical array of the salt in hex and the envelope, a text.
        """
        digest = digest_of(canonical([salt.hex(), self.body]))
        return Recorded(self.event_id, self.type, self.occurred_at, None, digest)


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the chain. `sequence` counts from 1; digests are SHA-256 in hex."""

    sequence: int
    recorded: Recorded
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: how many links it has and the digest of the newest."""

    length: int
    digest: str

    @classmethod
    def genesis(cls, tenant: str) -> Self:
        """Begin the chain of a tenant, so that no two tenants' chains can be exchanged."""
        return cls(0, digest_of(tenant))

    def append(self, recorded: Recorded) -> Line:
        """Return the link that follows this head."""
        sequence = self.length + 1
        return Line(sequence, recorded, link_digest(self.digest, sequence, recorded))

    def after(self, line: Line) -> "Head":
        """Return the head once the link is on the chain."""
        return Head(line.sequence, line.digest)


@dataclass(frozen=True, slots=True)
class Intact:
    """Every link follows from the one before, up to the head."""

    head: Head


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not follow, and why; the links before it stand."""

    at: int
    why: Why


Verdict = Intact | Broken


def verify(tenant: str, lines: Iterable[Line], head: Head) -> Verdict:
    """Recompute a tenant's chain from its first link; `lines` are read once, in order."""
    so_far = Head.genesis(tenant)
    for line in lines:
        if why := mistake(so_far, line):
            return Broken(so_far.length + 1, why)
        so_far = so_far.after(line)
    if so_far != head:
        # A chain cut short lacks its next link; one whose head was altered ends elsewhere.
        return Broken(min(so_far.length, head.length) + 1, Why.HEAD_CHANGED)
    return Intact(so_far)


def mistake(previous: Head, line: Line) -> Why | None:
    """Say what keeps the line from following the head before it."""
    body = line.recorded.body
    if line.sequence != previous.length + 1:
        return Why.OUT_OF_PLACE
    if body is not None and digest_of(body) != line.recorded.body_digest:
        return Why.BODY_CHANGED
    if line != previous.append(line.recorded):
        return Why.LINK_CHANGED
    return None


def link_digest(previous: str, sequence: int, recorded: Recorded) -> str:
    """Hash a link together with the digest before it.

    An array, not a concatenation: no part can borrow a character from its neighbour.
    """
    instant = recorded.occurred_at.astimezone(UTC).isoformat(timespec="microseconds")
    kept = recorded.body is not None
    parts = [previous, sequence, recorded.event_id, recorded.type, instant]
    return digest_of(canonical([*parts, recorded.body_digest, kept]))


def canonical(document: object) -> str:
    """Write decoded JSON in its one form: members sorted, no spaces, nothing escaped in vain."""
    return ENCODER.encode(document)


def digest_of(text: str) -> str:
    """Return SHA-256 of the text's UTF-8 bytes, in lower-case hex."""
    return sha256(text.encode()).hexdigest()

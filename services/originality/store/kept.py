"""A text as it is kept, and what it is found by: values, no queries."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from services.originality.domain import Scope
from services.originality.engine import Prepared
from services.originality.extraction.documents import blank
from services.originality.ideas.meaning import Meaning
from services.originality.ideas.table import Reals
from services.originality.ideas.terms import Terms
from services.originality.store.postings import Channel
from services.originality.store.postings.keys import Hashes

PRINTED = (Channel.FINGERPRINT, Channel.TRIPLE)


class Kind(StrEnum):
    """Where a text comes from."""

    ENTRY = "ENTRY"
    KNOWN_INITIATIVE = "KNOWN_INITIATIVE"


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text of the index. `source_id` is an entry's id or a code of the register.

    `left_out` is what the engine has worked out about it, as far as it is kept.
    """

    kind: Kind
    source_id: str
    title: str
    body: str
    register: str = ""
    contest_id: str | None = None
    filed_at: datetime | None = None
    applied_at: str | None = None
    applied_on: date | None = None
    applied_until: date | None = None
    scope: Scope = Scope.PROVINCE
    summary: str = ""
    entry_id: str | None = None
    pages: tuple[int, ...] = ()
    masked: tuple[tuple[int, int, str], ...] = ()  # first, last, `HIDDEN` or `MARGIN`
    left_out: bytes | None = field(default=None, compare=False, repr=False)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the text, in hex."""
        return sha256(self.body.encode()).hexdigest()

    @property
    def compared(self) -> str:
        """What of it is compared: the text, with blanks for what is masked."""
        return blank(self.body, ((start, end) for start, end, _ in self.masked))

    def page(self, place: int) -> int | None:
        """Return the number of the page on which an offset is, from 1; None if not known."""
        return bisect_right(self.pages, place) or None


@dataclass(frozen=True, slots=True)
class PackedText:
    """What a text is compared by, packed by zlib."""

    packed: bytes
    left_out: bytes | None


@dataclass(frozen=True, slots=True)
class Placed:
    """What a text means to one model, the centroids its lists have, and its curve of chance."""

    meaning: Meaning
    centroids: Reals | None
    curve: Reals | None


@dataclass(frozen=True, slots=True)
class Idea:
    """What a text's idea is found by: the terms of its head, vectors of the best model first."""

    terms: Terms
    meanings: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Prints:
    """What a text is found by: 64-bit hashes, signed or not, and what its idea is found by.

    `left_out` is kept beside the text, for those that are compared with it.
    """

    fingerprints: Hashes
    triples: Hashes = ()
    idea: Idea | None = None
    sought: Hashes | None = None
    left_out: bytes | None = None

    @classmethod
    def of(cls, prepared: Prepared, idea: Idea | None = None) -> Self:
        """Return what the engine made of a text."""
        return cls(
            prepared.fingerprints, prepared.triples, idea, prepared.sought, prepared.left_out
        )

    def under(self, channel: Channel) -> Hashes:
        """Return those a text is kept under in one channel."""
        return self.fingerprints if channel is Channel.FINGERPRINT else self.triples

    def asked(self, channel: Channel) -> Hashes:
        """Return those others are looked for by: of triples more than are kept."""
        if channel is Channel.TRIPLE and self.sought is not None:
            return self.sought
        return self.under(channel)

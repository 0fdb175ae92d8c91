"""What letters quote: entries as their readers know them, prizes, times."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry as its authors know it."""

    receipt_code: str
    title: str


@dataclass(frozen=True, slots=True)
class CodedEntry:
    """An entry as a judge knows it; `title` is None in a blind round."""

    code: str
    title: str | None


@dataclass(frozen=True, slots=True)
class WonPrize:
    """A prize of an entry, by its name, and who grants it."""

    entry: NamedEntry
    prize: str
    authority: str


@dataclass(frozen=True, slots=True)
class DefenceTime:
    """When and where an entry is defended, unless `cancelled`; a judge may have to leave."""

    entry: NamedEntry | CodedEntry
    room: str
    starts_at: datetime
    cancelled: bool = False
    leaves: bool = False

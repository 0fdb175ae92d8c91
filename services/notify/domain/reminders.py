"""What is written to those who have something to do, and to the office; see `letters`."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from services.notify.domain.quoted import NamedEntry


@dataclass(frozen=True, slots=True)
class DraftUnfinished:
    """Somebody has begun entries and not handed them in."""

    template: ClassVar[str] = "draft_unfinished"

    drafts: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SheetsDue:
    """A judge still owes sheets."""

    template: ClassVar[str] = "sheets_due"

    round_name: str
    left: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class UnitSilent:
    """A unit takes no part yet, and has not said that it has nothing to enter."""

    template: ClassVar[str] = "unit_silent"

    due_at: datetime


@dataclass(frozen=True, slots=True)
class PetitionFiled:
    """A petition or complaint has come; what it says stands on the portal alone."""

    template: ClassVar[str] = "petition_filed"

    entry: NamedEntry
    kind: str


@dataclass(frozen=True, slots=True)
class PetitionDue:
    """The time for answering a petition or complaint runs out."""

    template: ClassVar[str] = "petition_due"

    entry: NamedEntry
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OriginalityRuled:
    """Somebody has decided whether an entry repeats a known idea."""

    template: ClassVar[str] = "originality_ruled"

    entry: NamedEntry
    ruling: Literal["ORIGINAL", "DUPLICATE"]
    reason: str


@dataclass(frozen=True, slots=True)
class RoundBegun:
    """Judging of a round has begun."""

    template: ClassVar[str] = "round_opened"

    round_name: str
    entries: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """A round is over; how many go on, if there is a next one."""

    template: ClassVar[str] = "round_closed"

    round_name: str
    entries: int
    going_on: int | None


@dataclass(frozen=True, slots=True)
class PaperReady:
    """The certificate of an entry can be fetched."""

    template: ClassVar[str] = "paper_ready"

    entry: NamedEntry
    number: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What contacts of a unit are told, gathered: the subject of each notice."""

    template: ClassVar[str] = "digest"

    lines: tuple[str, ...]


Reminder = (
    DraftUnfinished
    | SheetsDue
    | UnitSilent
    | PetitionFiled
    | PetitionDue
    | OriginalityRuled
    | RoundBegun
    | RoundEnded
    | PaperReady
    | Digest
)

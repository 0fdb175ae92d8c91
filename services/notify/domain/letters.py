"""What is written to people: a class a template, its fields what it quotes. None holds a score."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from services.notify.domain.disputes import (
    PetitionNews,
    PrizeRevoked,
    RejudgingAsked,
    ResultsChanged,
)
from services.notify.domain.quoted import CodedEntry, DefenceTime, NamedEntry, WonPrize
from services.notify.domain.reminders import Reminder


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry was received; `missing` are names of papers."""

    template: ClassVar[str] = "receipt"

    entry: NamedEntry
    received_at: datetime
    version: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CameLate:
    """The entry was received, after its deadline; `rule` says which."""

    template: ClassVar[str] = "came_late"

    entry: NamedEntry
    received_at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """The dossier has to be completed before `due_at`."""

    template: ClassVar[str] = "supplement_asked"

    entry: NamedEntry
    request: str
    missing: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The dossier is complete and valid."""

    template: ClassVar[str] = "accepted"

    entry: NamedEntry


@dataclass(frozen=True, slots=True)
class Refusal:
    """The dossier was refused."""

    template: ClassVar[str] = "refused"

    entry: NamedEntry
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The entry was taken back."""

    template: ClassVar[str] = "withdrawn"

    entry: NamedEntry
    reason: str


@dataclass(frozen=True, slots=True)
class Disqualified:
    """The entry is out of the contest."""

    template: ClassVar[str] = "disqualified"

    entry: NamedEntry
    reason: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody sits on the jury; `role` is CHAIR, DEPUTY, MEMBER or SECRETARY."""

    template: ClassVar[str] = "appointed"

    role: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """A judge has entries to mark."""

    template: ClassVar[str] = "assigned"

    round_name: str
    entries: tuple[CodedEntry, ...]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A judge is asked to look at an entry again."""

    template: ClassVar[str] = "second_look"

    round_name: str
    entry: CodedEntry


@dataclass(frozen=True, slots=True)
class KeyStoodIn:
    """The recovery key was given in the place of one that is lost."""

    template: ClassVar[str] = "key_stood_in"

    round_name: str
    minutes: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """Sheets of a round are taken until later."""

    template: ClassVar[str] = "extended"

    round_name: str
    due_at: datetime
    minutes: str
    reason: str


@dataclass(frozen=True, slots=True)
class CopiesWait:
    """Copies for judges of a blind round wait to be checked; no entry is named."""

    template: ClassVar[str] = "copies_wait"

    waiting: int


@dataclass(frozen=True, slots=True)
class Finalist:
    """Entries go on to the next round; the minutes are given where a defence is held."""

    template: ClassVar[str] = "finalist"

    entries: tuple[NamedEntry, ...]
    round_name: str
    next_round: str
    present_minutes: int | None
    question_minutes: int | None


@dataclass(frozen=True, slots=True)
class DefenceSet:
    """Entries have a time on the defence day, another one, or none; with calendar files."""

    template: ClassVar[str] = "defence_set"

    round_name: str
    slots: tuple[DefenceTime, ...]
    version: int
    reason: str
    present_minutes: int | None
    question_minutes: int | None
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DefenceHeard:
    """What a judge hears on the defence day, as it stands now; with a calendar file."""

    template: ClassVar[str] = "defence_heard"

    round_name: str
    slots: tuple[DefenceTime, ...]
    version: int
    reason: str
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Won:
    """Somebody's entries won prizes."""

    template: ClassVar[str] = "won"

    prizes: tuple[WonPrize, ...]


@dataclass(frozen=True, slots=True)
class ResultsOut:
    """The results are public, and these entries were among those judged."""

    template: ClassVar[str] = "results_out"

    entries: tuple[NamedEntry, ...]


@dataclass(frozen=True, slots=True)
class MilestoneDue:
    """A milestone of an adopter is due: in some days (below 0), today, or some days ago."""

    template: ClassVar[str] = "milestone_due"

    title: str
    adopter: str
    what: str
    due_on: date
    days: int


Letter = (
    Receipt
    | CameLate
    | SupplementAsked
    | Accepted
    | Refusal
    | Withdrawal
    | Disqualified
    | Appointed
    | Assigned
    | SecondLook
    | KeyStoodIn
    | Extended
    | CopiesWait
    | Finalist
    | DefenceSet
    | DefenceHeard
    | Won
    | ResultsOut
    | PetitionNews
    | RejudgingAsked
    | ResultsChanged
    | PrizeRevoked
    | MilestoneDue
    | Reminder
)

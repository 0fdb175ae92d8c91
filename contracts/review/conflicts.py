"""Conflicts of interest: found by computing, declared by people, pinned by the chair."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

Relation = Literal["SPOUSE", "HOUSEHOLD", "RELATIVE", "ADVISER", "BUSINESS", "DISPUTE", "OTHER"]
Side = Literal["APART", "NO_OBSTACLE"]
FoundGround = Literal[
    "AUTHOR",
    "UNKNOWN_AUTHOR",
    "UNKNOWN_UNIT",
    "CO_AUTHOR",
    "OWN_UNIT",
    "RELATED_UNIT",
    "FORMER_UNIT",
]


class DeclareConflict(Command, frozen=True, kw_only=True):
    """Keep a judge away from an entry, with the reason. Reply: None.

    `entry_id` may be the entry's code, all that a judge knows in a blind round. In an open round
    the judge stands down from the entry, and another steps in where the rules name a number.
    Judges declare their own, entrants theirs with a judge; with `person_id` in the place of an
    entry it is a tie to a person, whatever they enter.
    """

    contest_id: str
    judge_id: str
    entry_id: str = ""
    reason: str
    relation: Relation = "OTHER"
    person_id: str | None = None


class WithdrawConflict(Command, frozen=True, kw_only=True):
    """Take a declaration back: by whoever declared it, or the chair. Reply: None.

    It stays on record, with who took it back and why. Who stood down does not come back by it.
    """

    contest_id: str
    declaration_id: str
    reason: str


class PinConflict(Command, frozen=True, kw_only=True):
    """As chair, keep a judge from an entry, or state that a found conflict is no obstacle.

    NO_OBSTACLE names the ground it is about; being an author always is one. Reply: the pin's id.
    """

    contest_id: str
    judge_id: str
    entry_id: str
    side: Side
    reason: str
    ground: FoundGround | None = None


class LiftPin(Command, frozen=True, kw_only=True):
    """As chair, take a pin back, with the reason. Reply: None."""

    contest_id: str
    pin_id: str
    reason: str


class ListConflicts(Query, frozen=True, kw_only=True):
    """All conflicts of a contest, by entry. Reply: `ConflictList`.

    For the secretariat and for a chair who marks in no blind round that is still to be closed.
    Entries come in the order of their ids, at most `most`, after the one named.
    """

    contest_id: str
    judge_id: str | None = None
    entry_id: str | None = None
    after: str = ""
    most: int = 500


class ConflictLine(Struct, frozen=True, kw_only=True):
    """One ground between a judge and an entry, in words too.

    `said_by` is the id of the declaration or pin behind it. With `excused_by`, the id of a pin,
    the chair has stated that it is no obstacle. `ours` and `theirs` are units as of the day.
    """

    judge_id: str
    kind: Literal["FOUND", "DECLARED", "PINNED"]
    ground: str
    words: str
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    said_by: str | None = None
    excused_by: str | None = None


class EntryConflicts(Struct, frozen=True, kw_only=True):
    """An entry and what stands between it and judges; `free` counts those it is open to."""

    entry_id: str
    code: str
    title: str
    area: str
    free: int
    lines: tuple[ConflictLine, ...]


class ConflictList(Struct, frozen=True, kw_only=True):
    """Entries with conflicts, units as they are on a day; `after` names the next page, if any."""

    as_of: date
    judges: tuple[str, ...]
    entries: tuple[EntryConflicts, ...]
    after: str | None = None


class ListDeclarations(Query, frozen=True, kw_only=True):
    """What is declared and pinned. Reply: tuple of `Declared`.

    Those who may see all conflicts see all of it, anybody else what they have said themselves.
    """

    contest_id: str


class Declared(Struct, frozen=True, kw_only=True):
    """A declaration or a pin with its trace; in force while `ended_at` is None.

    `entry` is named as it was by whoever said it: by its code or its id.
    """

    id: str
    side: Literal["DECLARED", "APART", "NO_OBSTACLE"]
    judge_id: str
    entry: str | None
    person_id: str | None
    relation: Relation | None
    ground: str | None
    reason: str
    said_by: str
    said_at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None
    ended_reason: str = ""


class ListJuryNotes(Query, frozen=True, kw_only=True):
    """What was noted of juries and conflicts, for the minutes. Reply: tuple of `JuryNote`."""

    contest_id: str


class JuryNote(Struct, frozen=True, kw_only=True):
    """A line for the minutes: what happened, when and by whom; `words` are Vietnamese."""

    at: datetime
    by: str
    words: str
    round_id: str | None = None
    code: str | None = None
    judge_id: str | None = None


class ConflictPinned(Event, frozen=True, kw_only=True):
    """The chair has pinned something about a judge and an entry, or lifted it (`is_lifted`)."""

    contest_id: str
    pin_id: str
    judge_id: str
    entry_id: str
    side: Side
    is_lifted: bool = False


class SubstituteSought(Event, frozen=True, kw_only=True):
    """An entry is short of a judge, and nobody who is free is left to step in."""

    contest_id: str
    round_id: str
    entry_id: str
    code: str

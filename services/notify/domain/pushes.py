"""What is sent to programs: the state of a client's entries, always in the same shape."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

State = Literal[
    "SUBMITTED",
    "LATE",
    "SUPPLEMENT_REQUESTED",
    "ACCEPTED",
    "REFUSED",
    "WITHDRAWN",
    "DISQUALIFIED",
    "FINALIST",
    "AWARDED",
    "NOT_AWARDED",
]


@dataclass(frozen=True, slots=True)
class EntryState:
    """Where one entry stands. `missing` are paper codes, `prize` is a code of the rules."""

    template: ClassVar[str] = "entry_state"

    contest_id: str
    entry_id: str
    receipt_code: str
    external_code: str | None
    state: State
    note: str = ""
    missing: tuple[str, ...] = ()
    received_at: datetime | None = None
    due_at: datetime | None = None
    prize: str | None = None


@dataclass(frozen=True, slots=True)
class EntryStates:
    """Where several entries of one client stand after one event."""

    template: ClassVar[str] = "entry_states"

    contest_id: str
    entries: tuple[EntryState, ...]


@dataclass(frozen=True, slots=True)
class RecordHead:
    """A signed head of a contest's record, as `contracts.ledger.SignedHead` says it."""

    template: ClassVar[str] = "record_head"

    tenant: str
    contest_id: str
    size: int
    root: str
    at: datetime
    milestone: str
    kid: str
    signature: str


Push = EntryState | EntryStates | RecordHead

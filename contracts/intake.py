"""What intake is asked, and what it says: contests, agencies, people and entries."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.message import Command, Event, Query
from contracts.rules import Rules

Channel = Literal["ONLINE", "DESK", "ONE_STOP"]
EntrantKind = Literal["INDIVIDUAL", "COLLECTIVE"]


class Agency(Struct, frozen=True, kw_only=True):
    """A unit of the province; codes that no source gives stay None."""

    unit_id: str
    name: str
    kind: str
    short_name: str | None = None
    parent_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Author(Struct, frozen=True, kw_only=True):
    """Someone who made the entry. `share` is their part in percent; all sum to 100.

    `person_id` is set when the author has an account; otherwise intake gives one.
    """

    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    position: str | None = None
    share: Decimal = Decimal(100)
    person_id: str | None = None


class DocumentRef(Struct, frozen=True, kw_only=True):
    """A document in intake's bucket. `code` is the dossier's paper code, `size` in bytes."""

    document_id: str
    code: str
    key: str
    sha256: str
    media_type: str
    size: int


class Share(Struct, frozen=True, kw_only=True):
    """A person's part of an entry, in percent."""

    person_id: str
    percent: Decimal


# --- commands ---------------------------------------------------------------------------------


class OpenContest(Command, frozen=True, kw_only=True):
    """Check, freeze and announce a rules file. Reply: `OpenedContest`."""

    source: str


class AmendContest(Command, frozen=True, kw_only=True):
    """Change the rules of an open contest, with a reason. Reply: `OpenedContest`."""

    contest_id: str
    source: str
    reason: str


class ImportAgencies(Command, frozen=True, kw_only=True):
    """Record the units that may take part. Reply: how many are known now."""

    agencies: tuple[Agency, ...]


class RegisterPerson(Command, frozen=True, kw_only=True):
    """Record somebody who can be written to: entrant, judge or officer. Reply: None."""

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


class DraftEntry(Command, frozen=True, kw_only=True):
    """Begin an entry. Reply: its id. `filed_for` is set when a clerk or client files it."""

    contest_id: str
    kind: EntrantKind
    group: str
    title: str
    summary: str
    area: str
    authors: tuple[Author, ...]
    channel: Channel = "ONLINE"
    unit_id: str | None = None
    external_code: str | None = None  # the dossier code of the one-stop system


class AttachDocument(Command, frozen=True, kw_only=True):
    """Ask for a place to upload a document to. Reply: `Upload`."""

    entry_id: str
    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str


class ConfirmDocument(Command, frozen=True, kw_only=True):
    """Say that the upload is complete; size and checksum are verified. Reply: None."""

    entry_id: str
    document_id: str


class SubmitEntry(Command, frozen=True, kw_only=True):
    """Hand the entry in, for the first time or after a supplement. Reply: `Submitted`."""

    entry_id: str
    declarations: tuple[str, ...] = ()


class ReturnEntry(Command, frozen=True, kw_only=True):
    """Ask for a supplement. `missing` are paper codes. Reply: the due instant."""

    entry_id: str
    request: str
    missing: tuple[str, ...] = ()


class AcceptEntry(Command, frozen=True, kw_only=True):
    """Declare the dossier complete and valid. Reply: None."""

    entry_id: str


class RefuseEntry(Command, frozen=True, kw_only=True):
    """Refuse the dossier, with a reason for the entrant. Reply: None."""

    entry_id: str
    reason: str


class WithdrawEntry(Command, frozen=True, kw_only=True):
    """Take the entry back. Reply: None."""

    entry_id: str
    reason: str = ""


# --- queries ----------------------------------------------------------------------------------


class CheckRules(Query, frozen=True, kw_only=True):
    """Check a rules file without opening it. Reply: `RulesChecked`."""

    source: str


class ShowContest(Query, frozen=True, kw_only=True):
    """Reply: `OpenedContest` with its rules."""

    contest_id: str


class ListContests(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ContestLine`, newest first."""


class ShowEntry(Query, frozen=True, kw_only=True):
    """Reply: `EntryView`, for its authors, filer, clerks and secretaries."""

    entry_id: str


class ListEntries(Query, frozen=True, kw_only=True):
    """Reply: tuple of `EntryLine`; entrants see their own only."""

    contest_id: str
    state: str | None = None


class LinkDocument(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of the document, for those who may see the entry."""

    entry_id: str
    document_id: str


class ListAgencies(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Agency`."""


class ShowCoverage(Query, frozen=True, kw_only=True):
    """Which units take part. Reply: tuple of `CoverageLine`."""

    contest_id: str


# --- replies ----------------------------------------------------------------------------------


class RuleMistake(Struct, frozen=True, kw_only=True):
    """A mistake in a rules file. Line and column count from 1."""

    line: int
    column: int
    path: str
    sentence: str


class RulesChecked(Struct, frozen=True, kw_only=True):
    """The outcome of a check; `sha256` is None while there are mistakes."""

    mistakes: tuple[RuleMistake, ...]
    sha256: str | None = None


class OpenedContest(Struct, frozen=True, kw_only=True):
    """A contest and the hash its rules are frozen under. `number` 0 is the original."""

    contest_id: str
    number: int
    sha256: str
    rules: Rules | None = None
    source: str | None = None


class ContestLine(Struct, frozen=True, kw_only=True):
    """A contest in a list."""

    contest_id: str
    title: str
    opens: datetime
    closes: datetime


class Upload(Struct, frozen=True, kw_only=True):
    """Where to PUT a document's bytes, and until when."""

    document_id: str
    url: str
    expires_at: datetime


class Submitted(Struct, frozen=True, kw_only=True):
    """The receipt (giấy biên nhận): its code, the counted instant and what is missing."""

    entry_id: str
    receipt_code: str
    received_at: datetime
    version: int
    missing: tuple[str, ...]


class TimelineLine(Struct, frozen=True, kw_only=True):
    """A step of an entry's history."""

    at: datetime
    state: str
    note: str = ""


class DocumentView(Struct, frozen=True, kw_only=True):
    """A document as its entrant sees it."""

    document_id: str
    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    version: int
    stored: bool


class EntryView(Struct, frozen=True, kw_only=True):
    """An entry as those concerned see it."""

    entry_id: str
    contest_id: str
    state: str
    version: int
    kind: EntrantKind
    group: str
    title: str
    summary: str
    area: str
    channel: Channel
    authors: tuple[Author, ...]
    documents: tuple[DocumentView, ...]
    timeline: tuple[TimelineLine, ...]
    unit_id: str | None = None
    receipt_code: str | None = None
    external_code: str | None = None
    missing: tuple[str, ...] = ()


class EntryLine(Struct, frozen=True, kw_only=True):
    """An entry in a list."""

    entry_id: str
    title: str
    area: str
    state: str
    channel: Channel
    receipt_code: str | None = None
    received_at: datetime | None = None
    unit_id: str | None = None


class CoverageLine(Struct, frozen=True, kw_only=True):
    """How many entries a unit has handed in."""

    unit_id: str
    name: str
    entries: int


# --- events -----------------------------------------------------------------------------------


class ContestOpened(Event, frozen=True, kw_only=True):
    """A contest's rules are frozen and public."""

    contest_id: str
    rules: Rules
    sha256: str
    opened_at: datetime
    number: int = 0


class ContestAmended(Event, frozen=True, kw_only=True):
    """The rules changed, by a numbered amendment with a reason."""

    contest_id: str
    rules: Rules
    sha256: str
    number: int
    reason: str


class AgenciesImported(Event, frozen=True, kw_only=True):
    """These units are known, as recorded."""

    agencies: tuple[Agency, ...]


class PersonRegistered(Event, frozen=True, kw_only=True):
    """Name and address of somebody; the only event that carries them."""

    personal: ClassVar[bool] = True

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


class EntryEvent(Event, frozen=True, kw_only=True):
    """What every event about an entry says."""

    contest_id: str
    entry_id: str
    receipt_code: str
    filed_by: str  # the account that filed it: the entrant, a clerk or an API client
    author_ids: tuple[str, ...]
    title: str


class EntrySubmitted(EntryEvent, frozen=True, kw_only=True):
    """An entry was handed in; `version` counts submissions from 1."""

    version: int
    received_at: datetime
    area: str
    kind: EntrantKind
    group: str
    channel: Channel
    documents: tuple[DocumentRef, ...]
    missing: tuple[str, ...] = ()
    unit_id: str | None = None
    external_code: str | None = None


class EntryReturned(EntryEvent, frozen=True, kw_only=True):
    """A supplement is asked for, until `due_at`."""

    request: str
    missing: tuple[str, ...]
    due_at: datetime


class EntryAccepted(EntryEvent, frozen=True, kw_only=True):
    """The dossier is complete and valid."""

    version: int
    area: str
    kind: EntrantKind
    shares: tuple[Share, ...]
    summary: str
    unit_id: str | None = None


class EntryRefused(EntryEvent, frozen=True, kw_only=True):
    """The dossier was refused."""

    reason: str


class EntryWithdrawn(EntryEvent, frozen=True, kw_only=True):
    """The entrant took the entry back."""

    reason: str = ""


class EntryDisqualified(EntryEvent, frozen=True, kw_only=True):
    """The entry is out of the contest, by a ruling."""

    reason: str

"""What intake says: of contests, agencies, people and entries."""

from datetime import datetime
from typing import ClassVar

from contracts.intake.values import Agency, Channel, DocumentRef, EntrantKind, Share
from contracts.message import Event
from contracts.rules import Rules


class ContestOpened(Event, frozen=True, kw_only=True):
    """A contest's rules are frozen and public."""

    contest_id: str
    rules: Rules
    sha256: str
    opened_at: datetime
    number: int = 0


class ContestAmended(Event, frozen=True, kw_only=True):
    """The rules changed, by a numbered amendment with a reason; `changes` are sentences."""

    contest_id: str
    rules: Rules
    sha256: str
    number: int
    reason: str
    changes: tuple[str, ...] = ()


class AgenciesImported(Event, frozen=True, kw_only=True):
    """These units are known, as recorded."""

    agencies: tuple[Agency, ...]


class PersonRegistered(Event, frozen=True, kw_only=True):
    """Name and address of somebody; the only event that carries them.

    `also_ids` are other ids this person is known under, by the same address. `roles` are those of
    their account; None where nothing is said of them.
    """

    personal: ClassVar[bool] = True

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    also_ids: tuple[str, ...] = ()
    roles: tuple[str, ...] | None = None


class EntryEvent(Event, frozen=True, kw_only=True):
    """What every event about an entry says."""

    contest_id: str
    entry_id: str
    receipt_code: str
    filed_by: str  # the account that filed it: the entrant, a clerk or an API client
    author_ids: tuple[str, ...]
    title: str


class EntryDrafted(Event, frozen=True, kw_only=True):
    """Somebody has begun an entry online; what is in it stays with them until it is handed in."""

    contest_id: str
    entry_id: str
    filed_by: str


class EntrySubmitted(EntryEvent, frozen=True, kw_only=True):
    """An entry was handed in; `version` counts submissions from 1.

    `counted_at` is the instant it counts by, earlier than `received_at` where a postmark counts.
    """

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
    counted_at: datetime | None = None


class EntryReturned(EntryEvent, frozen=True, kw_only=True):
    """A supplement is asked for, until `due_at`; `number` counts the requests from 1."""

    request: str
    missing: tuple[str, ...]
    due_at: datetime
    number: int = 1


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

"""What intake can be told to do. Start with `OpenContest` and `DraftEntry`."""

from datetime import date, datetime
from typing import ClassVar

from contracts.intake.values import (
    Agency,
    Author,
    Channel,
    Enterprise,
    EntrantKind,
    Improvement,
)
from contracts.message import Command


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
    """Record somebody who can be written to: entrant, judge or officer. Reply: None.

    `roles` are those of their account, if whoever registers them gave it; nobody says them of
    themselves.
    """

    person_id: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    roles: tuple[str, ...] | None = None


class DraftEntry(Command, frozen=True, kw_only=True):
    """Begin an entry. Reply: its id. Whoever asks is its filer, author or not.

    A draft may have gaps; what is still missing is said when it is handed in.
    """

    scope: ClassVar = "entries:write"

    contest_id: str
    kind: EntrantKind
    group: str = ""
    title: str = ""
    summary: str = ""
    area: str = ""
    authors: tuple[Author, ...] = ()
    channel: Channel = "ONLINE"
    unit_id: str | None = None
    external_code: str | None = None  # the dossier code of the one-stop system
    enterprise: Enterprise | None = None
    improves: tuple[Improvement, ...] = ()


class AttachDocument(Command, frozen=True, kw_only=True):
    """Ask for a place to upload a document to. Reply: `Upload`.

    The digest is `sha256` of the whole, or `parts` of each part of 8 MiB. Asked again for a file
    whose upload is not finished, the same upload goes on.
    """

    scope: ClassVar = "documents:write"

    entry_id: str
    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str = ""
    parts: tuple[str, ...] = ()


class ConfirmDocument(Command, frozen=True, kw_only=True):
    """Say that the upload is complete; size and checksum are verified. Reply: None."""

    scope: ClassVar = "documents:write"

    entry_id: str
    document_id: str


class SubmitEntry(Command, frozen=True, kw_only=True):
    """Hand the entry in, for the first time, changed or completed. Reply: `Submitted`.

    `declarations` are codes of the rules' declarations; a paper's code stands for all of its own.

    Of a paper dossier a clerk says when it arrived, if not now, and the day of its postmark.
    """

    scope: ClassVar = "entries:write"

    entry_id: str
    declarations: tuple[str, ...] = ()
    posted_at: date | None = None
    arrived_at: datetime | None = None


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

    scope: ClassVar = "entries:write"

    entry_id: str
    reason: str = ""

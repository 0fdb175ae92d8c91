"""What one-stop systems push to intake, and what they are told of their dossiers."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from contracts.intake.replies import Submitted, TimelineLine
from contracts.intake.values import Author, Enterprise, EntrantKind
from contracts.message import Command, Query


class DossierFile(Struct, frozen=True, kw_only=True):
    """A file of a pushed dossier. Intake fetches it from `url`; without one it is uploaded.

    `code` is the paper's, `size` in bytes, `sha256` of the content, so that a file that is
    fetched later is the one that was pushed.
    """

    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    url: str | None = None


class PushDossier(Command, frozen=True, kw_only=True):
    """Hand in a whole dossier. Reply: `PushedDossier`.

    `external_code` is the dossier's code in the client's system, unique among its dossiers.
    """

    scope: ClassVar = "entries:write"

    contest_id: str
    external_code: str
    kind: EntrantKind
    group: str
    title: str
    summary: str
    area: str
    authors: tuple[Author, ...]
    unit_id: str | None = None
    enterprise: Enterprise | None = None
    declarations: tuple[str, ...] = ()
    files: tuple[DossierFile, ...] = ()


class SupplementDossier(Command, frozen=True, kw_only=True):
    """Complete a dossier that was returned or still waits. Reply: `PushedDossier`."""

    scope: ClassVar = "entries:write"

    code: str
    declarations: tuple[str, ...] = ()
    files: tuple[DossierFile, ...] = ()


class WithdrawDossier(Command, frozen=True, kw_only=True):
    """Take a dossier back. Reply: None."""

    scope: ClassVar = "entries:write"

    code: str
    reason: str = ""


class ShowDossier(Query, frozen=True, kw_only=True):
    """Reply: `DossierView`. `code` is the receipt's, the client's own, or the entry's id."""

    scope: ClassVar = "status:read"

    code: str


class FileUpload(Struct, frozen=True, kw_only=True):
    """Where to PUT a file of the dossier, to be confirmed like any document."""

    code: str
    file_name: str
    document_id: str
    url: str
    expires_at: datetime


class PendingFile(Struct, frozen=True, kw_only=True):
    """A file that is not here yet. `problem` is why fetching it failed, if it has."""

    code: str
    file_name: str
    document_id: str
    by_url: bool
    problem: str = ""


class PushedDossier(Struct, frozen=True, kw_only=True):
    """The receipt, or while files are on their way what is still pending."""

    entry_id: str
    receipt: Submitted | None = None
    uploads: tuple[FileUpload, ...] = ()
    pending: tuple[PendingFile, ...] = ()


class DossierView(Struct, frozen=True, kw_only=True):
    """How a dossier stands. `status` is the national code, None while it is not handed in.

    `problem` is why a dossier with all its files could not be handed in.
    """

    entry_id: str
    contest_id: str
    external_code: str
    state: str
    timeline: tuple[TimelineLine, ...]
    status: str | None = None
    receipt_code: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    missing: tuple[str, ...] = ()
    pending: tuple[PendingFile, ...] = ()
    problem: str = ""

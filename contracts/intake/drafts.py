"""What is typed into an entry, revision by revision, and handed in, version by version."""

from datetime import datetime
from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType

from contracts.intake.replies import DocumentView
from contracts.intake.values import Author, Enterprise, EntrantKind, Improvement
from contracts.message import Command, Query


class SaveDraft(Command, frozen=True, kw_only=True):
    """Save what has been typed; what is left out stays as it is. Reply: the new revision.

    `revision` is the one the changes were made on; an older one is refused, naming what changed
    since. An entry that is handed in already gets a working copy, which counts once it is handed
    in again.
    """

    scope: ClassVar = "entries:write"

    entry_id: str
    revision: int
    kind: EntrantKind | UnsetType = UNSET
    group: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    summary: str | UnsetType = UNSET
    area: str | UnsetType = UNSET
    authors: tuple[Author, ...] | UnsetType = UNSET
    unit_id: str | UnsetType | None = UNSET
    enterprise: Enterprise | UnsetType | None = UNSET
    improves: tuple[Improvement, ...] | UnsetType = UNSET


class ShowVersions(Query, frozen=True, kw_only=True):
    """What was handed in and when. Reply: tuple of `VersionView`, the first first."""

    scope: ClassVar = "entries:read"

    entry_id: str


class CompareVersions(Query, frozen=True, kw_only=True):
    """What differs between two versions. Reply: tuple of Vietnamese sentences, none if nothing."""

    scope: ClassVar = "entries:read"

    entry_id: str
    older: int
    newer: int


class VersionView(Struct, frozen=True, kw_only=True):
    """A version as it was handed in; it never changes. `sha256` is the digest of its content.

    `changes` says in Vietnamese what differs from the version before.
    """

    version: int
    handed_at: datetime
    handed_by: str
    sha256: str
    title: str
    summary: str
    area: str
    group: str
    kind: EntrantKind
    authors: tuple[Author, ...]
    documents: tuple[DocumentView, ...]
    declarations: tuple[str, ...]
    unit_id: str | None = None
    enterprise: Enterprise | None = None
    improves: tuple[Improvement, ...] = ()
    changes: tuple[str, ...] = ()

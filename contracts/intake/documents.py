"""What intake is asked and answers about documents: uploads in parts, and links for others."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from contracts.message import PUBLIC, Command, Query


class ShowUpload(Query, frozen=True, kw_only=True):
    """How far an upload is, with fresh URLs to go on by. Reply: `UploadView`."""

    scope: ClassVar = "documents:write"

    entry_id: str
    document_id: str


class UploadPart(Struct, frozen=True, kw_only=True):
    """A part of an upload, counted from 1; `there` if the store has all its `size` bytes."""

    number: int
    size: int
    url: str
    there: bool = False


class UploadView(Struct, frozen=True, kw_only=True):
    """An upload, its parts and until when their URLs take bytes; no parts once it is over."""

    document_id: str
    state: str
    part_size: int
    parts: tuple[UploadPart, ...]
    expires_at: datetime


class ShareDocument(Command, frozen=True, kw_only=True):
    """Give a document to somebody outside for so many days. Reply: `Shared`."""

    entry_id: str
    document_id: str
    recipient: str
    days: int


class Shared(Struct, frozen=True, kw_only=True):
    """A link that reads a document until it ends or is revoked; `path` is at the door."""

    share_id: str
    path: str
    until: datetime


class RevokeShares(Command, frozen=True, kw_only=True):
    """End the links to an entry's documents: one, or all of one recipient, or all.

    Reply: how many ended.
    """

    entry_id: str
    share_id: str | None = None
    recipient: str | None = None


class ListShares(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ShareView`, newest first, for staff."""

    entry_id: str


class ShareView(Struct, frozen=True, kw_only=True):
    """A link somebody outside was given, and whether it was revoked."""

    share_id: str
    document_id: str
    recipient: str
    shared_at: datetime
    until: datetime
    revoked_at: datetime | None = None


class FollowShare(Query, frozen=True, kw_only=True):
    """Reply: a short-lived URL of the document a link leads to; needs no sign-in."""

    scope: ClassVar = PUBLIC

    token: str

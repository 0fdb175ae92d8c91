"""Dossiers that other systems have pushed, and the files to be fetched for them."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class PushedRow(Row, Table):
    """A pushed dossier; while `waits`, it is handed in as soon as all its files are here.

    Pushed with links only, it counts as handed in at `pushed_at`: what they lead to is fixed by
    checksum. `problem` is why it could not be handed in then.
    """

    __tablename__ = "pushed"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    external_code: Mapped[str]
    declarations: Mapped[list[str]]
    pushed_at: Mapped[datetime]
    by_url: Mapped[bool]
    waits: Mapped[bool]
    problem: Mapped[str]


class FetchRow(Row, Table):
    """A file to be fetched from `url` and put to `upload_url`."""

    __tablename__ = "linked_file"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    url: Mapped[str]
    upload_url: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    last_error: Mapped[str | None]

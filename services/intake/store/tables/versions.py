"""What was handed in, what was saved, declared and confirmed; rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class VersionRow(Row, Table):
    """A version of an entry as it was handed in."""

    __tablename__ = "version"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    handed_at: Mapped[datetime]
    handed_by: Mapped[str]


class EditRow(Row, Table):
    """Which fields of an entry a revision changed."""

    __tablename__ = "edit"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[list[str]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]


class DeclarationRow(Row, Table):
    """A declaration as it was made for a version of an entry."""

    __tablename__ = "declaration"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    for_version: Mapped[int] = mapped_column(primary_key=True)
    text_version: Mapped[int]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class ConfirmationRow(Row, Table):
    """What the head of a unit said of a version; the newest counts."""

    __tablename__ = "confirmation"

    confirmation_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    version: Mapped[int]
    confirmed: Mapped[bool]
    note: Mapped[str]
    said_at: Mapped[datetime]
    said_by: Mapped[str]


class OfficerRow(Row, Table):
    """Somebody who belongs, or once belonged, to a body whose members may not enter."""

    __tablename__ = "officer"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    named_at: Mapped[datetime]
    named_by: Mapped[str]

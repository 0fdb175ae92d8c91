"""The tables of intake. Every row also has its tenant, first part of its primary key."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Identity, Numeric
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.database import Row


class Table(DeclarativeBase):
    """Base of every table intake owns."""

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        Decimal: Numeric(),
        dict[str, Any]: JSONB,
        list[str]: ARRAY(TEXT),
    }


class ContestRow(Row, Table):
    """A contest under its current rules; `number` is that of the newest amendment."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    number: Mapped[int]
    opened_at: Mapped[datetime]


class RulesRow(Row, Table):
    """The rules as frozen, original (0) and amendments; never changed."""

    __tablename__ = "rules"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    sha256: Mapped[str]
    rules: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    frozen_at: Mapped[datetime]


class AgencyRow(Row, Table):
    """A unit of the province that may take part."""

    __tablename__ = "agency"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    short_name: Mapped[str | None]
    parent_id: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class PersonRow(Row, Table):
    """Somebody who can be written to. `email_key` is what two spellings have in common."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str | None]
    email_key: Mapped[str | None]
    phone: Mapped[str | None]
    unit_id: Mapped[str | None]
    registered_at: Mapped[datetime]


class SeatRow(Row, Table):
    """Somebody who sits, or once sat, on the jury of a contest; `marks` if ever as a judge."""

    __tablename__ = "seat"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    marks: Mapped[bool]


class EntryRow(Row, Table):
    """An entry, whatever its state."""

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    kind: Mapped[str]
    group: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    area: Mapped[str]
    channel: Mapped[str]
    filed_by: Mapped[str]
    unit_id: Mapped[str | None]
    external_code: Mapped[str | None]
    state: Mapped[str]
    version: Mapped[int]
    returns: Mapped[int]
    declarations: Mapped[list[str]]
    receipt_code: Mapped[str | None]
    received_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime]


class AuthorRow(Row, Table):
    """An author as written on an entry, in order."""

    __tablename__ = "author"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    full_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    unit_id: Mapped[str | None]
    position: Mapped[str | None]
    share: Mapped[Decimal]


class DocumentRow(Row, Table):
    """A document: announced, and once `stored_at` is set, verified under its own key.

    `version` counts the documents of one paper of one entry; none is ever overwritten.
    """

    __tablename__ = "document"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    code: Mapped[str]
    version: Mapped[int]
    key: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    stored_at: Mapped[datetime | None]


class TimelineRow(Row, Table):
    """A step of an entry's history; only ever added."""

    __tablename__ = "timeline"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    entry_id: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    note: Mapped[str]


class ReceiptRow(Row, Table):
    """The last receipt number a unit has given out on a local day."""

    __tablename__ = "receipt_sequence"

    unit_code: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]

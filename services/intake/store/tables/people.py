"""Agencies and people."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


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
    code_qcvn102: Mapped[str | None]
    code_qd20: Mapped[str | None]
    gso_code: Mapped[str | None]
    staff: Mapped[int | None]
    contact_email: Mapped[str | None]
    source: Mapped[str | None]


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

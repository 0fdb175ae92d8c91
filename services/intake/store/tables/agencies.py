"""What becomes of agencies: their names over time, successions, nil returns."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class AgencyNameRow(Row, Table):
    """Since which local day a unit is called so; only ever added."""

    __tablename__ = "agency_name"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]


class SuccessionRow(Row, Table):
    """One unit continues another; `sequence` keeps the order of recording."""

    __tablename__ = "agency_succession"

    predecessor_id: Mapped[str] = mapped_column(primary_key=True)
    successor_id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, Identity())
    happened_on: Mapped[date]
    kind: Mapped[str]
    basis: Mapped[str]


class NilReturnRow(Row, Table):
    """A unit that has nothing to enter, and why; the last word stands."""

    __tablename__ = "nil_return"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    returned_by: Mapped[str]
    returned_at: Mapped[datetime]

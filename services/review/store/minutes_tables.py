"""The tables of minutes, and of what happened in a round that no other table tells.

`happening` only ever grows. A version of minutes that is issued is never written again.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.review.store.tables import Table


class HappeningRow(Row, Table):
    """Something that happened in a round: `kind` names a class of facts, `said` is its content."""

    __tablename__ = "happening"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    round_id: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    kind: Mapped[str]
    said: Mapped[dict[str, Any]]


class MinutesRow(Row, Table):
    """A version of minutes; `files` maps a format to the key and SHA-256 of the file."""

    __tablename__ = "minutes"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    minutes_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    keeper_id: Mapped[str]
    presider_id: Mapped[str]
    meeting: Mapped[dict[str, Any]]
    files: Mapped[dict[str, Any]]
    digest: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    checked_by: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    issued_by: Mapped[str | None]
    issued_at: Mapped[datetime | None]


class MinutesSeriesRow(Row, Table):
    """The last number given in a year to minutes of a body; a year begins with 1."""

    __tablename__ = "minutes_series"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    symbol: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]

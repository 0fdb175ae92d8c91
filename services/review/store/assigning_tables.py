"""The tables of what assigning judges goes by."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.review.store.tables import Table


class DeskRow(Row, Table):
    """What a judge knows, no areas meaning any, and how many entries they take in a round."""

    __tablename__ = "desk"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    areas: Mapped[list[Any]] = mapped_column(default=list)
    most: Mapped[int | None]


class ApartRow(Row, Table):
    """Two judges who never mark one entry, in the order of their ids, until it is ended."""

    __tablename__ = "apart"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    one_id: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[str] = mapped_column(primary_key=True)
    said_at: Mapped[datetime] = mapped_column(primary_key=True)
    reason: Mapped[str]
    said_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_why: Mapped[str | None]


class ReleaseRow(Row, Table):
    """A judge who left a round while it was open."""

    __tablename__ = "release"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    said_by: Mapped[str]
    said_at: Mapped[datetime]


class SeedRow(Row, Table):
    """What decided among equally good assignments of a round."""

    __tablename__ = "seed"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[str]

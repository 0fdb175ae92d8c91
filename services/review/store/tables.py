"""The tables of rounds and entries; `migrations/` makes them.

`jury_tables` has those of juries, `assigning_tables` what assigning judges goes by.

`mark` and `sheet` only ever grow: a judge's second sheet is a new version beside the first.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Date, DateTime, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.database import Row


class Table(DeclarativeBase):
    """Base of every table review owns."""

    type_annotation_map: ClassVar = {
        date: Date,
        datetime: DateTime(timezone=True),
        Decimal: Numeric,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class ContestRow(Row, Table):
    """A contest's newest rules, and the secret its codes and orders are drawn with."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    rules: Mapped[dict[str, Any]]
    secret: Mapped[str]


class UnitRow(Row, Table):
    """A unit and the one directly above it."""

    __tablename__ = "unit"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    parent_id: Mapped[str | None]
    said_at: Mapped[datetime]


class PersonRow(Row, Table):
    """Somebody registered, and their unit. The name is for minutes that a person is named in."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str | None]
    said_at: Mapped[datetime]
    full_name: Mapped[str] = mapped_column(default="")


class EntryRow(Row, Table):
    """What was heard of an entry; the three numbers are versions, `code` is its blind code."""

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[str | None]
    author_ids: Mapped[list[Any]] = mapped_column(default=list)
    submitted: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    cleared: Mapped[int] = mapped_column(default=0)
    out: Mapped[str | None]
    code: Mapped[str | None]
    kind: Mapped[str | None]
    blind_version: Mapped[int] = mapped_column(default=0)
    blind_number: Mapped[int] = mapped_column(default=0)
    blind_title: Mapped[str] = mapped_column(default="")
    blind_summary: Mapped[str] = mapped_column(default="")


class ReportRow(Row, Table):
    """Which version of an entry an originality report is about."""

    __tablename__ = "report"

    report_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    version: Mapped[int]


class RoundRow(Row, Table):
    """A round that was opened, under the rules of that moment; `table` once it is closed.

    Sheets are sealed to `public_key`; a round without one began before there were seals.
    `contest_rules` are the whole contest's as of that moment; older rounds have none.
    """

    __tablename__ = "round"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    rules: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    public_key: Mapped[str | None]
    due: Mapped[datetime | None]
    sheets_opened_at: Mapped[datetime | None]
    table: Mapped[list[Any]] = mapped_column("ranking", default=list)
    severities: Mapped[dict[str, Any] | None]
    contest_rules: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)


class VoteRow(Row, Table):
    """The council's order of equals in a round; the newest on the same entries counts."""

    __tablename__ = "vote"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    entry_ids: Mapped[list[Any]]
    minutes: Mapped[str]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class AssignmentRow(Row, Table):
    """A judge of an entry in a round. Who stood down stays on record, with the ground.

    They do not come back, unless they were `handed_on`: stood down only so that others could be
    seated. `called` are those whom the rules added because the others stood too far apart.
    """

    __tablename__ = "assignment"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    asked_again: Mapped[bool] = mapped_column(default=False)
    looked_again: Mapped[bool] = mapped_column(default=False)
    called: Mapped[bool] = mapped_column(default=False)
    stood_down: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[str | None]
    handed_on: Mapped[bool] = mapped_column(default=False)


class SheetRow(Row, Table):
    """One version of a judge's sheet. `given_by` is who was at the keyboard.

    While the round is sealed, `sealed` is all there is of marks and comments, and `own_copy` what
    the judge alone reads; `digest` binds them. `nonce` and `words` are known once it is opened.
    """

    __tablename__ = "sheet"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    comment: Mapped[str]
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes | None]
    own_copy: Mapped[bytes | None]
    digest: Mapped[str] = mapped_column(default="")
    nonce: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class MarkRow(Row, Table):
    """Points for one criterion of one version of a sheet."""

    __tablename__ = "mark"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[Decimal]

"""The tables of originality."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Date, DateTime, Identity, Numeric, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row


class Table(DeclarativeBase):
    """Base of every table originality owns."""

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        date: Date,
        Decimal: Numeric,
        list[str]: JSONB,
    }


class ContestRow(Row, Table):
    """What a contest's rules say about novelty; `number` counts amendments."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    title: Mapped[str]
    descriptions: Mapped[list[str]]
    cutoff: Mapped[date]
    report_above: Mapped[Decimal]
    must_review_above: Mapped[Decimal]
    scopes: Mapped[list[str]]
    host: Mapped[str]
    own_checks: Mapped[int]
    blind: Mapped[list[str]]  # the rounds in which judges know codes only


class EntryRow(Row, Table):
    """An entry and what was read of its newest text. `is_stale`: its report is to be renewed."""

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    title: Mapped[str]
    version: Mapped[int]
    filed_at: Mapped[datetime]
    digest: Mapped[str]
    standing: Mapped[str]
    words: Mapped[int]
    known_share: Mapped[Decimal]
    problem: Mapped[str | None]
    flags: Mapped[list[str]]
    signs: Mapped[Any] = mapped_column(JSONB)  # kind, start, end, detail of each
    is_stale: Mapped[bool]


class ReportRow(Row, Table):
    """A report as it was made; of one entry's the one with the highest number counts.

    `content` is the report as told, without its ruling; `digest` tells apart what was found.
    `ideas` are the ids of the texts whose ideas it lists, `seen` what it went by.
    """

    __tablename__ = "report"

    report_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    entry_id: Mapped[str]
    number: Mapped[int]
    version: Mapped[int]
    level: Mapped[str]
    share: Mapped[Decimal]
    sources: Mapped[list[str]]
    content: Mapped[Any] = mapped_column(JSONB)
    digest: Mapped[str]
    ideas: Mapped[list[str]]
    seen: Mapped[Any | None] = mapped_column(JSONB)
    ruling: Mapped[str | None]
    ruled_by: Mapped[str | None]
    ruled_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class TextRow(Row, Table):
    """A text that others are compared with: an entry's, or one of the register.

    `body` is zlib-compressed UTF-8. An entry has `contest_id` and `filed_at`, an initiative of
    the register has `register` and `applied_at`, and the `entry_id` it was if it won here.
    `sha256` is of the text, empty for those kept before it was; `prints` is how many
    fingerprints it has. `pages` are the offsets at which pages begin, `masked` the ranges that
    are not compared, `left_out` the words that count for nothing as the engine has packed them.
    """

    __tablename__ = "text"

    text_id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str]
    register: Mapped[str]
    source_id: Mapped[str]
    title: Mapped[str]
    body: Mapped[bytes]
    contest_id: Mapped[str | None]
    filed_at: Mapped[datetime | None]
    applied_at: Mapped[str | None]
    applied_on: Mapped[date | None]
    applied_until: Mapped[date | None]
    scope: Mapped[str]
    summary: Mapped[str]
    entry_id: Mapped[str | None]
    sha256: Mapped[str]
    prints: Mapped[int]
    pages: Mapped[Any] = mapped_column(JSONB)
    masked: Mapped[Any] = mapped_column(JSONB)
    left_out: Mapped[bytes | None]


class ScanRow(Row, Table):
    """An entry whose pictures are to be looked at; `digest` says of which documents.

    `is_awaited`: there is no report before that. A row of other documents than the entry now has
    is of no use any more.
    """

    __tablename__ = "scan"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    documents: Mapped[Any] = mapped_column(JSONB)
    is_awaited: Mapped[bool]
    asked_at: Mapped[datetime]


class PersonRow(Row, Table):
    """How somebody is called."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    known_at: Mapped[datetime]


class UnitRow(Row, Table):
    """How a unit is called."""

    __tablename__ = "unit"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    known_at: Mapped[datetime]


class FilingRow(Row, Table):
    """Which unit an entry is from, and the ids of those who filed or wrote it."""

    __tablename__ = "filing"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str | None]
    people: Mapped[list[str]]


class OwnCheckRow(Row, Table):
    """How many checks of their own a person has made in a contest on a day of Vietnam."""

    __tablename__ = "own_check"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    checks: Mapped[int]


class AssignmentRow(Row, Table):
    """An entry on a judge's desk, and the code it has there."""

    __tablename__ = "assignment"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]


class ReindexingRow(Row, Table):
    """How far a rebuilding of postings has come: texts up to `reached` of those up to `last`."""

    __tablename__ = "reindexing"

    scope: Mapped[str] = mapped_column(primary_key=True)
    reached: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)


class IdeaVectorRow(Row, Table):
    """What a part of a text means: one signed byte a dimension, in a list of near ones."""

    __tablename__ = "idea_vec"

    model: Mapped[str] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    vector: Mapped[bytes]


def write(session: Session, row: type[Table], keys: tuple[str, ...], **values: object) -> None:
    """Insert a row, or change the one with the same keys (the tenant is one of them)."""
    added = insert(row).values(values)
    changed = {name: added.excluded[name] for name in values if name not in keys}
    session.execute(added.on_conflict_do_update(index_elements=["tenant", *keys], set_=changed))

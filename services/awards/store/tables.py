"""The tables of awards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, DateTime, false
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from kernel.database import Row

Json = dict[str, Any] | list[Any]


class Table(DeclarativeBase):
    """Base of every table awards owns."""

    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True), Json: JSONB}


class ContestRow(Row, Table):
    """The rules in force; `number` counts amendments. Locked while its prizes are decided."""

    __tablename__ = "contest"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    rules: Mapped[Json]


class RoundRow(Row, Table):
    """A closed round: its table of `review.RoundLine`."""

    __tablename__ = "round_table"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    lines: Mapped[Json]


class EntryRow(Row, Table):
    """An entry as papers name it. `shares` maps an author's id to percent, as a string.

    `kind` is None of entries heard of before there were classes.
    """

    __tablename__ = "entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    title: Mapped[str]
    author_ids: Mapped[Json]
    shares: Mapped[Json | None]
    unit_id: Mapped[str | None]
    kind: Mapped[str | None]
    is_out: Mapped[bool] = mapped_column(server_default=false())


class PersonRow(Row, Table):
    """A person's name, as of the newest registration heard."""

    __tablename__ = "person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    as_of: Mapped[datetime]


class UnitRow(Row, Table):
    """A unit's name from a day on; a renamed unit has a row per name."""

    __tablename__ = "unit"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
    as_of: Mapped[datetime]


class PrizeListRow(Row, Table):
    """A contest's prize list; `results` is what was published, word for word.

    `held` is what is to be said of them once it is `public_from`.
    """

    __tablename__ = "prize_list"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    listed: Mapped[Json]
    results: Mapped[Json | None]
    public_from: Mapped[datetime | None]
    held: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))


class SeriesRow(Row, Table):
    """The last number given by an issuing body in one of its books in a year."""

    __tablename__ = "series"

    body: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class PaperRow(Row, Table):
    """An issued paper, its readers and its two files (`format` -> key, sha256).

    `files` is empty until it is printed; `model` is what is printed, and None of papers issued
    before it was kept. `signatures` say who signed, in order (`store.signatures`).
    """

    __tablename__ = "paper"

    paper_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    paper: Mapped[Json]
    author_ids: Mapped[Json]
    files: Mapped[Json]
    model: Mapped[Json | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    signatures: Mapped[Json] = mapped_column(server_default="[]")


class WordingRow(Row, Table):
    """What a tenant changed in the words of a legal profile; the highest number counts."""

    __tablename__ = "wording"

    profile: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[Json]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class SigningRow(Row, Table):
    """A session in which a person's signing agent fetches one file and returns it signed, once.

    `sha256` is that of the file given out, in hex.
    """

    __tablename__ = "signing"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[str]
    role: Mapped[str]
    sha256: Mapped[str]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignerRow(Row, Table):
    """A certificate bound to what it may sign, `since` to `until` inclusive; never deleted."""

    __tablename__ = "signer"

    signer_id: Mapped[str] = mapped_column(primary_key=True)
    authority: Mapped[str]
    role: Mapped[str]
    subject: Mapped[str]
    issuer: Mapped[str]
    serial: Mapped[str]
    sha256: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    bound_by: Mapped[str]
    bound_at: Mapped[datetime]


class AdoptionRow(Row, Table):
    """A winner that is put to use: since when, where, by which document."""

    __tablename__ = "adoption"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    adopted_on: Mapped[date]
    adopted_at: Mapped[str]
    reach: Mapped[str]
    basis: Mapped[str]


def upsert(
    session: Session,
    table: type[Row],
    key: Mapping[str, object],
    known: Mapping[str, object],
    only_if: ColumnElement[bool] | None = None,
) -> None:
    """Add a row, or change the columns given of the one there is, if the condition holds."""
    added = insert(table).values(**key, **known)
    changed = added.on_conflict_do_update(
        index_elements=["tenant", *key], set_=dict(known), where=only_if
    )
    session.execute(changed)

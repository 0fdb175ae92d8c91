"""Entries looked for a page at a time, and counted, each by one question to the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from services.intake.domain.entries import State
from services.intake.domain.looking import ACCENTED, BARE, words_of
from services.intake.domain.post import HANDED_OVER
from services.intake.store.tables import AuthorRow, EntryRow

IS_HERE = or_(EntryRow.version > 0, EntryRow.channel.in_(HANDED_OVER))


@dataclass(frozen=True, slots=True)
class Sought:
    """What entries have to fit; None and empty fit everything."""

    contest_id: str | None = None
    state: str | None = None
    area: str | None = None
    unit_id: str | None = None
    channel: str | None = None
    words: str = ""
    overdue_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How many entries are alike in all of these."""

    state: str
    area: str
    unit_id: str | None
    channel: str
    is_here: bool
    day: date | None
    count: int


def of_unit(unit_id: str) -> ColumnElement[bool]:
    """Fit what this unit has handed in."""
    return and_(EntryRow.unit_id == unit_id, EntryRow.version > 0)


def find(
    session: Session, within: ColumnElement[bool], sought: Sought, first: int, most: int
) -> tuple[int, list[tuple[EntryRow, tuple[str, ...]]]]:
    """Return how many entries fit, and some of them with their authors' names."""
    fitting = _fitting(select(EntryRow).where(within), sought)
    total = session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    page = fitting.order_by(
        EntryRow.received_at.nulls_last(), EntryRow.receipt_code, EntryRow.drafted_at
    )
    rows = session.scalars(page.offset(first).limit(most)).all()
    names = _names(session, [row.entry_id for row in rows])
    return total, [(row, names.get(row.entry_id, ())) for row in rows]


def count(session: Session, contest_id: str, zone: str) -> list[Group]:
    """Count the entries of a contest in groups; a day is that of the zone."""
    day = func.date(func.timezone(zone, EntryRow.received_at))
    keys = (EntryRow.state, EntryRow.area, EntryRow.unit_id, EntryRow.channel, IS_HERE, day)
    query = select(*keys, func.count()).where(EntryRow.contest_id == contest_id)
    places: list[ColumnElement[Any]] = [
        literal_column(str(place)) for place in range(1, len(keys) + 1)
    ]
    return [Group(*row) for row in session.execute(query.group_by(*places))]


def count_overdue(session: Session, contest_id: str, now: datetime) -> int:
    """Count the supplements asked for whose time is over."""
    sought = Sought(contest_id=contest_id, overdue_at=now)
    query = _fitting(select(EntryRow.entry_id), sought)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _fitting(query: Select, sought: Sought) -> Select:  # type: ignore[type-arg]  # of any columns
    named = ("contest_id", "state", "area", "unit_id", "channel")
    for name in named:
        if (value := getattr(sought, name)) is not None:
            query = query.where(getattr(EntryRow, name) == value)
    if sought.overdue_at is not None:
        query = query.where(EntryRow.state == State.RETURNED, EntryRow.due_at <= sought.overdue_at)
    for word in words_of(sought.words):
        written = select(AuthorRow.entry_id).where(_plain(AuthorRow.full_name).like(word))
        fits = (_plain(EntryRow.title).like(word), _plain(EntryRow.receipt_code).like(word))
        query = query.where(or_(*fits, EntryRow.entry_id.in_(written)))
    return query


def _plain(column: object) -> ColumnElement[str]:
    return func.lower(func.translate(column, ACCENTED, BARE))


def _names(session: Session, entry_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    names = func.array_agg(aggregate_order_by(AuthorRow.full_name, AuthorRow.place))
    query = select(AuthorRow.entry_id, names).where(AuthorRow.entry_id.in_(list(entry_ids)))
    return {row[0]: tuple(row[1]) for row in session.execute(query.group_by(AuthorRow.entry_id))}

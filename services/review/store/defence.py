"""Versions of defence days; only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row, Work
from kernel.errors import NotFound
from services.review.domain.defence.day import Day
from services.review.store.tables import Table


class NoDefenceDay(NotFound):
    """No defence day has been recorded for this round."""


class DefenceRow(Row, Table):
    """A version of a round's defence day: the whole of it, by whom and why."""

    __tablename__ = "defence"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[dict[str, Any]]
    changed: Mapped[list[Any]]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A version as it was recorded."""

    version: int
    day: Day
    changed: tuple[str, ...]
    reason: str
    recorded_by: str
    recorded_at: datetime


def load(session: Session, contest_id: str, round_id: str) -> tuple[Recorded, ...]:
    """Read the versions of a round's defence day, the oldest first."""
    query = select(DefenceRow).where(
        DefenceRow.contest_id == contest_id, DefenceRow.round_id == round_id
    )
    return tuple(
        Recorded(
            row.version,
            convert(row.day, Day),
            tuple(row.changed),
            row.reason,
            row.recorded_by,
            row.recorded_at,
        )
        for row in session.scalars(query.order_by(DefenceRow.version))
    )


def rounds_with(session: Session, contest_id: str, entry_id: str) -> tuple[str, ...]:
    """Name the rounds in whose newest defence day an entry has a slot that stands."""
    query = select(DefenceRow.round_id).where(DefenceRow.contest_id == contest_id)
    return tuple(
        round_id
        for round_id in sorted(set(session.scalars(query)))
        if any(
            one.entry_id == entry_id
            for one in load(session, contest_id, round_id)[-1].day.standing
        )
    )


def need(session: Session, contest_id: str, round_id: str) -> tuple[Recorded, ...]:
    """Read the versions of a defence day; raises `NoDefenceDay`."""
    versions = load(session, contest_id, round_id)
    if not versions:
        raise NoDefenceDay
    return versions


def add(  # noqa: PLR0913, PLR0917  # what a version says
    work: Work,
    contest_id: str,
    round_id: str,
    version: int,
    day: Day,
    changed: tuple[str, ...],
    reason: str,
) -> None:
    """Write a version down, by whom, when and why."""
    work.session.add(
        DefenceRow(
            contest_id=contest_id,
            round_id=round_id,
            version=version,
            day=to_builtins(day),
            changed=list(changed),
            reason=reason,
            recorded_by=work.actor.true_id or work.actor.id,
            recorded_at=work.now,
        )
    )
    work.session.flush()


def chosen(versions: Sequence[Recorded], number: int | None) -> Recorded:
    """Return a version, the newest unless one is named."""
    if number is None:
        return versions[-1]
    if not 1 <= number <= len(versions):
        raise NoDefenceDay
    return versions[number - 1]

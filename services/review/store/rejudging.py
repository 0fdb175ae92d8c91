"""Entries judged again: what was ordered, who judges, what they gave."""

from collections.abc import Sequence
from typing import Any

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.review.domain.conflicts import Judge
from services.review.domain.rejudging import Rejudging
from services.review.store.jury import judges_from
from services.review.store.tables import AssignmentRow, Table


class UnknownRejudging(NotFound):
    """There is no such re-judging."""


class RejudgingRow(Row, Table):
    """An entry judged again, with all its sheets."""

    __tablename__ = "rejudging"

    petition_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    rejudging: Mapped[dict[str, Any]]


def save_rejudging(session: Session, one: Rejudging) -> None:
    """Keep a re-judging as it now stands."""
    known = {"contest_id": one.contest_id, "rejudging": to_builtins(one)}
    query = insert(RejudgingRow).values(petition_id=one.petition_id, **known)
    session.execute(
        query.on_conflict_do_update(index_elements=["tenant", "petition_id"], set_=known)
    )


def find_rejudging(session: Session, petition_id: str) -> Rejudging | None:
    """Read a re-judging and lock it, if it was ordered."""
    query = select(RejudgingRow).where(RejudgingRow.petition_id == petition_id)
    row = session.scalar(query.with_for_update())
    return None if row is None else convert(row.rejudging, Rejudging, strict=False)


def load_rejudging(session: Session, petition_id: str) -> Rejudging:
    """Read a re-judging and lock it."""
    found = find_rejudging(session, petition_id)
    if found is None:
        raise UnknownRejudging
    return found


def load_rejudgings(session: Session, contest_id: str) -> list[Rejudging]:
    """Read a contest's re-judgings."""
    query = select(RejudgingRow).where(RejudgingRow.contest_id == contest_id)
    found = session.scalars(query.order_by(RejudgingRow.petition_id))
    return [convert(row.rejudging, Rejudging, strict=False) for row in found]


def judged_by(session: Session, one: Rejudging) -> tuple[frozenset[str], int]:
    """Return all who ever judged the entry in its round, and how many did in the end.

    Those who judged it again for another petition are among the former alone.
    """
    query = select(AssignmentRow).where(
        AssignmentRow.contest_id == one.contest_id,
        AssignmentRow.round_id == one.round_id,
        AssignmentRow.entry_id == one.entry_id,
    )
    rows = session.scalars(query).all()
    others = filter(one.is_beside, load_rejudgings(session, one.contest_id))
    again = {judge for other in others for judge in other.judge_ids}
    barred = frozenset(again.union(row.judge_id for row in rows))
    return barred, sum(not row.stood_down for row in rows)


def as_judges(session: Session, person_ids: Sequence[str]) -> tuple[Judge, ...]:
    """Read where persons belong who need not be on the jury."""
    return judges_from(session, (), dict.fromkeys(person_ids))

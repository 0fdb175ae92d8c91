"""What lies on the judges' desks, until each judge has been told of it in one letter."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.domain import CodedEntry
from services.notify.store.known import EntryRow
from services.notify.store.table import Table


class RoundRow(Row, Table):
    """One row per round; `entry_ids` is None until the round is opened."""

    __tablename__ = "round"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_ids: Mapped[list[str] | None]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class AssignmentRow(Row, Table):
    """One row per entry on a judge's desk; `told` once a letter names it."""

    __tablename__ = "assignment"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    told: Mapped[bool] = mapped_column(default=False)


class AssignedEntryRow(Row, Table):
    """One row per entry of a round whose judges are known, be they none."""

    __tablename__ = "assigned_entry"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)


def take_round(session: Session, tenant: str, contest_id: str, round_id: str) -> RoundRow:
    """Lock a round: of two events that complete it together, the second sees the first."""
    first = {"tenant": tenant, "contest_id": contest_id, "round_id": round_id}
    session.execute(insert(RoundRow).values(first).on_conflict_do_nothing())
    query = select(RoundRow).where(RoundRow.contest_id == contest_id)
    return session.scalars(query.where(RoundRow.round_id == round_id).with_for_update()).one()


def open_round(
    session: Session,
    tenant: str,
    round_: tuple[str, str],
    entry_ids: tuple[str, ...],
    due: datetime | None = None,
) -> None:
    """Remember which entries the round was opened with, and until when sheets are taken."""
    row = take_round(session, tenant, *round_)
    row.entry_ids = list(entry_ids)
    row.due_at = row.due_at or due


def set_due(session: Session, tenant: str, round_: tuple[str, str], due: datetime) -> None:
    """Remember that sheets of a round are taken until another time."""
    take_round(session, tenant, *round_).due_at = due


def close_round(session: Session, tenant: str, round_: tuple[str, str], now: datetime) -> None:
    """Remember that a round is over."""
    take_round(session, tenant, *round_).closed_at = now


def clear_desk(session: Session, round_: tuple[str, str], entry_id: str, judge_id: str) -> None:
    """Take an entry off a judge's desk."""
    contest_id, round_id = round_
    session.execute(
        delete(AssignmentRow)
        .where(AssignmentRow.contest_id == contest_id, AssignmentRow.round_id == round_id)
        .where(AssignmentRow.entry_id == entry_id, AssignmentRow.judge_id == judge_id)
    )


def lay_on_desks(
    session: Session,
    tenant: str,
    round_: tuple[str, str],
    entry: tuple[str, str],
    judge_ids: Iterable[str],
) -> None:
    """Remember the judges of an entry, given as its id and code."""
    take_round(session, tenant, *round_)
    contest_id, round_id = round_
    entry_id, code = entry
    key = {"tenant": tenant, "contest_id": contest_id, "round_id": round_id, "entry_id": entry_id}
    session.execute(insert(AssignedEntryRow).values(key).on_conflict_do_nothing())
    for judge_id in judge_ids:
        row = {**key, "judge_id": judge_id, "code": code, "told": False}
        session.execute(insert(AssignmentRow).values(row).on_conflict_do_nothing())


def desks_of(session: Session, contest_id: str, round_id: str) -> dict[str, list[CodedEntry]]:
    """Take what each judge has not been told of, once all entries of the round are assigned."""
    round_ = session.scalars(
        select(RoundRow).where(RoundRow.contest_id == contest_id, RoundRow.round_id == round_id)
    ).one()
    assigned = session.scalars(
        select(AssignedEntryRow.entry_id).where(
            AssignedEntryRow.contest_id == contest_id, AssignedEntryRow.round_id == round_id
        )
    )
    if round_.entry_ids is None or set(round_.entry_ids) - set(assigned):
        return {}
    untold = (
        select(AssignmentRow, EntryRow.title)
        .outerjoin(EntryRow, EntryRow.entry_id == AssignmentRow.entry_id)
        .where(AssignmentRow.contest_id == contest_id, AssignmentRow.round_id == round_id)
        .where(~AssignmentRow.told)
        .order_by(AssignmentRow.judge_id)
    )
    desks: dict[str, list[CodedEntry]] = {}
    for row, title in session.execute(untold):
        row.told = True
        desks.setdefault(row.judge_id, []).append(CodedEntry(row.code, title))
    return desks

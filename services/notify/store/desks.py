"""What lies on the judges' desks, until each judge has been told of it in one letter.

Events of one entry may overtake each other: the newest panel counts, and who has stood down
stays away from what was assigned before.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, or_, select
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
    assigned_at: Mapped[datetime | None]


class AssignedEntryRow(Row, Table):
    """One row per entry of a round whose judges are known, be they none, and since when."""

    __tablename__ = "assigned_entry"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    assigned_at: Mapped[datetime | None]


class StoodDownRow(Row, Table):
    """One row per judge who is off an entry, since when: it may be heard before the panel is."""

    __tablename__ = "stood_down"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    stood_down_at: Mapped[datetime]


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


def clear_desk(
    session: Session,
    tenant: str,
    round_: tuple[str, str],
    left: tuple[str, str],
    now: datetime,
) -> None:
    """Take an entry off a judge's desk, given as their ids, unless it was laid there since."""
    take_round(session, tenant, *round_)
    contest_id, round_id = round_
    entry_id, judge_id = left
    key = {"tenant": tenant, "contest_id": contest_id, "round_id": round_id, "entry_id": entry_id}
    write = insert(StoodDownRow).values({**key, "judge_id": judge_id, "stood_down_at": now})
    latest = func.greatest(StoodDownRow.stood_down_at, write.excluded.stood_down_at)
    session.execute(
        write.on_conflict_do_update(constraint="stood_down_pkey", set_={"stood_down_at": latest})
    )
    session.execute(
        delete(AssignmentRow)
        .where(AssignmentRow.contest_id == contest_id, AssignmentRow.round_id == round_id)
        .where(AssignmentRow.entry_id == entry_id, AssignmentRow.judge_id == judge_id)
        .where(or_(AssignmentRow.assigned_at.is_(None), AssignmentRow.assigned_at <= now))
    )


def have_left(
    session: Session, round_: tuple[str, str], entry_id: str, now: datetime
) -> frozenset[str]:
    """Return who has stood down from an entry at an instant or after it."""
    contest_id, round_id = round_
    query = (
        select(StoodDownRow.judge_id)
        .where(StoodDownRow.contest_id == contest_id, StoodDownRow.round_id == round_id)
        .where(StoodDownRow.entry_id == entry_id, StoodDownRow.stood_down_at >= now)
    )
    return frozenset(session.scalars(query))


def lay_on_desks(  # noqa: PLR0913, PLR0917  # two pairs are one each already
    session: Session,
    tenant: str,
    round_: tuple[str, str],
    entry: tuple[str, str],
    judge_ids: Iterable[str],
    now: datetime,
) -> None:
    """Remember the judges of an entry, given as its id and code, as they are at an instant.

    Nothing changes where a later panel is known. Of one instant there may be several, each with
    more judges: a further one is called after the panel was weighed.
    """
    take_round(session, tenant, *round_)
    contest_id, round_id = round_
    entry_id, code = entry
    key = {"tenant": tenant, "contest_id": contest_id, "round_id": round_id, "entry_id": entry_id}
    write = insert(AssignedEntryRow).values({**key, "assigned_at": now})
    fresh = write.on_conflict_do_update(
        constraint="assigned_entry_pkey",
        set_={"assigned_at": now},
        where=func.coalesce(AssignedEntryRow.assigned_at <= now, True),
    )
    if session.scalar(fresh.returning(AssignedEntryRow.entry_id)) is None:
        return
    judges = frozenset(judge_ids) - have_left(session, round_, entry_id, now)
    session.execute(
        delete(AssignmentRow)
        .where(AssignmentRow.contest_id == contest_id, AssignmentRow.round_id == round_id)
        .where(AssignmentRow.entry_id == entry_id, AssignmentRow.judge_id.not_in(judges))
        .where(or_(AssignmentRow.assigned_at.is_(None), AssignmentRow.assigned_at < now))
    )
    for judge_id in sorted(judges):
        row = {**key, "judge_id": judge_id, "code": code, "told": False, "assigned_at": now}
        laid = insert(AssignmentRow).values(row)
        session.execute(
            laid.on_conflict_do_update(constraint="assignment_pkey", set_={"assigned_at": now})
        )


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

"""Who adopts which winner, what was measured, and which reminders are over with."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.awards.domain.reminding import Reminder
from services.awards.domain.replication import Plan, Reading
from services.awards.store.tables import AdoptionRow, Json, Table, upsert


class UnknownPlan(NotFound):
    """There is no such plan of adoption."""


class PlanRow(Row, Table):
    """One adopter of one winner; locked while it is changed."""

    __tablename__ = "adoption_plan"

    plan_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    plan: Mapped[Json]


class ReadingRow(Row, Table):
    """What was measured of a plan's indicator; a version is never overwritten."""

    __tablename__ = "adoption_reading"

    plan_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actual: Mapped[Decimal]
    read_on: Mapped[date]
    evidence: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class ReminderRow(Row, Table):
    """A reminder that is told, or overtaken by a later one."""

    __tablename__ = "adoption_reminder"

    plan_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    over_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan with the readings of its indicators, by their number, oldest first."""

    plan_id: str
    contest_id: str
    plan: Plan
    readings: dict[int, tuple[Reading, ...]]

    def newest(self, number: int) -> Reading | None:
        """Return the newest reading of an indicator, if there is one."""
        return (self.readings.get(number) or (None,))[-1]


def save_plan(session: Session, plan_id: str, contest_id: str, plan: Plan) -> None:
    """Keep a plan, or what became of it."""
    known = {"contest_id": contest_id, "plan": to_builtins(plan)}
    upsert(session, PlanRow, {"plan_id": plan_id}, known)


def lock_plan(session: Session, plan_id: str) -> Followed:
    """Read a plan and keep others from changing it meanwhile; raises `UnknownPlan`."""
    query = select(PlanRow).where(PlanRow.plan_id == plan_id)
    row = session.scalar(query.with_for_update())
    if row is None:
        raise UnknownPlan
    return next(followed(session, [row]))


def load_plans(session: Session, contest_id: str) -> list[Followed]:
    """Read a contest's plans, in the order they were made."""
    query = select(PlanRow).where(PlanRow.contest_id == contest_id).order_by(PlanRow.plan_id)
    return list(followed(session, session.scalars(query).all()))


def lock_all_plans(session: Session) -> list[Followed]:
    """Read every plan of the tenant that nobody changes now, and keep it so meanwhile."""
    query = select(PlanRow).order_by(PlanRow.plan_id).with_for_update(skip_locked=True)
    return list(followed(session, session.scalars(query).all()))


def followed(session: Session, rows: Iterable[PlanRow]) -> Iterator[Followed]:
    """Put the readings beside the plans."""
    known = list(rows)
    query = select(ReadingRow).where(ReadingRow.plan_id.in_({row.plan_id for row in known}))
    readings: dict[tuple[str, int], tuple[Reading, ...]] = {}
    for each in session.scalars(query.order_by(ReadingRow.version)):
        key = (each.plan_id, each.number)
        reading = Reading(each.version, each.actual, each.read_on, each.evidence, each.by, each.at)
        readings[key] = (*readings.get(key, ()), reading)
    for row in known:
        plan = convert(row.plan, Plan, strict=False)
        numbers = range(1, len(plan.indicators) + 1)
        own = {number: readings.get((row.plan_id, number), ()) for number in numbers}
        yield Followed(row.plan_id, row.contest_id, plan, own)


def save_reading(session: Session, plan_id: str, number: int, reading: Reading) -> None:
    """Keep a reading under its version."""
    session.add(ReadingRow(plan_id=plan_id, number=number, **asdict(reading)))


def load_over(session: Session, plan_id: str) -> set[Reminder]:
    """Read which reminders of a plan are over with."""
    rows = session.scalars(select(ReminderRow).where(ReminderRow.plan_id == plan_id))
    return {Reminder(row.number, row.due_on, row.days) for row in rows}


def save_over(session: Session, plan_id: str, reminders: Iterable[Reminder], at: datetime) -> None:
    """Note that reminders are over with."""
    session.add_all(
        ReminderRow(plan_id=plan_id, over_at=at, **asdict(reminder)) for reminder in reminders
    )


def is_adopted(session: Session, entry_id: str) -> bool:
    """Say whether a winner is recorded as put to use already."""
    query = select(AdoptionRow.entry_id).where(AdoptionRow.entry_id == entry_id)
    return session.scalar(query) is not None

"""Juries, and what keeps their judges from entries."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.domain.conflicts import Judge, Ties
from services.review.domain.jury import Role, Seat
from services.review.store.entries import units_of
from services.review.store.tables import ConflictRow, SeatRow, UnitRow


def save_jury(session: Session, contest_id: str, seats: Iterable[Seat]) -> None:
    """Put this jury in the place of the one before."""
    session.execute(delete(SeatRow).where(SeatRow.contest_id == contest_id))
    session.add_all(
        SeatRow(
            contest_id=contest_id,
            person_id=seat.person_id,
            role=seat.role.value,
            unit_id=seat.unit_id,
        )
        for seat in seats
    )


def load_jury(session: Session, contest_id: str) -> tuple[Seat, ...]:
    """Read a jury, in the order of its members' ids."""
    query = select(SeatRow).where(SeatRow.contest_id == contest_id).order_by(SeatRow.person_id)
    return tuple(
        Seat(row.person_id, Role(row.role), row.unit_id) for row in session.scalars(query)
    )


def find_seat(session: Session, contest_id: str, person_id: str) -> Seat | None:
    """Return somebody's place on the jury, if they have one."""
    query = select(SeatRow).where(SeatRow.contest_id == contest_id, SeatRow.person_id == person_id)
    row = session.scalar(query)
    return None if row is None else Seat(row.person_id, Role(row.role), row.unit_id)


def load_judges(session: Session, contest_id: str) -> tuple[Judge, ...]:
    """Read those who mark, with every unit that their seat or their registration names."""
    seats = [seat for seat in load_jury(session, contest_id) if seat.marks]
    registered = units_of(session, {seat.person_id for seat in seats})
    judges = []
    for seat in seats:
        named = {seat.unit_id, registered.get(seat.person_id)} - {None}
        units = frozenset(unit for unit in named if unit is not None)
        is_known = bool(units) or seat.person_id in registered
        judges.append(Judge(seat.person_id, units if is_known else None))
    return tuple(judges)


def load_ties(session: Session, contest_id: str) -> Ties:
    """Read what nearness is judged by: the tree of units and the declared conflicts."""
    above = select(UnitRow.unit_id, UnitRow.parent_id).where(UnitRow.parent_id.is_not(None))
    declared = select(ConflictRow.judge_id, ConflictRow.entry_id).where(
        ConflictRow.contest_id == contest_id
    )
    return Ties(
        parents={unit: parent for unit, parent in session.execute(above) if parent},
        declared=frozenset((judge, entry) for judge, entry in session.execute(declared)),
    )


def add_conflict(work: Work, contest_id: str, judge_id: str, entry_id: str, reason: str) -> None:
    """Write down a declared conflict, by whom and when; the first declaration stays."""
    query = insert(ConflictRow).values(
        contest_id=contest_id,
        entry_id=entry_id,
        judge_id=judge_id,
        reason=reason,
        declared_by=work.actor.true_id or work.actor.id,
        declared_at=work.now,
    )
    work.session.execute(query.on_conflict_do_nothing())

"""Juries: who sits from when until when, in which panels, and what is noted for the minutes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.domain.conflicts import Judge
from services.review.domain.jury import Role, Seat
from services.review.domain.sub_juries import SubJury, fields_of
from services.review.domain.units import Post
from services.review.store.entries import units_of
from services.review.store.jury_tables import SeatRow, SubJuryRow
from services.review.store.people import posts_of, same_ids

NO_POSTS: frozenset[Post] = frozenset()
Decided = tuple[str | None, date | None]  # the number and the day of a decision


@dataclass(frozen=True, slots=True)
class Tenure:
    """A seat, from when until when it is held, and by which decisions."""

    seat: Seat
    seated_at: datetime
    seated_by: Decided
    left_at: datetime | None
    left_by: Decided
    reason: str
    substitute_id: str | None


def save_jury(work: Work, contest_id: str, seats: Iterable[Seat], by: Decided) -> None:
    """Seat a jury in the place of the one before; who goes on sitting keeps their seat."""
    wanted = dict.fromkeys(seats)
    for row in work.session.scalars(held(contest_id)):
        seat = seat_from(row)
        if seat in wanted:
            del wanted[seat]
        else:
            row.left_at = work.now
            row.left_by, row.left_by_on = by
    for seat in wanted:
        add_seat(work, contest_id, seat, by)


def add_seat(work: Work, contest_id: str, seat: Seat, by: Decided) -> None:
    """Write down that somebody sits from now on."""
    number, issued_on = by
    work.session.add(
        SeatRow(
            contest_id=contest_id,
            seat_id=work.new_id(),
            person_id=seat.person_id,
            role=seat.role.value,
            unit_id=seat.unit_id,
            panel_id=seat.panel_id,
            seated_at=work.now,
            seated_by=number,
            seated_by_on=issued_on,
        )
    )
    work.session.flush()


def end_seats(  # noqa: PLR0913  # what a decision says
    work: Work,
    contest_id: str,
    person_id: str,
    by: Decided,
    *,
    reason: str,
    substitute_id: str | None,
) -> None:
    """Write down that somebody has left the jury, by which decision, why, and who came."""
    for row in work.session.scalars(held(contest_id).where(SeatRow.person_id == person_id)):
        row.left_at = work.now
        row.left_by, row.left_by_on = by
        row.left_reason = reason
        row.substitute_id = substitute_id
    work.session.flush()


def save_panels_of_jury(session: Session, contest_id: str, panels: Iterable[SubJury]) -> None:
    """Write down the panels of a jury; what one was before stays only in what was announced."""
    for panel in panels:
        said = {
            "name": panel.name,
            "areas": sorted(panel.areas),
            "rounds": sorted(panel.rounds),
        }
        query = insert(SubJuryRow).values(contest_id=contest_id, panel_id=panel.panel_id, **said)
        keys = ["tenant", "contest_id", "panel_id"]
        session.execute(query.on_conflict_do_update(index_elements=keys, set_=said))


def load_sub_juries(session: Session, contest_id: str) -> tuple[SubJury, ...]:
    """Read the panels of a jury."""
    query = select(SubJuryRow).where(SubJuryRow.contest_id == contest_id)
    return tuple(
        SubJury(row.panel_id, row.name, frozenset(row.areas), frozenset(row.rounds))
        for row in session.scalars(query.order_by(SubJuryRow.panel_id))
    )


def held(contest_id: str) -> Select[SeatRow]:
    """Select the seats held now, in the order of their holders' ids."""
    query = select(SeatRow).where(SeatRow.contest_id == contest_id, SeatRow.left_at.is_(None))
    return query.order_by(SeatRow.person_id, SeatRow.seat_id)


def load_jury(session: Session, contest_id: str) -> tuple[Seat, ...]:
    """Read the seats held now, in the order of their holders' ids."""
    return tuple(map(seat_from, session.scalars(held(contest_id))))


def load_tenures(session: Session, contest_id: str) -> tuple[Tenure, ...]:
    """Read every seat there is or was, in the order they were taken."""
    query = select(SeatRow).where(SeatRow.contest_id == contest_id)
    return tuple(
        Tenure(
            seat_from(row),
            row.seated_at,
            (row.seated_by, row.seated_by_on),
            row.left_at,
            (row.left_by, row.left_by_on),
            row.left_reason,
            row.substitute_id,
        )
        for row in session.scalars(query.order_by(SeatRow.seated_at, SeatRow.seat_id))
    )


def has_sat(session: Session, contest_id: str, person_id: str) -> bool:
    """Say whether somebody sits or sat on the jury."""
    query = select(SeatRow).where(SeatRow.contest_id == contest_id, SeatRow.person_id == person_id)
    return session.scalar(select(query.exists())) is True


def seat_from(row: SeatRow) -> Seat:
    """Make the value of a row."""
    return Seat(row.person_id, Role(row.role), row.unit_id, row.panel_id)


def find_seat(session: Session, contest_id: str, person_id: str) -> Seat | None:
    """Return somebody's place on the jury, if they have one; that on the whole of it first."""
    query = held(contest_id).where(SeatRow.person_id == person_id)
    seats = [seat_from(row) for row in session.scalars(query)]
    whole = [seat for seat in seats if seat.panel_id is None]
    return next(iter(whole or seats), None)


def load_judges(
    session: Session, contest_id: str, round_id: str | None = None
) -> tuple[Judge, ...]:
    """Read those who mark in a round, or in any, and where each belongs."""
    seats = load_jury(session, contest_id)
    fields = fields_of(seats, load_sub_juries(session, contest_id), round_id)
    return judges_from(session, seats, fields)


def load_left(session: Session, contest_id: str, person_ids: Collection[str]) -> tuple[Judge, ...]:
    """Read judges who no longer sit, and where each belongs."""
    if not person_ids:
        return ()
    seats = [tenure.seat for tenure in load_tenures(session, contest_id)]
    return judges_from(session, seats, dict.fromkeys(person_ids))


def judges_from(
    session: Session, seats: Sequence[Seat], fields: Mapping[str, frozenset[str] | None]
) -> tuple[Judge, ...]:
    """Make judges of seats and fields.

    A judge belongs to every unit that a seat or a registration names, under all their ids.
    """
    registered = units_of(session, set(fields))
    posts = posts_of(session, fields, same_ids(session))
    judges = []
    for person_id in sorted(fields):
        named = {seat.unit_id for seat in seats if seat.person_id == person_id}
        named.add(registered.get(person_id))
        units = frozenset(unit for unit in named if unit is not None)
        is_known = bool(units) or person_id in registered
        own = posts.get(person_id, NO_POSTS)
        judges.append(Judge(person_id, units if is_known else None, own, fields[person_id]))
    return tuple(judges)

"""What is known of people and units: names for the paper, and who judges what under which code."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from contracts.intake import Agency
from services.originality.store.tables import (
    AssignmentRow,
    ContestRow,
    FilingRow,
    PersonRow,
    UnitRow,
    write,
)


def keep_person(session: Session, person_id: str, full_name: str, at: datetime) -> None:
    """Keep how a person is called, unless a later name is known: a ruling is somebody's."""
    known = session.scalar(select(PersonRow).where(PersonRow.person_id == person_id))
    if known is None or known.known_at <= at:
        write(
            session,
            PersonRow,
            ("person_id",),
            person_id=person_id,
            full_name=full_name,
            known_at=at,
        )


def name_of(session: Session, person_id: str | None) -> str | None:
    """Return how a person is called, if that is known."""
    query = select(PersonRow.full_name).where(PersonRow.person_id == person_id)
    return session.scalar(query) if person_id else None


def keep_units(session: Session, agencies: Iterable[Agency], at: datetime) -> None:
    """Keep how units are called, unless a later name is known."""
    later = select(UnitRow.unit_id).where(UnitRow.known_at > at)
    known_better = set(session.scalars(later))
    for agency in agencies:
        if agency.unit_id not in known_better:
            named = {"unit_id": agency.unit_id, "name": agency.name, "known_at": at}
            write(session, UnitRow, ("unit_id",), **named)


def keep_filing(
    session: Session, entry_id: str, unit_id: str | None, people: Iterable[str]
) -> None:
    """Keep which unit an entry is from, if any, and the ids of its filer and authors."""
    filed = {"entry_id": entry_id, "unit_id": unit_id, "people": sorted(people)}
    write(session, FilingRow, ("entry_id",), **filed)


def places(session: Session, entry_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the units that entries are from, as far as both are known."""
    query = (
        select(FilingRow.entry_id, UnitRow.name)
        .join(UnitRow, UnitRow.unit_id == FilingRow.unit_id)
        .where(FilingRow.entry_id.in_(sorted(entry_ids)))
    )
    return {row.entry_id: row.name for row in session.execute(query)}


def keep_assignment(
    session: Session, place: tuple[str, str, str], code: str, judge_ids: Sequence[str]
) -> None:
    """Keep who judges an entry; `place` is its contest, round and id. Nobody else does then."""
    contest_id, round_id, entry_id = place
    gone = delete(AssignmentRow).where(
        AssignmentRow.contest_id == contest_id,
        AssignmentRow.round_id == round_id,
        AssignmentRow.entry_id == entry_id,
    )
    session.execute(gone)
    rows = [
        {
            "contest_id": contest_id,
            "round_id": round_id,
            "entry_id": entry_id,
            "judge_id": judge_id,
            "code": code,
        }
        for judge_id in judge_ids
    ]
    if rows:
        session.execute(insert(AssignmentRow), rows)


def judges_blindly(session: Session, judge_id: str, named: str) -> bool:
    """Say whether somebody marks an entry, named by its id or code, in a blind round."""
    query = (
        select(AssignmentRow.round_id, ContestRow.blind)
        .join(ContestRow, ContestRow.contest_id == AssignmentRow.contest_id)
        .where(
            AssignmentRow.judge_id == judge_id,
            or_(AssignmentRow.entry_id == named, AssignmentRow.code == named),
        )
    )
    return any(round_id in blind for round_id, blind in session.execute(query))


def judged(
    session: Session, judge_id: str, named: str, contest_id: str
) -> tuple[str, str, bool] | None:
    """Find an entry on a judge's desk by its id or code: its id, its code, whether it is blind.

    Where any of the judge's rounds with it is blind, only the code names it. Next year's contest
    has the same codes: without a `contest_id` the latest is meant.
    """
    query = (
        select(AssignmentRow, ContestRow.blind)
        .join(ContestRow, ContestRow.contest_id == AssignmentRow.contest_id)
        .where(
            AssignmentRow.judge_id == judge_id,
            or_(AssignmentRow.entry_id == named, AssignmentRow.code == named),
        )
        .order_by(ContestRow.cutoff.desc(), ContestRow.contest_id, AssignmentRow.round_id)
    )
    if contest_id:
        query = query.where(AssignmentRow.contest_id == contest_id)
    found = [
        (row.entry_id, row.code, row.round_id in blind) for row, blind in session.execute(query)
    ]
    hidden = {entry_id for entry_id, _, is_blind in found if is_blind}
    allowed = [one for one in found if one[0] not in hidden or one[1] == named]
    return next(
        ((entry_id, code, entry_id in hidden) for entry_id, code, _ in allowed),
        None,
    )
